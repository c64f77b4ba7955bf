"""Lexical forms."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from house import HEADER, House
from mlroles.knowledge.literals import permits

_XSD = "http://www.w3.org/2001/XMLSchema#"

_GOOD = [
    *("'1'^^xsd:boolean", "'+01'^^xsd:integer", "'-0'^^xsd:nonNegativeInteger", "'INF'^^xsd:float"),
    *("'.5'^^xsd:decimal", "'1E3'^^xsd:double", "'2024-02-29'^^xsd:date", "'0a'^^xsd:hexBinary"),
    *("'2026-11-23T00:00:00Z'^^xsd:dateTime", "'de-CH'^^xsd:language", "'YQ=='^^xsd:base64Binary"),
    *("'<a'^^rdf:XMLLiteral", "'<b>'^^rdf:HTML", "'P1'^^xsd:duration", "'x'^^xsd:gYear"),
    *("'12026-01-01T00:00:00Z'^^xsd:dateTime", "'-0044-03-15'^^xsd:date", "' '^^xsd:anyURI"),
    *("'a b'^^xsd:token", "'é:x'^^xsd:Name", "'255'^^xsd:unsignedByte", "'x'^^ex:own"),
]
_BAD = [
    *(
        "'yes'^^xsd:boolean",
        "'1.0'^^xsd:integer",
        "'-1'^^xsd:nonNegativeInteger",
        "'256'^^xsd:unsignedByte",
    ),
    *("'1e3'^^xsd:decimal", "''^^xsd:integer", "'2026-02-30'^^xsd:date", "'2025-02-29'^^xsd:date"),
    *(
        "'2026-11-23'^^xsd:dateTime",
        "'2026-11-23T00:00:00'^^xsd:dateTimeStamp",
        "'0'^^xsd:hexBinary",
    ),
    *("'a  b'^^xsd:token", "'1a'^^xsd:NCName", "'12\\n'^^xsd:integer", "'٣'^^xsd:integer"),
    *("'2026-04-31T00:00:00Z'^^xsd:dateTime", "'abc'^^xsd:decimal", "'nan'^^xsd:double"),
]


@pytest.mark.parametrize("literal", _GOOD)
def test_what_a_datatype_allows_passes(tmp_path: Path, literal: str) -> None:
    house = House(tmp_path).furnish()
    extra = house.write("extra.ttl", f"ex:x ex:p {literal} .")
    assert house.problems(extra) == ()


@pytest.mark.parametrize("literal", _BAD)
def test_what_a_datatype_does_not_allow_is_told_with_its_place(
    tmp_path: Path, literal: str
) -> None:
    house = House(tmp_path).furnish()
    extra = house.write("extra.ttl", f"ex:x ex:p {literal} .")
    (problem,) = house.problems(extra)
    assert (problem.file, problem.line, problem.column) == (extra, HEADER + 1, 11)
    assert "dt-not-type" in problem.detail
    assert literal.rpartition("^^")[2] in problem.detail


@pytest.mark.parametrize(
    ("datatype", "text", "given", "permitted"),
    [
        ("integer", "1.0", "decimal", True),
        ("integer", "1.5", "decimal", False),
        ("byte", "500", "integer", False),
        ("decimal", "7", "byte", True),
        ("integer", "7", "string", False),
        ("double", "7", "integer", False),
        ("string", "x", "token", True),
        ("dateTime", "2026-11-23T00:00:00Z", "dateTimeStamp", True),
        ("duration", "7", "integer", True),
    ],
)
def test_a_value_belongs_to_a_datatype_by_value_and_not_by_name(
    datatype: str, text: str, given: str, permitted: bool
) -> None:
    literal = ox.Literal(text, datatype=ox.NamedNode(_XSD + given))
    assert permits(_XSD + datatype, literal) is permitted


def test_a_text_in_a_language_is_no_plain_string() -> None:
    assert not permits(f"{_XSD}string", ox.Literal("x", language="en"))
