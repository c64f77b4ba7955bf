"""What is told of a thing, as RDF: its description, what points to it, and what all is called."""

from collections.abc import Iterable, Iterator
from contextlib import closing

import pyoxigraph as ox

from mlroles import vocab
from mlroles.engine.interface import Engine
from mlroles.knowledge import ntriples
from mlroles.knowledge.description import DATASET
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.statistics import VOID
from mlroles.rows import read_triples
from mlroles.store import QueryRequest
from mlroles.terms import Iri
from mlroles.web.profile import LABEL, Group, Profile

_TRIPLES = 10_000  # of a thing's own in each graph, at most
_SIZE = 16 << 20  # bytes of them at most
_FOAF = vocab.PREFIXES["foaf"]


def graphs(engine: Engine, found: Profile, document: str) -> Graphs:
    """Return the statements by graph; those of the document at that address are with the asserted.

    Raises what the engine raises.
    """
    told: dict[str, set[ox.Triple]] = {}
    cut = []
    for graph in (vocab.ASSERTED, vocab.INFERRED):
        own, more = _own(engine, found.iri, graph)
        told[graph] = own
        if more:
            cut.append(f"The first {len(own):,} triples of what it is the subject of.")
    for group in found.incoming:
        triples = ntriples.parse("".join(_incoming(found.iri, group)).encode())
        told.setdefault(group.graph, set()).update(triples)
        if group.left_out:
            shown = f"{len(group.values):,} of {group.count:,}"
            cut.append(f"{shown} that point to it by <{group.predicate.address}>.")
    told[vocab.ASSERTED] |= _labels(engine, _named(told.values()))
    told[vocab.ASSERTED] |= set(_of_document(document, found, cut))
    return told


def _own(engine: Engine, iri: str, graph: str) -> tuple[set[ox.Triple], bool]:
    """Return the description of a thing by one graph, and whether it was cut."""
    request = QueryRequest(f"DESCRIBE <{iri}>", "application/n-triples", default_graphs=(graph,))
    with closing(engine.run(request)) as answer:
        rows = read_triples(answer.chunks, _TRIPLES, _SIZE)
    lines = (f"{' '.join(map(str, row))} .\n" for row in rows.rows)
    return set(ntriples.parse("".join(lines).encode())), rows.more


def _incoming(iri: str, group: Group) -> Iterator[str]:
    for value in group.values:
        yield f"{value.term} <{group.predicate.address}> <{iri}> .\n"


def _named(graphs_: Iterable[set[ox.Triple]]) -> set[str]:
    triples = (triple for graph in graphs_ for triple in graph)
    nodes = (node for triple in triples for node in (triple.subject, triple.object))
    return {node.value for node in nodes if isinstance(node, ox.NamedNode)}


def _labels(engine: Engine, iris: Iterable[str]) -> set[ox.Triple]:
    values = " ".join(str(Iri(iri)) for iri in sorted(iris))
    text = (
        f"CONSTRUCT {{ ?it <{LABEL}> ?label }} WHERE {{\n"
        f"  VALUES ?it {{ {values} }} ?it <{LABEL}> ?label\n}}"
    )
    with closing(engine.run(QueryRequest(text, "application/n-triples"))) as answer:
        return set(ntriples.parse(b"".join(answer.chunks)))


def _of_document(address: str, found: Profile, cut: Iterable[str]) -> Iterator[ox.Triple]:
    """Yield what the document is, whose it is (VoID, 6.2), and what it leaves out."""
    document = ox.NamedNode(address)
    kind, about = ox.NamedNode(f"{_FOAF}Document"), ox.NamedNode(f"{_FOAF}primaryTopic")
    yield ox.Triple(document, ox.NamedNode(f"{vocab.RDF}type"), kind)
    yield ox.Triple(document, about, ox.NamedNode(found.iri))
    yield ox.Triple(document, ox.NamedNode(f"{VOID}inDataset"), ox.NamedNode(DATASET))
    for note in cut:
        comment = ox.NamedNode(f"{vocab.RDFS}comment")
        yield ox.Triple(
            document, comment, ox.Literal(f"Not all is told here: {note}", language="en")
        )
