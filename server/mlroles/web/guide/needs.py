"""What roles need and do: each skill or responsibility with all that is stated of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mlroles.web.guide.asking import Row
from mlroles.web.table import Cell

_NOTHING = Cell()


@dataclass(frozen=True)
class Saying:
    """One statement of the text: where, in which words it is qualified, and what else it says."""

    statement: Cell
    origin: Cell
    section: Cell
    level: Cell
    qualifier: str
    note: str


@dataclass(frozen=True)
class Matter:
    """A skill or a responsibility of a role; without sayings, it follows."""

    role: Cell
    thing: Cell
    sayings: tuple[Saying, ...]

    def by(self, origin: str) -> tuple[Saying, ...]:
        """Return what is said in prose or in a table."""
        return tuple(saying for saying in self.sayings if saying.origin.label == origin)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that are stated, each once."""
        stated = (saying.level.label for saying in self.sayings)
        return tuple(dict.fromkeys(level for level in stated if level))

    @property
    def differs(self) -> bool:
        """Whether prose and table do not say the same: one is silent, or the levels differ."""
        prose, table = ({s.level.label for s in self.by(name)} for name in ("prose", "table"))
        return bool(self.sayings) and prose != table


def of(rows: Sequence[Row]) -> tuple[Matter, ...]:
    """Return the matters in the rows of ``asks/``."""
    found: dict[tuple[Cell, Cell], list[Saying]] = {}
    for row in rows:
        sayings = found.setdefault((row["role"], row["thing"]), [])
        if row["statement"].text:
            sayings.append(_saying(row))
    matters = (Matter(role, thing, tuple(said)) for (role, thing), said in found.items())
    return tuple(sorted(matters, key=lambda matter: (not matter.sayings, name(matter.thing))))


def by_role(matters: Sequence[Matter]) -> Mapping[Cell, Mapping[Cell, Matter]]:
    """Return the matters by role and thing."""
    found: dict[Cell, dict[Cell, Matter]] = {}
    for matter in matters:
        found.setdefault(matter.role, {})[matter.thing] = matter
    return found


def name(thing: Cell) -> str:
    """Return what a thing is sorted by."""
    return (thing.label or thing.text).casefold()


def _saying(row: Row) -> Saying:
    return Saying(
        statement=row["statement"],
        origin=row["origin"],
        section=row["section"],
        level=row.get("level", _NOTHING),
        qualifier=row["qualifiedBy"].text,
        note=row["note"].text,
    )
