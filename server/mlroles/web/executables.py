"""The saved queries as RDF: SHACL's SPARQL executables, as the convention sparql-examples has them.

(https://github.com/sib-swiss/sparql-examples; SHACL, 5.2.1 for the prefixes.) A query's IRI is its
page under our base; its parameters' defaults are in its text.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from mlroles import sparql, vocab
from mlroles.knowledge.formats import Graphs
from mlroles.saved import SavedQuery
from mlroles.sparql import Form, Limits

_SH, _SCHEMA = vocab.PREFIXES["sh"], vocab.PREFIXES["schema"]
#: SHACL has no word for a query that describes; the convention has its own.
_SPEX = "https://purl.expasy.org/sparql-examples/ontology#"

#: The class of a query's form, and the property that holds its text.
_KINDS = {
    Form.ASK: (f"{_SH}SPARQLAskExecutable", f"{_SH}ask"),
    Form.CONSTRUCT: (f"{_SH}SPARQLConstructExecutable", f"{_SH}construct"),
    Form.DESCRIBE: (f"{_SPEX}SPARQLDescribeExecutable", f"{_SPEX}describe"),
    Form.SELECT: (f"{_SH}SPARQLSelectExecutable", f"{_SH}select"),
}
QUERIES = f"{vocab.BASE}queries"
_PREFIXES = f"{QUERIES}#prefixes"


def graphs(queries: Iterable[SavedQuery], endpoint: str, limits: Limits) -> Graphs:
    """Return the queries as one graph, with ``endpoint`` as the address that they are put to."""
    told = {ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in _prefixes()}
    for query in queries:
        told.update(
            ox.Triple(ox.NamedNode(f"{QUERIES}/{query.name}"), ox.NamedNode(p), o)
            for p, o in _query(query, endpoint, limits)
        )
    return {QUERIES: told}


def _query(
    query: SavedQuery, endpoint: str, limits: Limits
) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    kind, text = _KINDS[sparql.check(query.body, limits).form]
    yield f"{vocab.RDF}type", ox.NamedNode(f"{_SH}SPARQLExecutable")
    yield f"{vocab.RDF}type", ox.NamedNode(kind)
    yield f"{vocab.RDFS}label", ox.Literal(query.summary, language="en")
    comment = f"{query.summary} {query.description}"
    yield f"{vocab.RDFS}comment", ox.Literal(comment, language="en")
    yield f"{_SH}prefixes", ox.NamedNode(_PREFIXES)
    yield text, ox.Literal(query.body)
    yield f"{_SCHEMA}target", ox.NamedNode(endpoint)
    for tag in query.tags:
        yield f"{_SCHEMA}keywords", ox.Literal(tag)


def _prefixes() -> Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]:
    """Yield the declaration of each prefix of ours."""
    yield _PREFIXES, f"{vocab.RDF}type", ox.NamedNode(f"{vocab.OWL}Ontology")
    for prefix, namespace in vocab.PREFIXES.items():
        declaration = f"{QUERIES}#prefix-{prefix}"
        uri = ox.Literal(namespace, datatype=ox.NamedNode(f"{vocab.XSD}anyURI"))
        yield _PREFIXES, f"{_SH}declare", ox.NamedNode(declaration)
        yield declaration, f"{vocab.RDF}type", ox.NamedNode(f"{_SH}PrefixDeclaration")
        yield declaration, f"{_SH}prefix", ox.Literal(prefix)
        yield declaration, f"{_SH}namespace", uri
