"""Other data in the VALUES blocks of a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles.errors import SavedQueryError
from mlroles.sparql import replace_values, tokens


def words(text: str) -> str:
    return " ".join(token.text for token in tokens(text))


def test_the_data_of_each_named_block_is_replaced() -> None:
    text = "SELECT * { VALUES ?a { ex:a 1 } VALUES $b{} # VALUES ?a { 5 }\n VALUES ?c { 3 } }"
    found = replace_values(text, {"a": ["<x:y>", '"z"@en'], "b": ["2"]})
    assert (
        words(found) == 'SELECT * { VALUES ?a { <x:y> "z" @en } VALUES $b { 2 } VALUES ?c { 3 } }'
    )


def test_a_block_in_parentheses_is_replaced_row_by_row() -> None:
    text = "SELECT * { VALUES (?a) { (1) (UNDEF) } } VALUES (?a ?b) { (1 2) }"
    found = replace_values(text, {"a": ["7", "8"]})
    assert words(found) == "SELECT * { VALUES ( ?a ) { ( 7 ) ( 8 ) } } VALUES ( ?a ?b ) { ( 1 2 ) }"


def test_no_values_leave_an_empty_block_and_no_names_leave_the_text() -> None:
    text = "ASK { VALUES ?a { 1 } }"
    assert words(replace_values(text, {"a": []})) == "ASK { VALUES ?a { } }"
    assert replace_values(text, {}) == text


@pytest.mark.parametrize(
    "text",
    [
        "ASK {}",
        "ASK { VALUES ?b { 1 } }",
        "ASK { VALUES ?a",
        "ASK # VALUES ?a { 1 }",
        "VALUES ?a (",
    ],
)
def test_a_variable_without_a_block_is_told(text: str) -> None:
    with pytest.raises(SavedQueryError, match=r"no block VALUES \?a"):
        replace_values(text, {"a": ["1"]})


@given(st.text())
def test_a_string_value_cannot_leave_its_quotes(value: str) -> None:
    literal = '"' + "".join(f"\\U{ord(char):08X}" for char in value) + '"'
    found = replace_values("ASK { VALUES ?a { 1 } ?s ?p ?a }", {"a": [literal]})
    assert words(found) == f"ASK {{ VALUES ?a {{ {literal} }} ?s ?p ?a }}"
