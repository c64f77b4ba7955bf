"""Terms as results write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles.terms import Blank, Iri, Literal, Other, Term, parse
from mlroles.vocab import XSD

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("<http://example.org/é>", Iri("http://example.org/é")),
        ("<http://example.org/\\u00E9>", Iri("http://example.org/é")),
        ("_:b1", Blank("b1")),
        ('"a"', Literal("a")),
        ('""', Literal("")),
        ('"a\\tb\\n\\"c\\"\\\\"', Literal('a\tb\n"c"\\')),
        ('"\\u00e9\\U0001F600"', Literal("é😀")),
        ('"a"@en-GB', Literal("a", language="en-GB")),
        ('"a"@en--ltr', Literal("a", language="en--ltr")),
        (f'"x"^^<{XSD}date>', Literal("x", f"{XSD}date")),
        ("-7", Literal("-7", f"{XSD}integer")),
        ("1.50", Literal("1.50", f"{XSD}decimal")),
        ("1.0e-3", Literal("1.0e-3", f"{XSD}double")),
        ("true", Literal("true", f"{XSD}boolean")),
        ("<<( <a:b> <a:c> 3 )>>", Other("<<( <a:b> <a:c> 3 )>>")),
        ("<no scheme>", Other("<no scheme>")),
        ("<relative>", Other("<relative>")),
        ('"unclosed', Other('"unclosed')),
    ],
)
def test_a_term_is_read(text: str, term: Term) -> None:
    assert parse(text) == term


@given(TEXT, st.none() | st.sampled_from(["en", "de-AT"]))
def test_a_literal_written_is_the_literal_read(value: str, language: str | None) -> None:
    literal = Literal(value, language=language)
    assert parse(str(literal)) == literal
    assert "\n" not in str(literal)


@given(TEXT)
def test_an_iri_holds_nothing_that_ends_it(value: str) -> None:
    try:
        iri = Iri(f"urn:{value}")
    except ValueError:
        return
    assert str(iri).count(">") == 1
    assert not set(str(iri)) & set(' \n"{}|\\^`')


@given(st.text())
def test_anything_is_some_term(text: str) -> None:
    assert isinstance(parse(text), Iri | Blank | Literal | Other)
