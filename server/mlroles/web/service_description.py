"""The endpoint described in RDF: SPARQL 1.1 Service Description, with VoID's counts of its graphs.

The limits are told in properties of ours, which the description defines.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox
from flask import Response, url_for

from mlroles import __version__, vocab
from mlroles.config import Settings
from mlroles.knowledge.description import DATASET
from mlroles.knowledge.statistics import VOID, Statement
from mlroles.web import documents
from mlroles.web.facts import Facts
from mlroles.web.services import Services

_SD = vocab.SD
_DCAT, _DCT = vocab.PREFIXES["dcat"], vocab.PREFIXES["dcterms"]
_TYPE = f"{vocab.RDF}type"
_ENTAILMENT = "http://www.w3.org/ns/entailment/"
_PROFILE = "http://www.w3.org/ns/owl-profile/"
_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
)
#: The document that says what our properties mean.
VOCABULARY = f"{vocab.BASE}service"
_OURS = f"{VOCABULARY}#"


class _Limit(NamedTuple):
    """A limit: the name of its property, the setting that holds it, and what it says."""

    name: str
    setting: str
    says: str


_LIMITS = (
    _Limit("timeLimit", "timeout", "The seconds that one query may take."),
    _Limit("memoryLimit", "memory", "The MiB of memory that one query may add."),
    _Limit("queryLengthLimit", "max_query", "The bytes that a query may be long."),
    _Limit("bodyLengthLimit", "max_body", "The bytes that a request's body may be long."),
    _Limit("nestingLimit", "max_depth", "The levels of nesting that a query may have."),
    _Limit("chainLimit", "max_chain", "The operators that a query may chain at one level."),
    _Limit("rowLimit", "max_rows", "The rows that a SELECT may give."),
    _Limit("workers", "workers", "The queries that run at the same time."),
    _Limit("queueLimit", "queue", "The queries that may wait for a worker."),
    _Limit("connectionLimit", "connections", "The connections at the same time."),
    _Limit("clientConnectionLimit", "client_connections", "The connections of one client."),
    _Limit("clientLimit", "client_requests", "The requests of one client at the same time."),
    _Limit("clientMinuteLimit", "client_minute", "The requests of one client in a minute."),
)
#: Settings of which 0 means that there is no limit.
_UNBOUNDED_BY_0 = frozenset({"max_rows", "client_connections", "client_requests", "client_minute"})


def respond(
    services: Services,
    wanted: tuple[str, ...] | None = None,
    page: Callable[[], str] | None = None,
) -> Response:
    """Return the description in a format of ``wanted``, else in the one that the request wants.

    ``page`` makes the HTML, if there is one.

    Raises NotAcceptableError, and what the engine raises.
    """
    endpoint = url_for("protocol.endpoint", _external=True)
    return documents.respond(
        lambda: {DATASET: describe(endpoint, services.facts, services.settings)},
        page,
        wanted=wanted,
    )


def vocabulary() -> list[ox.Triple]:
    """Return what our properties mean, whether or not this server has such a limit."""
    ontology = ox.NamedNode(f"{vocab.OWL}Ontology")
    statements: list[Statement] = [
        (VOCABULARY, _TYPE, ontology),
        (VOCABULARY, f"{_DCT}title", _text("The limits of a SPARQL endpoint")),
        *(said for limit in _LIMITS for said in _meaning(limit)),
    ]
    return _triples(statements)


def describe(endpoint: str, facts: Facts, settings: Settings) -> list[ox.Triple]:
    """Return the description of the service at the address ``endpoint``."""
    statements = [
        *_service(f"{endpoint}#service", endpoint),
        *_dataset(facts),
        *_limits(f"{endpoint}#service", settings),
    ]
    return _triples(statements)


def _triples(statements: Iterable[Statement]) -> list[ox.Triple]:
    return [ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in statements]


def _service(service: str, endpoint: str) -> Iterator[Statement]:
    yield service, _TYPE, _sd("Service")
    yield service, _TYPE, ox.NamedNode(f"{_DCAT}DataService")
    yield service, f"{_DCT}title", _text("mlroles: SPARQL endpoint")
    yield service, f"{_SD}endpoint", ox.NamedNode(endpoint)
    yield service, f"{_DCAT}endpointURL", ox.NamedNode(endpoint)
    yield service, f"{_DCAT}servesDataset", ox.NamedNode(DATASET)
    yield service, f"{_DCAT}version", ox.Literal(__version__)
    yield service, f"{_SD}supportedLanguage", _sd("SPARQL11Query")
    yield service, f"{_SD}feature", _sd("UnionDefaultGraph")
    for name in _FORMATS:
        format_ = ox.NamedNode(f"http://www.w3.org/ns/formats/{name}")
        yield service, f"{_SD}resultFormat", format_
    regime, profile = ox.NamedNode(f"{_ENTAILMENT}OWL-RDF-Based"), ox.NamedNode(f"{_PROFILE}RL")
    yield service, f"{_SD}defaultEntailmentRegime", regime
    yield service, f"{_SD}defaultSupportedEntailmentProfile", profile
    yield service, f"{_SD}defaultDataset", ox.NamedNode(DATASET)
    yield service, f"{_SD}availableGraphs", ox.NamedNode(DATASET)


def _dataset(facts: Facts) -> Iterator[Statement]:
    """Yield the dataset: its default graph, and the named graphs, which hold what they state."""
    default = f"{DATASET}#default-graph"
    counts = {vocab.ASSERTED: facts.asserted, vocab.INFERRED: facts.inferred}
    for kind in ("Dataset", "GraphCollection"):
        yield DATASET, _TYPE, _sd(kind)
    yield DATASET, f"{_SD}defaultGraph", ox.NamedNode(default)
    yield default, _TYPE, _sd("Graph")
    yield default, f"{_DCT}title", _text("What is stated and what follows")
    yield default, f"{VOID}triples", ox.Literal(facts.total)
    for iri in facts.graphs:
        named = f"{DATASET}#named-graph-{iri.removeprefix(vocab.PREFIXES['graph'])}"
        yield DATASET, f"{_SD}namedGraph", ox.NamedNode(named)
        yield named, _TYPE, _sd("NamedGraph")
        yield named, f"{_SD}name", ox.NamedNode(iri)
        yield named, f"{_SD}graph", ox.NamedNode(iri)
        yield named, f"{_SD}entailmentRegime", ox.NamedNode(f"{_ENTAILMENT}Simple")
        yield iri, _TYPE, _sd("Graph")
        if iri in counts:
            yield iri, f"{VOID}triples", ox.Literal(counts[iri])


def _limits(service: str, settings: Settings) -> Iterator[Statement]:
    """Yield the limits that there are, and what each means."""
    for limit in _LIMITS:
        value = getattr(settings, limit.setting)
        if value or limit.setting not in _UNBOUNDED_BY_0:
            yield service, f"{_OURS}{limit.name}", _number(value)
            yield from _meaning(limit)


def _meaning(limit: _Limit) -> Iterator[Statement]:
    term = f"{_OURS}{limit.name}"
    yield term, _TYPE, ox.NamedNode(f"{vocab.OWL}DatatypeProperty")
    yield term, f"{vocab.RDFS}domain", _sd("Service")
    yield term, f"{vocab.RDFS}comment", _text(limit.says)
    yield term, f"{vocab.RDFS}isDefinedBy", ox.NamedNode(VOCABULARY)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_SD}{name}")


def _number(value: float) -> ox.Literal:
    kind = "integer" if isinstance(value, int) else "decimal"
    return ox.Literal(f"{value}", datatype=ox.NamedNode(f"{vocab.XSD}{kind}"))


def _text(words: str) -> ox.Literal:
    return ox.Literal(words, language="en")
