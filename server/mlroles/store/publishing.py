"""Both graphs put into another store: reasoned over there, verified, swapped in at the end."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import StoreError
from mlroles.knowledge import KnowledgeBase, ntriples
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import TYPE, is_schema
from mlroles.knowledge.reasoning.compiled import Schema, Undecided
from mlroles.knowledge.reasoning.evaluation import Dataset, Progress, evaluate
from mlroles.store.remote import RemoteStore

#: Where the graphs are put together: nobody asks for these names.
_ASSERTED, _INFERRED = (f"{graph}/staging" for graph in (vocab.ASSERTED, vocab.INFERRED))
#: Triples in one update, which every store takes; triples read back to be compared.
_CHUNK = 500
_PAGE = 5_000
_COMPARED = 100_000


class RemoteGraph(Dataset):
    """A graph of another store, as the rules see it."""

    def __init__(self, store: RemoteStore, graph: str) -> None:
        self._store = store
        self._graph = graph

    def ask(self, pattern: str) -> bool:
        """Return whether a group graph pattern has a solution."""
        return self._store.ask(self._in(pattern))

    def count(self, pattern: str) -> int:
        """Return how many solutions a pattern has."""
        (row,) = self._store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {self._in(pattern)} }}")
        return int(row["n"]["value"])

    def literals(self, pattern: str) -> Iterator[ox.Literal]:
        """Yield the literals that ``?y`` stands for."""
        for row in self._store.select(f"SELECT ?y WHERE {{ {self._in(pattern)} }}"):
            term = row["y"]
            if term["type"] != "uri" and term["type"] != "bnode":
                datatype = term.get("datatype")
                yield ox.Literal(
                    term["value"], datatype=ox.NamedNode(datatype) if datatype else None
                )

    def insert(self, template: str, pattern: str) -> None:
        """Add the template's triples for each solution of a pattern."""
        self._store.update(f"INSERT {{ {self._in(template)} }} WHERE {{ {self._in(pattern)} }}")

    def _in(self, pattern: str) -> str:
        return f"GRAPH <{self._graph}> {{ {pattern} }}"


def publish(knowledge: KnowledgeBase, store: RemoteStore, progress: Progress) -> None:
    """Put what is asserted and what follows into ``store``, in the place of what was there.

    Blank nodes become IRIs, as in ``store.nq``. Whatever fails before the end leaves the store's
    graphs as they were. Raises StoreError.
    """
    asserted = list(skolem.named(ntriples.parse(knowledge.asserted)))
    try:
        _clear(store)
        _upload(store, _ASSERTED, asserted, progress)
        store.update(f"ADD GRAPH <{_ASSERTED}> TO GRAPH <{_INFERRED}>")
        _reason(store, asserted, progress)
        progress("Verifying")
        _verify(store, _ASSERTED, asserted)
        _verify(store, _INFERRED, ntriples.parse(knowledge.inferred))
        progress("Swapping")
        store.update(
            f"DROP SILENT GRAPH <{vocab.PUBLICATION}> ;"
            f" MOVE GRAPH <{_ASSERTED}> TO GRAPH <{vocab.ASSERTED}> ;"
            f" MOVE GRAPH <{_INFERRED}> TO GRAPH <{vocab.INFERRED}> ;"
            f" INSERT DATA {{ GRAPH <{vocab.PUBLICATION}> {{ {_publication(knowledge)} }} }}",
            again=False,
        )
    except StoreError:
        _tidy(store)
        raise


def _upload(
    store: RemoteStore, graph: str, triples: Sequence[ox.Triple], progress: Progress
) -> None:
    lines = iter(ntriples.dump(triples).decode().splitlines())
    done = 0
    while chunk := list(islice(lines, _CHUNK)):
        store.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{chr(10).join(chunk)}\n}} }}")
        done += len(chunk)
        progress(f"Uploading: {done:,} of {len(triples):,} triples")


def _reason(store: RemoteStore, asserted: Sequence[ox.Triple], progress: Progress) -> None:
    try:
        schema = Schema(filter(is_schema, asserted))
    except Undecided as undecided:
        raise StoreError(
            f"The rules cannot run in another store: {undecided}.",
            hint="Publish the files of mlroles build instead.",
        ) from undecided
    _upload(store, _INFERRED, schema.facts, progress)
    evaluate(schema.rules_of_data, RemoteGraph(store, _INFERRED), progress)
    for class_ in schema.expressions:
        store.update(f"DELETE WHERE {{ GRAPH <{_INFERRED}> {{ ?x {TYPE} {class_} }} }}")
    store.update(
        f"DELETE {{ GRAPH <{_INFERRED}> {{ ?s ?p ?o }} }}"
        f" WHERE {{ GRAPH <{_ASSERTED}> {{ ?s ?p ?o }} }}"
    )


def _verify(store: RemoteStore, graph: str, expected: Sequence[ox.Triple]) -> None:
    """Raise StoreError unless the graph holds as many triples, and the same ones of IRIs.

    Literals are left out of the comparison: stores write some of them in another way.
    """
    count = RemoteGraph(store, graph).count("?s ?p ?o")
    if count != len(expected):
        raise StoreError(
            f"The store holds {count:,} triples in the place of {len(expected):,}.",
            hint="Nothing was changed. Does the store reason by itself, or cut results?",
        )
    wanted = sorted(_line(*map(str, (t.subject, t.predicate, t.object))) for t in expected)
    if count <= _COMPARED and _digest(_read(store, graph)) != _digest(filter(None, wanted)):
        raise StoreError(
            f"The store holds other triples than it was given, though as many ({count:,}).",
            hint="Nothing was changed.",
        )


def _read(store: RemoteStore, graph: str) -> Iterator[str]:
    pattern = f"GRAPH <{graph}> {{ ?s ?p ?o FILTER(isIRI(?o)) }}"
    found: list[str] = []
    while True:
        text = f"SELECT ?s ?p ?o WHERE {{ {pattern} }} ORDER BY ?s ?p ?o LIMIT {_PAGE} OFFSET {len(found)}"
        rows = [tuple(f"<{row[name]['value']}>" for name in "spo") for row in store.select(text)]
        found += (_line(*row) for row in rows)
        if len(rows) < _PAGE:
            return iter(sorted(found))


def _line(subject: str, predicate: str, value: str) -> str:
    return f"{subject} {predicate} {value}" if value.startswith("<") else ""


def _digest(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()


def _publication(knowledge: KnowledgeBase) -> str:
    """Return what is said of the dataset: its digest, and how many triples each graph holds."""
    dcterms, void = (vocab.PREFIXES[prefix] for prefix in ("dcterms", "void"))
    sizes = {vocab.ASSERTED: knowledge.asserted, vocab.INFERRED: knowledge.inferred}
    said = [f'<{vocab.DATASET}> <{dcterms}identifier> "{knowledge.digest}" .']
    said += (f"<{graph}> <{void}triples> {_lines(text)} ." for graph, text in sizes.items())
    return " ".join(said)


def _lines(text: bytes) -> int:
    return text.count(b"\n")


def _clear(store: RemoteStore) -> None:
    store.update(f"DROP SILENT GRAPH <{_ASSERTED}> ; DROP SILENT GRAPH <{_INFERRED}>")


def _tidy(store: RemoteStore) -> None:
    """Take away what was put together, if the store still answers."""
    try:
        _clear(store)
    except StoreError:
        return
