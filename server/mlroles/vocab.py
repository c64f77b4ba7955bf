"""Every namespace and graph name, once."""

BASE = "https://w3id.org/mlroles/"
DATASET = f"{BASE}dataset"
#: The files of the data together, as a part of the dataset that has no graph of its own.
DATA = f"{DATASET}#data"
ONTOLOGY_IRI = f"{BASE}ontology"
MLR = f"{ONTOLOGY_IRI}#"

ASSERTED = f"{BASE}graph/asserted"
INFERRED = f"{BASE}graph/inferred"
SHAPES = f"{BASE}graph/shapes"
#: Where another store keeps the digest and the sizes of what was published to it.
PUBLICATION = f"{BASE}graph/publication"

#: Before the label of a blank node that is given an IRI (RDF 1.1 Concepts, 3.5).
SKOLEM = f"{BASE}.well-known/genid/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SD = "http://www.w3.org/ns/sparql-service-description#"

#: Prefix to namespace, for every serialisation and every page that shortens an IRI.
PREFIXES = {
    "alignment": f"{BASE}alignment/",
    "article": f"{BASE}article/",
    "aspect": f"{BASE}aspect/",
    "bibo": "http://purl.org/ontology/bibo/",
    "comparison": f"{BASE}comparison/",
    "concept": f"{BASE}concept/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "env": f"{BASE}environment/",
    "esco-occupation": "http://data.europa.eu/esco/occupation/",
    "esco-skill": "http://data.europa.eu/esco/skill/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "graph": f"{BASE}graph/",
    "isco": "http://data.europa.eu/esco/isco/",
    "level": f"{BASE}level/",
    "mlr": MLR,
    "org": f"{BASE}organisation/",
    "origin": f"{BASE}origin/",
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "qualification": f"{BASE}qualification/",
    "rdf": RDF,
    "rdfs": RDFS,
    "resp": f"{BASE}responsibility/",
    "role": f"{BASE}role/",
    "schema": "https://schema.org/",
    "scheme": f"{BASE}scheme/",
    "sd": SD,
    "section": f"{BASE}section/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": f"{BASE}shape/",
    "skill": f"{BASE}skill/",
    "skos": SKOS,
    "spdx": "http://spdx.org/rdf/terms#",
    "stmt": f"{BASE}statement/",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": XSD,
}


def split(iri: str) -> tuple[str, str]:
    """Return the prefix and the namespace of ours that fit best, two empty strings if none does."""
    return max(
        ((p, n) for p, n in PREFIXES.items() if iri.startswith(n)),
        key=lambda pair: len(pair[1]),
        default=("", ""),
    )


def shorten(iri: str) -> str:
    """Return ``iri`` as a prefixed name where a prefix of ours fits, else in angle brackets."""
    prefix, namespace = split(iri)
    local = iri.removeprefix(namespace)
    plain = local.replace("-", "").replace("_", "").isalnum() and not local.startswith("-")
    return f"{prefix}:{local}" if prefix and plain else f"<{iri}>"
