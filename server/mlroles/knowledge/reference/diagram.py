"""The class diagram: a box for a class with its properties, and a curve from each to its range.

Classes that only point to others stand on the left, those that are only pointed to on the right,
the rest between. Sizes are in units of the picture.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.reference.index import TYPE, Index
from mlroles.knowledge.reference.names import Name, anchor, name

_OWL, _RDFS = vocab.OWL, vocab.RDFS

WIDTH = 248
TITLE = 30
ROW = 20
PAD = 8
BETWEEN_COLUMNS = 140
BETWEEN_BOXES = 20
_LEFT, _MIDDLE, _RIGHT = range(3)
#: How often boxes are put in the order of what they point to: more changes nothing.
_SWEEPS = 8


@dataclass(frozen=True)
class Row:
    """A property of a box; ``implied`` if a chain implies it."""

    name: Name
    range: Name | None
    implied: bool


@dataclass
class Box:
    """A class; ``kinds`` are its subclasses without properties of their own."""

    name: Name
    parents: Sequence[Name]
    rows: Sequence[Row]
    kinds: Sequence[Name]
    column: int = _RIGHT
    x: float = 0
    y: float = 0

    @property
    def height(self) -> float:
        """What title, parents, rows and kinds take."""
        lines = len(self.rows) + len(self.kinds) + bool(self.parents)
        return TITLE + lines * ROW + PAD * bool(lines)

    def row_at(self, place: int) -> float:
        """Return the middle of the row at ``place``, from above."""
        return self.y + TITLE + (bool(self.parents) + place + 0.5) * ROW


@dataclass(frozen=True)
class Curve:
    """A path of SVG from a row to the box of its range."""

    path: str
    implied: bool


@dataclass
class Diagram:
    """The boxes, and the curves by the IRI of the class that they start from."""

    boxes: Sequence[Box]
    width: float = 0
    height: float = 0
    curves: Mapping[str, Sequence[Curve]] = field(default_factory=dict)


def draw(index: Index) -> Diagram:
    """Return the diagram of the classes and properties of ours."""
    boxes = {box.name.iri: box for box in _boxes(index)}
    _choose_columns(boxes)
    columns = [[b for b in boxes.values() if b.column == n] for n in (_LEFT, _MIDDLE, _RIGHT)]
    height = max((_least(column) for column in columns), default=0)
    _place(columns, height)
    for _ in range(_SWEEPS):
        _sort(columns, boxes)
        _place(columns, height)
    width = 3 * WIDTH + 2 * BETWEEN_COLUMNS
    curves = {iri: list(_curves(box, boxes)) for iri, box in boxes.items()}
    return Diagram(list(boxes.values()), width, height, curves)


def _boxes(index: Index) -> Iterator[Box]:
    rows = _rows(index)
    used = rows.keys() | {row.range.iri for found in rows.values() for row in found if row.range}
    classes = [c for c in index.named_subjects(TYPE, _owl("Class")) if anchor(c.value)]
    parents = {class_: _parents(index, class_) for class_ in classes}
    folded = {c for c in classes if parents[c] and c.value not in used}
    for class_ in classes:
        if class_ not in folded:
            yield Box(
                name(index, class_),
                [name(index, parent) for parent in parents[class_]],
                rows.get(class_.value, ()),
                [
                    name(index, kind)
                    for kind in classes
                    if kind in folded and class_ in parents[kind]
                ],
            )


def _parents(index: Index, class_: ox.NamedNode) -> list[ox.NamedNode]:
    """Return the classes of ours that ``class_`` is a subclass of, or is defined as a part of."""
    found = list(index.named(class_, f"{_RDFS}subClassOf"))
    for defined in index.values(class_, f"{_OWL}equivalentClass"):
        if isinstance(defined, ox.BlankNode):
            members = index.members(index.value(defined, f"{_OWL}intersectionOf"))
            found += [member for member in members if isinstance(member, ox.NamedNode)]
    return [parent for parent in found if anchor(parent.value)]


def _rows(index: Index) -> dict[str, list[Row]]:
    """Return the properties by domain, one of each pair of inverses: the one not said to be so."""
    found: dict[str, list[Row]] = {}
    for kind in ("ObjectProperty", "DatatypeProperty"):
        for property_ in index.named_subjects(TYPE, _owl(kind)):
            if anchor(property_.value) and not index.values(property_, f"{_OWL}inverseOf"):
                implied = bool(index.values(property_, f"{_OWL}propertyChainAxiom"))
                ranges = index.named(property_, f"{_RDFS}range")
                row = Row(
                    name(index, property_), name(index, ranges[0]) if ranges else None, implied
                )
                for domain in index.named(property_, f"{_RDFS}domain"):
                    found.setdefault(domain.value, []).append(row)
    return {domain: sorted(rows, key=lambda row: row.implied) for domain, rows in found.items()}


def _targets(box: Box, boxes: Mapping[str, Box]) -> list[Box]:
    """Return the boxes that ``box`` points to, not itself."""
    iris = [row.range.iri for row in box.rows if row.range]
    return [boxes[iri] for iri in iris if iri in boxes and iri != box.name.iri]


def _choose_columns(boxes: Mapping[str, Box]) -> None:
    pointed_to = {target.name.iri for box in boxes.values() for target in _targets(box, boxes)}
    for iri, box in boxes.items():
        if _targets(box, boxes):
            box.column = _MIDDLE if iri in pointed_to else _LEFT


def _least(column: Sequence[Box]) -> float:
    return sum(box.height for box in column) + BETWEEN_BOXES * max(len(column) - 1, 0)


def _sort(columns: Sequence[list[Box]], boxes: Mapping[str, Box]) -> None:
    """Put the boxes of each column in the order of those that they are joined to."""
    joined: dict[str, list[Box]] = {iri: [] for iri in boxes}
    for iri, box in boxes.items():
        for target in _targets(box, boxes):
            joined[iri].append(target)
            joined[target.name.iri].append(box)
    for column in columns:
        column.sort(
            key=lambda box: fmean(b.y + b.height / 2 for b in joined[box.name.iri] or [box])
        )


def _place(columns: Sequence[Sequence[Box]], height: float) -> None:
    """Give each box its place: each column from top to bottom, with equal distances."""
    for number, column in enumerate(columns):
        spare = (height - _least(column)) / (len(column) or 1)
        y = spare / 2
        for box in column:
            box.x = number * (WIDTH + BETWEEN_COLUMNS)
            box.y = round(y, 1)
            y += box.height + BETWEEN_BOXES + spare


def _curves(box: Box, boxes: Mapping[str, Box]) -> Iterator[Curve]:
    for place, row in enumerate(box.rows):
        target = boxes.get(row.range.iri) if row.range else None
        if target is not None and target is not box:
            yield Curve(_path(box, box.row_at(place), target), row.implied)


def _path(box: Box, y: float, target: Box) -> str:
    """Return a curve to the left edge of the target, out to the right if that is where it is."""
    end_x, end_y = target.x, target.y + TITLE / 2
    if target.column > box.column:
        start_x, bend = box.x + WIDTH, (end_x - box.x - WIDTH) / 2
        return f"M{start_x} {y}C{start_x + bend} {y} {end_x - bend} {end_y} {end_x} {end_y}"
    bend = BETWEEN_COLUMNS / 2
    return f"M{box.x} {y}C{box.x - bend} {y} {end_x - bend} {end_y} {end_x} {end_y}"


def _owl(name_: str) -> ox.NamedNode:
    return ox.NamedNode(f"{_OWL}{name_}")
