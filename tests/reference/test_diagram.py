"""The class diagram shows each class and property once, and nothing lies on anything else."""

import re

import pyoxigraph as ox
import pytest

from mlroles import vocab
from mlroles.knowledge.reference import Reference
from mlroles.knowledge.reference.diagram import TITLE, WIDTH, Box, Diagram, draw
from mlroles.knowledge.reference.index import Index

TYPE = f"{vocab.RDF}type"

Said = set[tuple[str, str, str]]


@pytest.fixture
def diagram(reference: Reference) -> Diagram:
    return reference.diagram


def declared(said: Said, *kinds: str) -> set[str]:
    """Return the terms of ours that are of one of the kinds."""
    types = {f"{vocab.OWL}{kind}" for kind in kinds}
    return {s for s, _, o in said if o in types and s.startswith(vocab.MLR)}


def test_each_class_is_there_once(said: Said, diagram: Diagram) -> None:
    shown = [box.name.iri for box in diagram.boxes]
    shown += [kind.iri for box in diagram.boxes for kind in box.kinds]
    assert sorted(shown) == sorted(declared(said, "Class"))


def test_of_each_property_one_direction_is_there(said: Said, diagram: Diagram) -> None:
    inverse = {s for s, p, _ in said if p == f"{vocab.OWL}inverseOf"}
    shown = [row.name.iri for box in diagram.boxes for row in box.rows]
    assert len(shown) > 50
    assert sorted(shown) == sorted(declared(said, "ObjectProperty", "DatatypeProperty") - inverse)


def test_no_box_lies_on_another_or_outside(diagram: Diagram) -> None:
    for one in diagram.boxes:
        assert one.x >= 0
        assert one.y >= 0
        assert one.x + WIDTH <= diagram.width
        assert one.y + one.height <= diagram.height + 0.5
        for other in diagram.boxes:
            assert one is other or not _touch(one, other), (one.name.text, other.name.text)


def _touch(one: Box, other: Box) -> bool:
    return one.column == other.column and (
        one.y < other.y + other.height and other.y < one.y + one.height
    )


def test_each_curve_leads_from_a_row_to_the_box_of_its_range(diagram: Diagram) -> None:
    boxes = {box.name.iri: box for box in diagram.boxes}
    count = 0
    for box in diagram.boxes:
        curves = iter(diagram.curves[box.name.iri])
        for place, row in enumerate(box.rows):
            target = boxes.get(row.range.iri) if row.range else None
            if target is None or target is box:
                continue
            curve = next(curves)
            count += 1
            x, y, *_, end_x, end_y = map(float, re.findall(r"-?[\d.]+", curve.path))
            assert x in (box.x, box.x + WIDTH)
            assert y == box.row_at(place)
            assert (end_x, end_y) == (target.x, target.y + TITLE / 2)
            assert curve.implied is row.implied
        assert next(curves, None) is None
    assert count > 40


def test_what_a_chain_implies_is_dashed(diagram: Diagram) -> None:
    implied = {row.name.text for box in diagram.boxes for row in box.rows if row.implied}
    assert "requires skill" in implied
    assert "requirement of" not in implied


def test_a_class_that_is_only_a_kind_stands_in_the_box_of_its_parent(diagram: Diagram) -> None:
    kinds = {box.name.text: [kind.text for kind in box.kinds] for box in diagram.boxes}
    assert "research role" in kinds["role"]
    assert "hiring advice" in kinds["observation"]


def test_an_ontology_without_classes_has_an_empty_diagram() -> None:
    triple = ox.Triple(ox.NamedNode("https://a.example/"), ox.NamedNode(TYPE), ox.Literal("b"))
    assert list(draw(Index([triple])).boxes) == []
