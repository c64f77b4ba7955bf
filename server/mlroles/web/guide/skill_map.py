"""The skill map: how far each role needs two skills, as far as the text says, as a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mlroles.engine.interface import Engine
from mlroles.terms import Iri
from mlroles.vocab import PREFIXES
from mlroles.web.guide.asking import Row, ask
from mlroles.web.table import Cell

#: What goes to the right, and what goes up.
ACROSS, UP = "skill:machine-learning", "skill:software-engineering"

#: Levels from little to much. The text has words, no scale: this order is ours.
_ORDER = ("minimal", "high-level", "deep")

ROLES = 40  # that a picture can take
LINE, PAD, MARGIN, TOP, FOOT, GAP = 24, 12, 170, 24, 24, 14
_LETTER = 7  # how wide one is, about
_NARROW = 120  # a column at least

UNSAID = "required, no level stated"
ABSENT = "not asked for"


@dataclass(frozen=True)
class Need:
    """One thing that is stated of a need: the level, if any, and where.

    What is ``stated`` to be needed is the skill itself or a specialisation of it.
    """

    skill: Cell
    stated: Cell
    level: Cell
    section: Cell
    origin: Cell


@dataclass(frozen=True)
class Entry:
    """A role at a place of the map, with all that is stated of it."""

    role: Cell
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Band:
    """A column or a row: where it begins, how far it goes; ``said`` if it is a stated level."""

    name: str
    start: int
    extent: int
    said: bool


@dataclass(frozen=True)
class Mark:
    """A role in the picture; ``what`` it needs, in words."""

    role: Cell
    x: int
    y: int
    what: str


@dataclass(frozen=True)
class Place:
    """The roles that need as much of both skills."""

    across: str
    up: str
    roles: tuple[Cell, ...]


@dataclass(frozen=True)
class SkillMap:
    """The picture in pixels, and the same as a list, and by place, for those who have no room."""

    width: int
    height: int
    columns: tuple[Band, ...]
    rows: tuple[Band, ...]
    marks: tuple[Mark, ...]
    entries: tuple[Entry, ...]
    places: tuple[Place, ...]


def gather(engine: Engine, roles: Iterable[Cell]) -> SkillMap:
    """Return the map of these roles. Raises what the engine raises."""
    stated = ask(engine, "needs", {"skill": [_iri(ACROSS), _iri(UP)]})
    levels = [row["level"].label for row in ask(engine, "levels")]
    return draw([_entry(role, stated) for role in roles], sorted(levels, key=_place))


def draw(entries: Sequence[Entry], levels: Sequence[str]) -> SkillMap:
    """Return the map of these entries; roles that share a place stand one below the other."""
    places: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for across in _said(entry, ACROSS):
            for up in _said(entry, UP):
                places.setdefault((across, up), []).append(entry)
    columns = _columns((ABSENT, UNSAID, *levels), places)
    rows = _rows((*reversed(levels), UNSAID, ABSENT), places)
    return SkillMap(
        width=columns[-1].start + columns[-1].extent,
        height=rows[-1].start + rows[-1].extent + FOOT,
        columns=columns,
        rows=rows,
        marks=tuple(_marks(places, columns, rows)),
        entries=tuple(entries),
        places=tuple(
            Place(column.name, row.name, tuple(entry.role for entry in found))
            for column in reversed(columns)
            for row in rows
            if (found := places.get((column.name, row.name)))
        ),
    )


def _entry(role: Cell, stated: Sequence[Row]) -> Entry:
    needs = tuple(
        Need(row["skill"], row["stated"], row["level"], row["section"], row["origin"])
        for row in stated
        if row["role"] == role
    )
    return Entry(role, needs)


def _iri(name: str) -> Iri:
    prefix, _, local = name.partition(":")
    return Iri(PREFIXES[prefix] + local)


def _said(entry: Entry, skill: str) -> list[str]:
    """Return the levels that are stated of a skill; else whether it is required at all.

    The level of a specialisation is none of the skill.
    """
    needs = [need for need in entry.needs if need.skill.text == skill]
    itself = [need.level.label for need in needs if need.stated == need.skill]
    levels = dict.fromkeys(level for level in itself if level)
    return list(levels) or [UNSAID if needs else ABSENT]


def _name(thing: Cell) -> str:
    return thing.label or thing.text


def _place(level: str) -> tuple[int, str]:
    return (_ORDER.index(level) if level in _ORDER else len(_ORDER)), level


def _columns(names: Sequence[str], places: dict[tuple[str, str], list[Entry]]) -> tuple[Band, ...]:
    bands: list[Band] = []
    start = MARGIN
    for name in names:
        said = name not in (UNSAID, ABSENT)
        start += GAP if said and not (bands and bands[-1].said) else 0
        inside = [_name(e.role) for (across, _), f in places.items() if across == name for e in f]
        extent = max(_NARROW, max(map(len, (name, *inside))) * _LETTER + 2 * PAD + LINE // 2)
        bands.append(Band(name, start, extent, said))
        start += extent
    return tuple(bands)


def _rows(names: Sequence[str], places: dict[tuple[str, str], list[Entry]]) -> tuple[Band, ...]:
    bands: list[Band] = []
    start = TOP
    for name in names:
        said = name not in (UNSAID, ABSENT)
        start += GAP if not said and bands and bands[-1].said else 0
        most = max((len(found) for (_, up), found in places.items() if up == name), default=0)
        extent = max(most, 1) * LINE + 2 * PAD if most else LINE + PAD
        bands.append(Band(name, start, extent, said))
        start += extent
    return tuple(bands)


def _marks(
    places: dict[tuple[str, str], list[Entry]], columns: Sequence[Band], rows: Sequence[Band]
) -> Iterable[Mark]:
    for row in rows:
        for column in columns:
            for n, entry in enumerate(places.get((column.name, row.name), ())):
                y = row.start + PAD + n * LINE + LINE // 2
                what = f"machine learning: {column.name}; software engineering: {row.name}"
                yield Mark(entry.role, column.start + PAD, y, what)
