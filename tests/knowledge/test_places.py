"""Where statements and names stand."""

import hashlib
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles import paths
from mlroles.errors import KnowledgeError
from mlroles.knowledge import sources, turtle
from mlroles.knowledge.places import Places
from mlroles.knowledge.scan import scan
from mlroles.knowledge.sources import Source
from mlroles.knowledge.turtle import Document

_TEXT = '''@prefix e: <http://e/> . # a comment with "quotes" and <brackets>
PREFIX f: <http://f/>
@base <http://base/> .
e:a e:p e:b ,
        "two", 3 ;
    a e:C ; e:q 1.5, 1e3, true, .5, -7 .
<rel> e:p """long
text with "quotes" """ , 'x'@en-GB , "y"^^e:T .
[] e:p [ e:q ( e:x [ e:r e:y ] ) ;
         e:s () ] .
f:dot.ted e:p e:a\\-b , _:lab.el , "é\\u00e9\\n" .
_:lab.el e:p e:end.
'''


def _document(text: str) -> Document:
    content = text.encode()
    return turtle.parse(Source(Path("some.ttl"), content, hashlib.sha256(content).hexdigest()))


def _lines(text: str) -> dict[str, int | None]:
    document = _document(text)
    places = Places([document])
    found = {}
    for triple in document.triples:
        spot = places.statement(triple)
        assert spot is not None
        found[str(triple.object)] = spot.line
    return found


def test_each_statement_has_the_line_of_its_object() -> None:
    lines = _lines(_TEXT)
    assert lines["<http://e/b>"] == 4
    assert lines['"two"'] == 5
    assert lines['"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'] == 6
    assert lines['"long\\ntext with \\"quotes\\" "'] == 7
    assert lines['"x"@en-gb'] == 8
    assert lines["<http://e/y>"] == 9
    assert lines["<http://e/a-b>"] == 11
    assert lines['"éé\\n"'] == 11
    assert lines["<http://e/end>"] == 12
    assert None not in lines.values()


def test_a_name_has_the_place_where_it_comes_first() -> None:
    document = _document(_TEXT)
    spot = Places([document]).name(document, "http://e/r")
    assert (spot.line, spot.column) == (9, 22)


def test_a_statement_that_nobody_made_has_no_place() -> None:
    triple = ox.Triple(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p"), ox.Literal("no"))
    assert Places([_document(_TEXT)]).statement(triple) is None


def test_every_statement_of_our_own_files_is_found_where_it_stands() -> None:
    examples = sorted(paths.EXAMPLES.glob("*.ttl"))
    documents = [turtle.parse(source) for source in sources.find(examples)]
    places = Places(documents)
    spots = [places.statement(t) for document in documents for t in document.triples]
    assert len(spots) > 1000
    assert all(spot is not None and spot.line is not None for spot in spots)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system(newline: str) -> None:
    text = "<http://e/a> <http://e/p> 1 .\n\n<http://e/a> <http://e/p> 2 .\n"
    assert list(_lines(text.replace("\n", newline)).values()) == [1, 3]


_TERMS = st.sampled_from(
    [":a", ":b.c", "<http://x/y>", "_:n", "_:m.k", "[]", "[ :p :q ]", "( 1 :a )", "()"]
)
_LITERALS = st.sampled_from(
    ['"x"', "'y'@en", '"""a\nb"c"""', '"z"^^:T', "1", "-2.5", "3.", "4e5", "true", "'''q'''"]
)


@given(
    st.lists(
        st.tuples(_TERMS, st.lists(st.one_of(_TERMS, _LITERALS), min_size=1, max_size=4)),
        max_size=8,
    )
)
def test_the_scanner_reads_the_triples_that_the_parser_reads(
    statements: list[tuple[str, list[str]]],
) -> None:
    text = "@prefix : <http://e/> .\n" + "\n".join(
        f"{subject} :p {' ,'.join(values)} ." for subject, values in statements
    )
    try:
        document = _document(text)
    except KnowledgeError:
        return  # "3." may end a statement too early
    places = Places([document])
    for triple in document.triples:
        spot = places.statement(triple)
        assert spot is not None
        assert spot.line is not None
    assert len({s[:3] for s in scan(text).statements}) >= len(set(document.triples))
