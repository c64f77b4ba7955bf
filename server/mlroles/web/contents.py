"""What the engine has, to be described, told and explained: all of it, or what is wanted of it."""

from collections.abc import Iterator
from contextlib import closing

import pyoxigraph as ox

from mlroles import vocab
from mlroles.engine.interface import Engine
from mlroles.knowledge import asking, ntriples
from mlroles.knowledge.asking import Row
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.reasoning import skolem
from mlroles.store import QueryRequest

_GRAPHS = (vocab.ASSERTED, vocab.INFERRED)
_OURS = f'isBlank(?s) || STRSTARTS(STR(?s), "{vocab.BASE}")'
#: What OWL and RDFS say of classes and properties. A store finds these by its index, where a
#: condition on the name would have it go through every triple.
_AXIOMS = " ".join(
    [
        *("rdf:first rdf:rest rdfs:subClassOf rdfs:subPropertyOf rdfs:domain rdfs:range".split()),
        *(
            f"owl:{name}"
            for name in (
                "allValuesFrom assertionProperty cardinality complementOf datatypeComplementOf"
                " disjointUnionOf disjointWith distinctMembers equivalentClass equivalentProperty"
                " hasKey hasSelf hasValue intersectionOf inverseOf maxCardinality"
                " maxQualifiedCardinality members minCardinality minQualifiedCardinality onClass"
                " onDataRange onDatatype onProperties onProperty oneOf propertyChainAxiom"
                " propertyDisjointWith qualifiedCardinality someValuesFrom sourceIndividual"
                " targetIndividual targetValue unionOf withRestrictions"
            ).split()
        ),
    ]
)
_KINDS = " ".join(
    [
        *("rdfs:Class rdfs:Datatype".split()),
        *(
            f"owl:{name}"
            for name in (
                "AllDifferent AllDisjointClasses AllDisjointProperties AsymmetricProperty Class"
                " DatatypeProperty FunctionalProperty InverseFunctionalProperty"
                " IrreflexiveProperty NegativePropertyAssertion ObjectProperty Restriction"
                " SymmetricProperty TransitiveProperty"
            ).split()
        ),
    ]
)
_ONTOLOGY = f"""{{ VALUES ?p {{ {_AXIOMS} }} ?s ?p ?o }}
UNION {{ VALUES ?o {{ {_KINDS} }} ?s rdf:type ?o BIND(rdf:type AS ?p) }}
UNION {{ VALUES ?kind {{ {_KINDS} }} ?s a ?kind ; rdfs:label ?o BIND(rdfs:label AS ?p) }}
UNION {{ ?restriction owl:hasValue ?s . ?s rdfs:label ?o BIND(rdfs:label AS ?p) }}"""
_JSON = "application/sparql-results+json"


def everything(engine: Engine) -> Graphs:
    """Return the triples of the asserted and of the inferred graph. Raises what the engine does."""
    return {name: _construct(engine, name, "?s ?p ?o") for name in _GRAPHS}


def ours(engine: Engine) -> Graphs:
    """Return what both graphs say of our own things and of nameless ones."""
    return {name: _construct(engine, name, f"?s ?p ?o FILTER({_OURS})") for name in _GRAPHS}


def ontology(engine: Engine) -> list[ox.Triple]:
    """Return what is asserted of classes and properties, and how they are called."""
    return _construct(engine, vocab.ASSERTED, _ONTOLOGY)


def select(engine: Engine, text: str, seconds: float | None = None) -> Iterator[Row]:
    """Return the solutions of a SELECT, terms by variable, within so many seconds if given.

    Raises what the engine does.
    """
    with closing(engine.run(QueryRequest(text, _JSON), seconds)) as answer:
        content = b"".join(answer.chunks)
    return asking.rows(ox.parse_query_results(content, ox.QueryResultsFormat.JSON))


def _construct(engine: Engine, graph: str, pattern: str) -> list[ox.Triple]:
    prefixes = "".join(
        f"PREFIX {name}: <{iri}> "
        for name, iri in (("rdf", vocab.RDF), ("rdfs", vocab.RDFS), ("owl", vocab.OWL))
    )
    text = f"{prefixes} CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ {pattern} }} }}"
    with closing(engine.run(QueryRequest(text, "application/n-triples"))) as answer:
        # A published dataset has names in the place of blank nodes.
        return list(skolem.renamed(ntriples.parse(b"".join(answer.chunks))))
