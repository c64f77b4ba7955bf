"""What the servers are asked: the saved queries, heavy ones on an organisation, a million rows."""

import organisation
from mlroles import vocab
from mlroles.paths import QUERIES

_PREFIXES = (
    f"PREFIX mlr: <{vocab.MLR}> PREFIX rdf: <{vocab.RDF}> PREFIX rdfs: <{vocab.RDFS}>\n"
    f"PREFIX my: <{organisation.NAMESPACE}>\n"
)
_TEAM = f"<{organisation.NAMESPACE}team/7>"
_PERSON = f"<{organisation.NAMESPACE}person/77>"
_QUICK = ("titles-of-a-role", "roles-needing-a-skill", "most-required-skills")
_HEAVY = (
    "SELECT ?role (COUNT(*) AS ?n) WHERE { ?it mlr:holdsRole ?role } GROUP BY ?role",
    "SELECT ?skill (COUNT(DISTINCT ?it) AS ?n) WHERE { ?it mlr:hasSkill ?skill } GROUP BY ?skill",
    "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)",
    "SELECT ?class (COUNT(*) AS ?n) WHERE { ?it rdf:type ?class } GROUP BY ?class",
    """SELECT ?role ?skill (COUNT(*) AS ?n)
       WHERE { ?it mlr:holdsRole ?role ; mlr:hasSkill ?skill }
       GROUP BY ?role ?skill ORDER BY DESC(?n) LIMIT 20""",
    """SELECT ?team (COUNT(DISTINCT ?skill) AS ?n)
       WHERE { ?it mlr:memberOf ?team ; mlr:hasSkill ?skill }
       GROUP BY ?team ORDER BY DESC(?n) ?team LIMIT 20""",
    """SELECT (COUNT(*) AS ?n) WHERE { ?it mlr:holdsRole ?role
       FILTER NOT EXISTS { ?role mlr:requiresSkill ?skill . ?it mlr:hasSkill ?skill } }""",
    f"""SELECT ?other (COUNT(?skill) AS ?n)
       WHERE {{ {_PERSON} mlr:hasSkill ?skill . ?other mlr:hasSkill ?skill }}
       GROUP BY ?other ORDER BY DESC(?n) ?other LIMIT 20""",
    f"""SELECT ?it ?skill WHERE {{ {_TEAM} ^mlr:memberOf/mlr:hasSkill ?skill .
       ?it mlr:hasSkill ?skill }} ORDER BY ?it ?skill LIMIT 100""",
    """SELECT ?label WHERE { ?it rdf:type mlr:Person ; rdfs:label ?label
       FILTER regex(?label, "99$") } ORDER BY ?label""",
)


def quick() -> list[str]:
    """Return three saved queries that every server answers soon."""
    return [(QUERIES / f"{name}.rq").read_text("utf-8") for name in _QUICK]


def saved() -> list[str]:
    """Return the queries that ask our data."""
    return [path.read_text("utf-8") for path in sorted(QUERIES.glob("*.rq"))]


def heavy() -> list[str]:
    """Return ten queries over all people of an organisation."""
    return [_PREFIXES + text for text in _HEAVY]


def rows(count: int) -> str:
    """Return a query with so many rows, from a graph that has an eighth of so many triples."""
    return f"SELECT * WHERE {{ ?s ?p ?o VALUES ?n {{ 1 2 3 4 5 6 7 8 }} }} LIMIT {count}"
