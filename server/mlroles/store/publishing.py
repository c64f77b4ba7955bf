"""Both graphs put into another store: reasoned over there, verified, swapped in at the end."""

import contextlib
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import StoreError
from mlroles.knowledge import KnowledgeBase, ntriples
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import SAME, TYPE, Atom, Part, is_schema
from mlroles.knowledge.reasoning.compiled import Schema, Undecided
from mlroles.knowledge.reasoning.evaluation import Dataset, evaluate
from mlroles.knowledge.reasoning.facts import Facts
from mlroles.knowledge.reasoning.fixpoint import Fixpoint, fed, premises
from mlroles.knowledge.reasoning.progress import Progress
from mlroles.knowledge.reasoning.strata import Key, Step, pattern, put
from mlroles.store.portions import Portions
from mlroles.store.remote import RemoteStore
from mlroles.store.verifying import verify

#: Triples in one update, which every store takes.
_CHUNK = 500
#: Triples that are asked for at once, about; Virtuoso gives 10,000, as it comes.
_ROWS = 5_000
#: Statuses of a server in between, which does not know what became of a request.
_BETWEEN = (502, 504)


class RemoteGraph(Dataset):
    """A graph of another store, as the rules see it."""

    def __init__(self, store: RemoteStore, graph: str) -> None:
        self._store = store
        self._graph = graph

    def stated(self, keys: Collection[Key]) -> set[Key]:
        """Return the keys that some of its triples are about.

        All that it has is read: Virtuoso remembers of a property asked for that it had no triples,
        and joins by it as if it still had none when there are 250,000.
        """
        found: set[Key] = {(property_, None) for property_ in self._distinct("?s ?v ?o")}
        found |= {(TYPE, class_) for class_ in self._distinct(f"?s {TYPE} ?v")}
        return found & set(keys)

    def count(self, pattern: str) -> int:
        """Return how many solutions a pattern has."""
        (row,) = self._store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {self._in(pattern)} }}")
        return int(row["n"].value)

    def triples(self, atom: Atom) -> Iterator[ox.Triple]:
        """Yield the triples that match, some at a time. Raises StoreError if some are left out."""
        text = pattern((atom,))
        variables = [part for part in dict.fromkeys(atom) if isinstance(part, ox.Variable)]
        size, read = self.count(text), 0
        for condition in Portions(list(map(str, variables)), size, _ROWS).conditions:
            wanted = self._in(f"{text} {condition}")
            for row in self._store.select(f"SELECT * WHERE {{ {wanted} }}"):
                bound: dict[Part, Part] = {name: row[name] for name in variables}
                yield ox.Triple(*put(atom, bound))  # type: ignore[arg-type] # all bound
                read += 1
        if read != size:
            raise StoreError(
                f"The store gives {read:,} triples in the place of {size:,}.",
                hint="Does anybody else change it?",
            )

    def conclude(self, step: Step) -> None:
        """Add what follows by a step that does not feed itself."""
        template, body = self._in(pattern(step.heads)), self._in(pattern(step.body))
        self._store.update(f"INSERT {{ {template} }} WHERE {{ {body} }}")

    def repeat(self, steps: Sequence[Step], tell: Progress) -> None:
        """Add all that follows by steps that feed each other, which is found here."""
        tell("Reasoning: reading what takes part")
        facts = Facts(chain.from_iterable(map(self.triples, premises(steps))))
        Fixpoint(facts, steps, fed(steps)).start(tell)
        self.add(facts.triples(facts.added(lambda _: True)))

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples, some at a time."""
        left = iter(triples)
        while chunk := list(islice(left, _CHUNK)):
            lines = ntriples.dump(chunk).decode()
            self._store.update(f"INSERT DATA {{ GRAPH <{self._graph}> {{\n{lines}}} }}")

    def _distinct(self, pattern: str) -> Iterator[Part]:
        """Yield what ``?v`` stands for, once each."""
        for row in self._store.select(f"SELECT DISTINCT ?v WHERE {{ {self._in(pattern)} }}"):
            yield row["v"]

    def _in(self, pattern: str) -> str:
        return f"GRAPH <{self._graph}> {{ {pattern} }}"


class _Staging:
    """The names under which both graphs are put together: nobody else has them."""

    def __init__(self, store: RemoteStore) -> None:
        name = secrets.token_hex(8)
        self._store = store
        self.asserted, self.inferred = (
            f"{graph}/staging/{name}" for graph in (vocab.ASSERTED, vocab.INFERRED)
        )

    def clear(self) -> None:
        """Take away what was put together, if the store still answers."""
        with contextlib.suppress(StoreError):
            self._store.update(
                f"DROP SILENT GRAPH <{self.asserted}> ; DROP SILENT GRAPH <{self.inferred}>"
            )


def publish(knowledge: KnowledgeBase, store: RemoteStore, progress: Progress) -> None:
    """Put what is asserted and what follows into ``store``, in the place of what was there.

    Blank nodes become IRIs, as in ``store.nq``. Whatever fails before the end leaves the store's
    graphs as they were, and takes away what was put together. Raises StoreError.
    """
    staging = _Staging(store)
    try:
        _upload(store, staging.asserted, knowledge.asserted, progress)
        _reason(store, staging, knowledge, progress)
        progress("Verifying")
        for graph, text in (
            (staging.asserted, knowledge.asserted),
            (staging.inferred, knowledge.inferred),
        ):
            verify(store, graph, _triples(text), _lines(text))
        progress("Swapping")
    except BaseException:  # Ctrl-C as well
        staging.clear()
        raise
    _swap(knowledge, store, staging)


def _swap(knowledge: KnowledgeBase, store: RemoteStore, staging: _Staging) -> None:
    """Put the graphs into place. Sent once: done again, it would move graphs that are gone."""
    try:
        store.update(
            f"DROP SILENT GRAPH <{vocab.PUBLICATION}> ;"
            f" MOVE GRAPH <{staging.asserted}> TO GRAPH <{vocab.ASSERTED}> ;"
            f" MOVE GRAPH <{staging.inferred}> TO GRAPH <{vocab.INFERRED}> ;"
            f" INSERT DATA {{ GRAPH <{vocab.PUBLICATION}> {{ {_publication(knowledge)} }} }}",
            again=False,
        )
    except StoreError as error:
        if error.extra.get("status", _BETWEEN[0]) not in _BETWEEN:
            staging.clear()
            raise
        # The store may still be at it: what it moves must not be taken away.
        raise StoreError(
            f"Whether the graphs were swapped is not known: {error.detail}",
            hint="Publish again once the store answers.",
        ) from error


def _triples(text: bytes) -> Iterator[ox.Triple]:
    """Yield the triples of canonical N-Triples, with names for blank nodes, one at a time."""
    return skolem.named(quad.triple for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES))


def _upload(store: RemoteStore, graph: str, text: bytes, progress: Progress) -> None:
    size = _lines(text)

    def told() -> Iterator[ox.Triple]:
        for done, triple in enumerate(_triples(text)):
            if done % _CHUNK == 0:
                progress(f"Uploading: {done:,} of {size:,} triples")
            yield triple

    RemoteGraph(store, graph).add(told())


def _reason(
    store: RemoteStore, staging: _Staging, knowledge: KnowledgeBase, progress: Progress
) -> None:
    """Let the store find what follows; upload it where that needs more than the bound rules."""
    schema = _schema(knowledge)
    if schema is None:
        progress("The rules of equality run here only: what follows is uploaded")
        _upload(store, staging.inferred, knowledge.inferred, progress)
        return
    store.update(f"ADD GRAPH <{staging.asserted}> TO GRAPH <{staging.inferred}>")
    _upload(store, staging.inferred, ntriples.dump(schema.facts), progress)
    evaluate(schema.rules_of_data, RemoteGraph(store, staging.inferred), progress)
    for passing in schema.passing:
        store.update(f"DELETE WHERE {{ GRAPH <{staging.inferred}> {{ {passing} }} }}")
    store.update(
        f"DELETE {{ GRAPH <{staging.inferred}> {{ ?s ?p ?o }} }}"
        f" WHERE {{ GRAPH <{staging.asserted}> {{ ?s ?p ?o }} }}"
    )


def _schema(knowledge: KnowledgeBase) -> Schema | None:
    """Return the rules that give what follows; None where two names may be of one thing."""
    if any(f" {SAME} ".encode() in text for text in (knowledge.asserted, knowledge.inferred)):
        return None
    try:
        return Schema(filter(is_schema, _triples(knowledge.asserted)))
    except Undecided:
        return None


def _publication(knowledge: KnowledgeBase) -> str:
    """Return what is said of the dataset: its digest, and how many triples each graph holds."""
    dcterms, void = (vocab.PREFIXES[prefix] for prefix in ("dcterms", "void"))
    sizes = {vocab.ASSERTED: knowledge.asserted, vocab.INFERRED: knowledge.inferred}
    said = [f'<{vocab.DATASET}> <{dcterms}identifier> "{knowledge.digest}" .']
    said += (f"<{graph}> <{void}triples> {_lines(text)} ." for graph, text in sizes.items())
    return " ".join(said)


def _lines(text: bytes) -> int:
    return text.count(b"\n")
