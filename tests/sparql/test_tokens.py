"""Tokens: of sound queries as SPARQL 1.1 has them, and of any text without failing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles.sparql import Kind, Lines, tokens

#: Pieces that a tokeniser stumbles over, to be joined at random.
PIECES = st.sampled_from(
    [
        *"\"'<>{}()[]?$@^|&!=.;,:/\\#%_-+*~ \n\r\t",
        "'''",
        '"""',
        "a",
        "e",
        "1",
        "1.",
        "é",
        "\xa0",
        "<http://x/",
        "http://",
        "_:",
        "ex:",
        "\\u0041",
        "FILTER(",
        "SELECT",
        "EXISTS",
        "\x00",
        "𝄞",
    ]
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind.name, token.text) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?s $s", [("VARIABLE", "?s"), ("VARIABLE", "$s")]),
        ("ex:a.b. ex: :x", "NAME ex:a.b|MARK .|NAME ex:|NAME :x"),
        (r"ex:a%20b\,c", [("NAME", r"ex:a%20b\,c")]),
        ("_:b1.", "BLANK _:b1|MARK ."),
        ('"a\\"b"@en-GB', 'STRING "a\\"b"|LANGUAGE @en-GB'),
        ("'x'^^ex:t", "STRING 'x'|MARK ^^|NAME ex:t"),
        ('"""a\n"b""c"""', [("STRING", '"""a\n"b""c"""')]),
        ("''", [("STRING", "''")]),
        ("1 +2 -3.5 1e6 .5e-1 2.", ("INTEGER 1|INTEGER +2|DECIMAL -3.5|DOUBLE 1e6|DOUBLE .5e-1|"
         "INTEGER 2|MARK .")),
        ("<http://x/#a> # <b> '\n?x", "IRI <http://x/#a>|VARIABLE ?x"),
        ("true.FILTER", "WORD true|MARK .|WORD FILTER"),
        ("a/b|^c", "WORD a|MARK /|WORD b|MARK ||MARK ^|WORD c"),
        ("<<?s", "MARK <<|VARIABLE ?s"),
        ('"open\n?x', 'ERROR "open|VARIABLE ?x'),
        ("'''open\n?x", [("ERROR", "'''open\n?x")]),
        ("?a == ?b", "VARIABLE ?a|ERROR ==|VARIABLE ?b"),
        ("http://x.org/a#b ?o", "ERROR http://x.org/a#b|VARIABLE ?o"),
    ],
)  # fmt: skip
def test_a_text_has_these_tokens(text: str, expected: list[tuple[str, str]] | str) -> None:
    if isinstance(expected, str):
        parts = expected.replace("||", "\0|").split("|")
        expected = [
            (kind, rest.replace("\0", "|")) for kind, rest in (p.split(" ", 1) for p in parts)
        ]
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "FILTER(?a<?b&&?c>?d)",
        "FILTER ex:f(?a<?b&&?c>?d)",
        "FILTER(EXISTS{}<?b&&?c>?d)",
        "BIND(IF(?a<?b,?c>?d,1)AS ?x)",
        "SELECT ?x (?a<?b&&?c>?d AS ?y)",
        "{SELECT ?x (?a<?b||?c>?d AS ?y)",
        "HAVING(?a<?b&&?c>?d)",
    ],
)
def test_between_operands_of_an_expression_a_less_than_sign_compares(text: str) -> None:
    found = kinds(text)
    assert ("MARK", "<") in found
    assert ("VARIABLE", "?b") in found


@pytest.mark.parametrize(
    "text",
    [
        "{?s <?b&&?c> ?o}",
        "{?s ?p (?a <?b&&?c>)}",
        "{?s a (?a <?b&&?c>)}",
        "VALUES (?a ?b) {(1 <?b&&?c>)}",
        "VALUES (?a ?b) {(UNDEF 1)(1 <?b&&?c>)}",
        "{?s ex:p (?a <?b&&?c>)}",
        "FILTER(?a IN(?b, <?b&&?c>))",
        "FILTER(EXISTS{?s ?p <?b&&?c>})",
        "DESCRIBE ?x <?b&&?c>",
        "FILTER(COUNT(DISTINCT <?b&&?c>))",
    ],
)
def test_where_a_term_can_stand_it_begins_an_iri(text: str) -> None:
    assert ("IRI", "<?b&&?c>") in kinds(text)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_tokens_cover_any_text_but_for_white_space_and_comments(text: str) -> None:
    end = 0
    for token in tokens(text):
        skipped = text[end : token.start]
        assert not skipped.strip(" \t\r\n") or skipped.lstrip(" \t\r\n").startswith("#")
        assert token.text == text[token.start : token.end] != ""
        assert token.kind in Kind
        end = token.end


@given(st.lists(PIECES).map("".join))
def test_a_place_counts_lines_as_an_editor_does(text: str) -> None:
    for token in tokens(text):
        before = text[: token.start].replace("\r\n", "\n").replace("\r", "\n")
        line, column = Lines(text).place(token.start)
        assert line == before.count("\n") + 1
        assert column == len(before) - before.rfind("\n")
