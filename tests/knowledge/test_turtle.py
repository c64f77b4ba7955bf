"""Turtle is parsed strictly; every problem has a place."""

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from house import House
from mlroles.errors import KnowledgeError
from mlroles.knowledge import turtle
from mlroles.knowledge.sources import Source


def _source(content: bytes) -> Source:
    return Source(Path("some.ttl"), content, hashlib.sha256(content).hexdigest())


def _refusal(content: bytes) -> KnowledgeError:
    with pytest.raises(KnowledgeError) as caught:
        turtle.parse(_source(content))
    return caught.value


@pytest.mark.parametrize(
    ("content", "line", "column", "reason", "hint"),
    [
        (b"ex:a ex:b ex:c .", 1, 1, "prefix ex:", "@prefix ex:"),
        (b"\n\nrole:x <http://b> 1 .", 3, 1, "prefix role:", "<https://w3id.org/mlroles/role/>"),
        (b"<http://a> <http://b> <c> .", 1, 23, "No scheme", "whole"),
        (b"<http://a> <http://b> 1", 1, 24, "Unexpected end", "full stop"),
        (b"<http://a> <http://b>\n.", 2, 1, "not a valid RDF object", "missing before"),
        (b'<http://a> <http://b> "x\n" .', 1, 25, "Line jumps", '"""'),
        (b'<http://a> <http://b> "\xff" .', 1, 24, "UTF-8", "Save the file as UTF-8"),
        (b"\xef\xbb\xbf<http://a> <http://b> 1 .", 1, 1, "byte order mark", "without"),
        ("<http://a> <http://b> 1 .".encode("utf-16"), 1, 1, "UTF-16", "UTF-8"),
        (b"\x00", 1, 1, "not Turtle", None),
    ],
)
def test_a_syntax_error_has_line_column_reason_and_hint(
    content: bytes, line: int, column: int, reason: str, hint: str | None
) -> None:
    refusal = _refusal(content)
    assert (refusal.file, refusal.line, refusal.column) == (Path("some.ttl"), line, column)
    assert reason in refusal.detail
    assert refusal.hint == hint if hint is None else hint in (refusal.hint or "")


@pytest.mark.parametrize(
    "term", ["<<( <http://a> <http://b> 1 )>>", "<< <http://a> <http://b> 1 >>", '"a"@en--ltr']
)
def test_what_only_rdf_1_2_has_is_refused(term: str) -> None:
    refusal = _refusal(f"<http://a> <http://b> {term} .".encode())
    assert "RDF 1.1" in refusal.detail


def test_every_file_with_a_syntax_error_is_told(tmp_path: Path) -> None:
    house = House(tmp_path).furnish()
    one, two = house.write("one.ttl", "role:a ."), house.write("two.ttl", "role:b mlr:c")
    assert [problem.file for problem in house.problems(one, two)] == [one, two]
    assert "1 more problem" in (house.refusal(one, two).hint or "")


@pytest.mark.slow
def test_five_thousand_brackets_do_not_overflow_the_stack() -> None:
    deep = b"<http://a> <http://b> " + b"(" * 5_000 + b")" * 5_000 + b" ."
    assert len(turtle.parse(_source(deep)).triples) == 9_999


_WORDS = rb"""@prefix|:a|<http://a>|.|;|[|]|(|)|"x"|"||@en|^^|_:b|1|a|#|,|\u00e9|\uD800|'"""
_SCRAPS = st.sampled_from([*_WORDS.split(b"|"), b"\xff", b"\n", b"@prefix : <http://e/> ."])


@given(st.one_of(st.binary(max_size=60), st.lists(_SCRAPS, max_size=25).map(b" ".join)))
@example(b'<http://a> <http://b> "\\uD800" .')
def test_any_bytes_are_triples_or_a_knowledge_error(content: bytes) -> None:
    try:
        document = turtle.parse(_source(content))
    except KnowledgeError as refusal:
        error = refusal
    else:
        assert all(isinstance(triple, ox.Triple) for triple in document.triples)
        return
    assert error.file == Path("some.ttl")
    assert error.line is not None or "RDF 1.1" in error.detail


def test_blank_nodes_of_two_files_stay_two_even_if_alike() -> None:
    content = b"[] <http://b> 1 ."
    documents = [turtle.parse(_source(content)), turtle.parse(_source(content + b" "))]
    first, second = turtle.apart(documents)
    assert first.triples[0].subject != second.triples[0].subject
