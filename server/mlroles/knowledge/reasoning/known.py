"""What a closed dataset holds, for proofs to look things up: held here, or asked for."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import MlrolesError
from mlroles.knowledge.asking import Row, Selecting
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.reasoning import skolem
from mlroles.knowledge.reasoning.binding import Atom, Part
from mlroles.knowledge.reasoning.strata import match, put

#: A triple, and whether it is asserted.
Found: TypeAlias = tuple[Atom, bool]
#: What variables stand for.
Bound: TypeAlias = Mapping[Part, Part]

_ASSERTED = ox.NamedNode(vocab.ASSERTED)
#: Rows that are asked for at once, and the first time.
_PAGE = 200


class OutOfTimeError(Exception):
    """There is no time left to look things up."""


class Known(Protocol):
    """A closed dataset, whose blank nodes have names: see ``skolem``."""

    def found(self, atom: Atom) -> Iterable[Found]:
        """Return the triples that an atom matches, asserted ones first."""

    def joined(self, atoms: Sequence[Atom], condition: str = "") -> Iterator[Bound]:
        """Yield what the variables may stand for so that all ``atoms`` hold together.

        What is stated comes before what is not. ``condition`` is a SPARQL pattern that must
        match besides; who can look further by other means need not heed it.
        """

    def within(self, seconds: float) -> "Known":
        """Return the same dataset, which raises OutOfTimeError after so many seconds."""


class Held(Known):
    """A dataset in this process: the graphs ``vocab.ASSERTED`` and ``vocab.INFERRED``."""

    def __init__(self, graphs: Graphs) -> None:
        self._store = ox.Store()
        asserted = list(skolem.named(graphs[vocab.ASSERTED]))
        inferred = skolem.named(graphs[vocab.INFERRED])
        self._store.bulk_extend(
            ox.Quad(t.subject, t.predicate, t.object, _ASSERTED) for t in asserted
        )
        self._store.bulk_extend(ox.Quad(*triple) for triple in (*asserted, *inferred))
        self._deadline = float("inf")

    def within(self, seconds: float) -> "Held":
        """Return the same dataset, which raises OutOfTimeError after so many seconds."""
        other = object.__new__(Held)
        other._store = self._store
        other._deadline = time.monotonic() + seconds
        return other

    def found(self, atom: Atom) -> Iterator[Found]:
        """Yield the triples that an atom matches, asserted ones first."""
        if time.monotonic() > self._deadline:
            raise OutOfTimeError
        yield from ((fact, True) for fact in self._matching(atom, _ASSERTED))
        for fact in self._matching(atom, ox.DefaultGraph()):
            if not any(True for _ in self._matching(fact, _ASSERTED)):
                yield fact, False

    def joined(self, atoms: Sequence[Atom], condition: str = "") -> Iterator[Bound]:  # noqa: ARG002 - it is quick without
        """Yield what the variables may stand for, by looking up one atom after the other."""
        yield from self._joined(atoms, {})

    def _joined(self, atoms: Sequence[Atom], bound: Bound) -> Iterator[Bound]:
        if not atoms:
            yield bound
            return
        # The atom with the fewest variables left is asked first.
        first = min(atoms, key=lambda atom: sum(_is_free(part, bound) for part in atom))
        rest = [atom for atom in atoms if atom is not first]
        asked = put(first, bound)
        for fact, _ in self.found(asked):
            more = match(asked, fact)
            if more is not None:
                yield from self._joined(rest, {**bound, **more})

    def _matching(self, atom: Atom, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[Atom]:
        subject, predicate, value = (None if isinstance(p, ox.Variable) else p for p in atom)
        if isinstance(subject, ox.Literal) or isinstance(predicate, ox.Literal):
            return
        for quad in self._store.quads_for_pattern(subject, predicate, value, graph):
            yield quad.subject, quad.predicate, quad.object  # type: ignore[misc] # no blank nodes


@dataclass(frozen=True)
class _Page:
    """Some solutions, and whether there are no more."""

    solutions: Sequence[Bound]
    is_last: bool


class Asked(Known):
    """A dataset elsewhere, however large, whose default graph is all of it.

    All atoms of a rule are asked for in one SELECT, some hundred solutions at a time; none is
    given that has blank nodes, which no query can name. It raises what ``select`` does. What was
    looked up is remembered by the object that ``within`` gives, which is for one explanation.
    """

    def __init__(self, select: Selecting, deadline: float = float("inf")) -> None:
        self._select = select
        self._deadline = deadline
        self._looked_up: dict[Atom, tuple[Found, ...]] = {}
        self._pages: dict[tuple[tuple[Atom, ...], str], list[_Page]] = {}

    def within(self, seconds: float) -> "Asked":
        """Return the same dataset, which raises OutOfTimeError after so many seconds."""
        return Asked(self._select, time.monotonic() + seconds)

    def found(self, atom: Atom) -> Iterator[Found]:
        """Yield the triples that an atom matches, asserted ones first."""
        if any(isinstance(part, ox.Variable) for part in atom):
            for bound in self.joined([atom]):
                (fact,) = self._looked_up[put(atom, bound)]
                yield fact
        else:
            if atom not in self._looked_up:
                self._looked_up[atom] = ()
                any(True for _ in self.joined([atom]))
            yield from self._looked_up[atom]

    def joined(self, atoms: Sequence[Atom], condition: str = "") -> Iterator[Bound]:
        """Yield what the variables may stand for, page by page."""
        if any(_is_unaskable(atom) for atom in atoms):
            return
        atoms = tuple(dict.fromkeys(atoms))
        pages = self._pages.setdefault((atoms, condition), [])
        for number in count():
            if number == len(pages):
                pages.append(self._page(atoms, condition, number * _PAGE))
            yield from pages[number].solutions
            if pages[number].is_last:
                return

    def _page(self, atoms: Sequence[Atom], condition: str, offset: int) -> _Page:
        """Return some solutions, those first that are stated."""
        rows = list(self._rows(atoms, f"{_text(atoms)} {condition}", offset))
        is_last = len(rows) < _PAGE
        if offset == 0 and not is_last:
            # There may be many more, and better ones among them.
            stated = " ".join(f"GRAPH {_ASSERTED} {{ {_text([atom])} }}" for atom in atoms)
            rows = [*self._rows(atoms, f"{stated} {condition}", 0), *rows]
        found = sorted(self._solutions(atoms, rows), key=lambda one: -one[0])
        return _Page([bound for _, bound in found], is_last)

    def _rows(self, atoms: Sequence[Atom], where: str, offset: int) -> Iterator[Row]:
        flags = " ".join(
            f"(EXISTS {{ GRAPH {_ASSERTED} {{ {_text([atom])} }} }} AS ?stated{place})"
            for place, atom in enumerate(atoms)
        )
        shift = f" OFFSET {offset}" if offset else ""
        variables = " ".join(map(str, _variables(atoms)))
        return self._ask(f"SELECT {variables} {flags} WHERE {{ {where} }} LIMIT {_PAGE}{shift}")

    def _solutions(self, atoms: Sequence[Atom], rows: Iterable[Row]) -> Iterator[tuple[int, Bound]]:
        """Yield solutions, each with how many of its triples are stated; remember those."""
        for row in rows:
            terms = {v: row[v.value] for v in _variables(atoms)}
            if any(isinstance(p, ox.BlankNode) or skolem.is_named(p) for p in terms.values()):
                continue
            bound: dict[Part, Part] = {**terms}  # type: ignore[dict-item] # terms of RDF
            stated = [_is_true(row.get(f"stated{place}")) for place in range(len(atoms))]
            facts = [put(atom, bound) for atom in atoms]
            self._looked_up.update(
                {fact: ((fact, said),) for fact, said in zip(facts, stated, strict=True)}
            )
            yield sum(stated), bound

    def _ask(self, text: str) -> Iterator[Row]:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        try:
            yield from self._select(text, None if left == float("inf") else left)
        except MlrolesError as error:
            if time.monotonic() < self._deadline:
                raise
            raise OutOfTimeError from error


def _variables(atoms: Iterable[Atom]) -> list[ox.Variable]:
    found = (part for atom in atoms for part in atom if isinstance(part, ox.Variable))
    return list(dict.fromkeys(found))


def _is_unaskable(atom: Atom) -> bool:
    return any(isinstance(part, ox.Literal) for part in atom[:2]) or any(map(skolem.is_named, atom))


def _is_free(part: Part, bound: Bound) -> bool:
    return isinstance(part, ox.Variable) and part not in bound


def _is_true(term: object) -> bool:
    """Return whether a store says yes; Virtuoso 7.2.5 does so by a number."""
    return isinstance(term, ox.Literal) and term.value in ("true", "1")


def _text(atoms: Iterable[Atom]) -> str:
    return " ".join(f"{' '.join(map(str, atom))} ." for atom in atoms)
