"""A saved query's file: header, parameters, defaults."""

from pathlib import Path

import pytest

from mlroles import paths
from mlroles.errors import NotFoundError, SavedQueryError
from mlroles.saved import Catalogue
from mlroles.saved.query import read
from mlroles.terms import Iri, Literal
from mlroles.vocab import MLR, XSD
from saving import HEADER, Write

PARAMETER = f"{HEADER}parameters:\n  x:\n    label: X\n    help: What x is.\n    "
BODY = "PREFIX e: <http://e/>\nSELECT * WHERE { VALUES ?x { e:a } ?x ?p ?o }\n"


def test_a_file_is_read(write: Write) -> None:
    query = write(f"{PARAMETER}class: mlr:Role\n    multiple: true\n", BODY, "who-is-it")
    assert query.name == "who-is-it"
    assert query.number == 7
    assert query.description == "Two lines of text."
    assert query.audience == ("teachers",)
    assert not query.needs_reasoning
    assert query.body == BODY
    (parameter,) = query.parameters
    assert parameter.class_iri == f"{MLR}Role"
    assert parameter.multiple
    assert parameter.default == (Iri("http://e/a"),)


@pytest.mark.parametrize(
    ("values", "default"),
    [
        ("<http://e/a> e:b", (Iri("http://e/a"), Iri("http://e/b"))),
        ("e: e:a\\-b", (Iri("http://e/"), Iri("http://e/a-b"))),
        ("7", (Literal("7", f"{XSD}integer"),)),
        ('"7"^^<http://e/t> "x"@en', (Literal("7", "http://e/t"), Literal("x", language="en"))),
        ('"7"^^e:t', (Literal("7", "http://e/t"),)),
        ("'a\"b'", (Literal('a"b'),)),
        ('"""a\n"b" c"""', (Literal('a\n"b" c'),)),
        ('"a { b } # c"', (Literal("a { b } # c"),)),
        ("true # } e:none\n false", tuple(Literal(b, f"{XSD}boolean") for b in ("true", "false"))),
    ],
)
def test_the_default_is_what_the_query_holds(
    write: Write, values: str, default: tuple[object, ...]
) -> None:
    body = f"prefix e: <http://e/>\nASK {{ values ?x {{ {values} }} }}\n"
    query = write(f"{PARAMETER}type: string\n    multiple: true\n", body)
    assert query.parameters[0].default == default


def test_a_question_names_parameters_in_braces(write: Write) -> None:
    head = HEADER.replace("description", "question: What is {x}?\ndescription", 1)
    parameter = PARAMETER.removeprefix(HEADER)
    query = write(f"{head}{parameter}class: mlr:Role\n", BODY)
    assert query.question == "What is {x}?"
    assert write(f"{PARAMETER}class: mlr:Role\n", BODY).question == "What is it?"
    with pytest.raises(SavedQueryError, match="names “y”, which is no parameter"):
        write(f"{head.replace('{x}', '{y}')}{parameter}class: mlr:Role\n", BODY)


def test_a_block_of_two_variables_is_no_default(write: Write) -> None:
    body = "ASK { VALUES (?x ?y) { (1 2) } }\n"
    with pytest.raises(SavedQueryError, match="has no default"):
        write(f"{PARAMETER}type: integer\n", body)


@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        ("", 1, "no header"),
        ("just words", 1, "no header"),
        ("summary: [", 1, "not YAML"),
        ("summary: a\n\tb: c", 2, "not YAML"),
        (HEADER.replace("number: 7", "number: seven"), 6, "must be an integer"),
        (HEADER.replace("number: 7", "number: true"), 6, "must be an integer"),
        (HEADER.replace("[teachers]", "teachers"), 5, "list"),
        (HEADER.replace("teachers", "nobody"), 5, "nobody"),
        (HEADER.replace("What is it?", "''"), 1, "must be a text"),
        (f"{HEADER}colour: red\n", 7, "colour"),
        (f"{HEADER}parameters: [x]\n", 7, "map"),
        (f"{HEADER}parameters:\n  x: 1\n", 8, "fields"),
        (f"{PARAMETER}class: mlr:Role\n    type: string\n", 8, "either"),
        (f"{PARAMETER}multiple: true\n", 8, "either"),
        (f"{PARAMETER}class: no iri\n", 11, "no IRI"),
        (f"{PARAMETER}type: colour\n", 11, "unknown type"),
        (f"{PARAMETER}type: string\n    color: red\n", 12, "color"),
        (f"{PARAMETER}type: integer\n    minimum: low\n", 12, "an integer"),
        (f"{PARAMETER}class: mlr:Role\n    minimum: 1\n", 12, "only a literal"),
        (f"{PARAMETER}type: integer\n    values: 1\n", 12, "list"),
        (f"{PARAMETER}type: integer\n    multiple: often\n", 12, "true or false"),
        (f"{PARAMETER}type: string\n".replace("X\n", "\n"), 9, "label"),
        (f"{PARAMETER}type: string\n".replace("  x:", "  y:"), 8, "has no default"),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    write: Write, tmp_path: Path, header: str, line: int, words: str
) -> None:
    with pytest.raises(SavedQueryError, match=words) as caught:
        write(header, BODY)
    assert caught.value.file == tmp_path / "it.rq"
    assert caught.value.line == line


def test_a_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "it.rq"
    path.write_bytes("#+ summary: für\n".encode("latin-1"))
    with pytest.raises(SavedQueryError, match="UTF-8"):
        read(path)


def test_a_header_makes_nothing_but_data(write: Write) -> None:
    with pytest.raises(SavedQueryError, match="not YAML"):
        write("summary: !!python/object/apply:os.getcwd []")


# ------------------------------------------------------------------------------ the catalogue


def test_our_queries_are_sound_and_in_order() -> None:
    catalogue = Catalogue.read(paths.QUERIES)
    numbers = [query.number for query in catalogue]
    assert numbers == sorted(numbers)
    assert len(catalogue) >= 36
    listed = [query for queries in catalogue.by_audience().values() for query in queries]
    assert sorted(query.number for query in listed) == numbers


def test_an_unknown_name_has_near_ones() -> None:
    with pytest.raises(NotFoundError) as caught:
        Catalogue.read(paths.QUERIES).get("closest-role")
    assert caught.value.extra["near"]
    assert "closest-roles" in str(caught.value)
    with pytest.raises(NotFoundError):
        Catalogue.read(paths.QUERIES).get("x" * 100_000)


def test_two_queries_of_one_number_are_a_fault(write: Write, tmp_path: Path) -> None:
    write(name="a")
    write(name="b")
    with pytest.raises(SavedQueryError, match=r"also that of a\.rq"):
        Catalogue.read(tmp_path)


def test_a_directory_without_queries_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(SavedQueryError, match="no saved query"):
        Catalogue.read(tmp_path)
