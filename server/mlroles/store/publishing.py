"""Both graphs put into another store: reasoned over there, verified, swapped in at the end."""

import contextlib
import logging
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import StoreError
from mlroles.knowledge import KnowledgeBase, ntriples
from mlroles.knowledge.reasoning.binding import SAME, TYPE, Atom, Part, is_schema
from mlroles.knowledge.reasoning.compiled import Schema, Undecided
from mlroles.knowledge.reasoning.evaluation import Dataset, evaluate
from mlroles.knowledge.reasoning.facts import Facts, written
from mlroles.knowledge.reasoning.fixpoint import Fixpoint, fed, premises
from mlroles.knowledge.reasoning.progress import Progress
from mlroles.knowledge.reasoning.strata import Key, Step, pattern
from mlroles.store.portions import portions
from mlroles.store.remote import RemoteStore
from mlroles.store.verifying import verify

_LOG = logging.getLogger(__name__)

#: Triples in one update, which every store takes.
_CHUNK = 500
#: Triples that are asked for at once, about; Virtuoso gives 10,000, as it comes.
_ROWS = 5_000
#: Seconds before each time that graphs are dropped: an update whose client has gone may end later.
_PAUSES = (0, 1, 2, 4, 8)
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

    def triples(self, atom: Atom) -> Iterator[ox.Triple]:
        """Yield the triples that match, some at a time. Raises StoreError if some are left out."""
        matched = pattern((atom,))
        variables = [str(part) for part in dict.fromkeys(atom) if isinstance(part, ox.Variable)]
        size, read = self._store.count(self._in(matched)), 0
        for where in self._portions(matched, variables, size):
            for triple in self._store.construct(f"CONSTRUCT {{ {matched} }} WHERE {{ {where} }}"):
                yield triple
                read += 1
        _require_all(read, size)

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

    def _distinct(self, where: str) -> list[Part]:
        """Return what ``?v`` stands for, once each. Raises StoreError if some are left out."""
        size, found = self._store.count(self._in(where), "DISTINCT ?v"), list[Part]()
        for portion in self._portions(where, ["?v"], size):
            rows = self._store.select(f"SELECT DISTINCT ?v WHERE {{ {portion} }}")
            found += (row["v"] for row in rows)
        _require_all(len(found), size)
        return found

    def _portions(self, where: str, variables: Sequence[str], size: int) -> Iterator[str]:
        return (self._in(f"{where} {part}") for part in portions(variables, size, _ROWS))

    def _in(self, where: str) -> str:
        return f"GRAPH <{self._graph}> {{ {where} }}"


def _require_all(read: int, size: int) -> None:
    if read != size:
        raise StoreError(
            f"The store gives {read:,} results in the place of {size:,}.",
            hint="Does it cut results, or does anybody else change it?",
        )


class _Staging:
    """The names under which both graphs are put together: nobody else has them."""

    def __init__(self, store: RemoteStore) -> None:
        name = secrets.token_hex(8)
        self._store = store
        self.asserted, self.inferred = (
            f"{graph}/staging/{name}" for graph in (vocab.ASSERTED, vocab.INFERRED)
        )

    def clear(self, tell: Progress) -> None:
        """Take away what was put together, and what the store may still be at work on."""
        tell("Taking away what was put together")
        is_gone = False
        try:
            with contextlib.suppress(StoreError):  # what went wrong before is told by whoever calls
                is_gone = self._drop()
        finally:  # Ctrl-C as well
            if not is_gone:
                left = f"<{self.asserted}> and <{self.inferred}>"
                _LOG.warning("What arrived in the store may be left there, in %s", left)

    def _drop(self) -> bool:
        """Drop the graphs until they stay away; return whether they do."""
        for pause in _PAUSES:
            time.sleep(pause)
            for graph in (self.asserted, self.inferred):
                self._store.update(f"DROP SILENT GRAPH <{graph}>", again=False)
            if not any(map(self._has, (self.asserted, self.inferred))):
                return True
        return False

    def _has(self, graph: str) -> bool:
        query = f"SELECT ?s WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} LIMIT 1"
        return bool(self._store.select(query))


def publish(knowledge: KnowledgeBase, store: RemoteStore, progress: Progress) -> Mapping[str, int]:
    """Put what is asserted and what follows into ``store``, in the place of what was there.

    Return how many triples each of the two graphs has there. Blank nodes become IRIs, as in
    ``store.nq``. Whatever fails before the end leaves the store's graphs as they were, and takes
    away what was put together. Raises StoreError.
    """
    staging = _Staging(store)
    try:
        _upload(store, staging.asserted, knowledge.asserted, progress)
        _reason(store, staging, knowledge, progress)
        progress("Verifying")
        sizes = {
            vocab.ASSERTED: verify(store, staging.asserted, _triples(knowledge.asserted)),
            vocab.INFERRED: verify(store, staging.inferred, _triples(knowledge.inferred)),
        }
        said = _publication(knowledge.digest, sizes)
        progress("Swapping")
    except BaseException:  # Ctrl-C as well
        staging.clear(progress)
        raise
    _swap(said, store, staging, progress)
    return sizes


def _swap(said: str, store: RemoteStore, staging: _Staging, progress: Progress) -> None:
    """Put the graphs into place. Sent once: done again, it would move graphs that are gone."""
    try:
        store.update(
            f"DROP SILENT GRAPH <{vocab.PUBLICATION}> ;"
            f" MOVE GRAPH <{staging.asserted}> TO GRAPH <{vocab.ASSERTED}> ;"
            f" MOVE GRAPH <{staging.inferred}> TO GRAPH <{vocab.INFERRED}> ;"
            f" INSERT DATA {{ GRAPH <{vocab.PUBLICATION}> {{ {said} }} }}",
            again=False,
        )
    except KeyboardInterrupt:
        _LOG.warning("Whether the graphs were swapped is not known. Publish again.")
        raise
    except StoreError as error:
        if error.extra.get("status", _BETWEEN[0]) not in _BETWEEN:
            staging.clear(progress)
            raise
        # The store may still be at it: what it moves must not be taken away.
        raise StoreError(
            f"Whether the graphs were swapped is not known: {error.detail}",
            hint="Publish again once the store answers.",
        ) from error


def _triples(text: bytes) -> Iterator[ox.Triple]:
    """Yield the triples of N-Triples one at a time, their terms as our own store has them."""
    for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES):
        yield ox.Triple(written(quad.subject), quad.predicate, written(quad.object))  # type: ignore[arg-type] # no literal is a subject


def _upload(store: RemoteStore, graph: str, text: bytes, progress: Progress) -> None:
    size = text.count(b"\n")

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


def _publication(digest: str, sizes: Mapping[str, int]) -> str:
    """Return what is said of the dataset: its digest, and how many triples each graph holds."""
    dcterms, void = (vocab.PREFIXES[prefix] for prefix in ("dcterms", "void"))
    said = [f'<{vocab.DATASET}> <{dcterms}identifier> "{digest}" .']
    said += (f"<{graph}> <{void}triples> {size} ." for graph, size in sizes.items())
    return " ".join(said)
