"""What a page says of a thing, each list of values once: several properties may have the same."""

from dataclasses import dataclass

from mlroles.terms import Iri
from mlroles.web.profile import Group, Profile, Value

#: Values that are seen at once; the rest is folded.
SEEN = 8


@dataclass(frozen=True)
class List:
    """Values, the property that is told first, and others that have the very same values."""

    first: Group
    also: tuple[Group, ...]

    @property
    def seen(self) -> tuple[Value, ...]:
        """The values that are shown at once; folding two would save no room."""
        few = len(self.first.values) <= SEEN + 2
        return self.first.values if few else self.first.values[:SEEN]

    @property
    def folded(self) -> tuple[Value, ...]:
        """The rest of them."""
        return self.first.values[len(self.seen) :]


@dataclass(frozen=True)
class Lists:
    """The lists: what is stated of a thing, what is stated of others and names it, what follows."""

    asserted: tuple[List, ...]
    incoming: tuple[List, ...]
    inferred: tuple[List, ...]

    @property
    def triples(self) -> int:
        """How many triples they tell."""
        every = (*self.asserted, *self.incoming, *self.inferred)
        return sum(group.count for one in every for group in (one.first, *one.also))


def of(found: Profile) -> Lists:
    """Return the lists of all that the graph says of a thing.

    What is stated of it is told before what is stated of others, and that before what follows.
    """
    alike: dict[object, list[Group]] = {}
    for group in sorted(found.groups, key=lambda group: (group.inferred, group.incoming)):
        are_things = all(isinstance(value.term, Iri) for value in group.values)
        whole = are_things and not group.left_out
        key = frozenset(value.term for value in group.values) if whole else group
        alike.setdefault(key, []).append(group)
    lists = sorted((List(first, tuple(also)) for first, *also in alike.values()), key=_is_folded)
    return Lists(
        asserted=tuple(x for x in lists if not x.first.inferred and not x.first.incoming),
        incoming=tuple(x for x in lists if x.first.incoming),
        inferred=tuple(x for x in lists if x.first.inferred and not x.first.incoming),
    )


def _is_folded(one: List) -> bool:
    return bool(one.folded)
