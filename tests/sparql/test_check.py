"""The check before any parser: forms, datasets, refusals and bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles.errors import MlrolesError, QuerySyntaxError, RefusedError, TooLargeError
from mlroles.sparql import CheckedQuery, Form, Limits, check

LIMITS = Limits(max_query=65_536, max_depth=100, max_chain=1000)


def checked(text: str) -> CheckedQuery:
    return check(text, LIMITS)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", Form.SELECT),
        ("# ASK\nselect * {}", Form.SELECT),
        ("BASE <http://x/> PREFIX ask: <a> PREFIX : <b> aSk {}", Form.ASK),
        ("CONSTRUCT WHERE {}", Form.CONSTRUCT),
        ("DESCRIBE <http://x/>", Form.DESCRIBE),
    ],
)
def test_the_form_is_the_first_word_after_the_prologue(text: str, form: Form) -> None:
    assert checked(text).form is form
    assert checked(text).text == text


def test_from_and_from_named_are_told_as_iris() -> None:
    query = checked(
        "BASE <http://x/y/> PREFIX ex: <http://e/> SELECT * FROM <http://g/1> FROM NAMED ex:g2 "
        "FROM <g3> FROM NAMED <../g4> FROM ex:a\\,b WHERE { GRAPH ?g { ?s ?p ?o } }"
    )
    assert query.default_graphs == ("http://g/1", "http://x/y/g3", "http://e/a,b")
    assert query.named_graphs == ("http://e/g2", "http://x/g4")


@pytest.mark.parametrize(
    "text",
    [
        "CONSTRUCT { ?s ?p ?o } FROM <http://g/> WHERE { ?s ?p ?o }",
        "CONSTRUCT FROM <http://g/> WHERE { ?s ?p ?o }",
        "DESCRIBE ?s FROM <http://g/> WHERE { ?s ?p ?o }",
        "ASK FROM <http://g/> { ?s ?p ?o }",
    ],
)
def test_every_form_may_state_a_dataset(text: str) -> None:
    assert checked(text).default_graphs == ("http://g/",)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX a: <b:> LOAD <http://example.org/>",
        "CLEAR ALL",
        "DROP ALL",
        "CREATE GRAPH <a:g>",
        "ADD <a:a> TO <a:b>",
        "MOVE <a:a> TO <a:b>",
        "COPY <a:a> TO <a:b>",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_by_name(text: str) -> None:
    with pytest.raises(RefusedError, match="read-only") as caught:
        checked(text)
    assert caught.value.offending == text.replace("PREFIX a: <b:> ", "").split()[0]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * {\n  service SILENT ?x { ?s ?p ?o } }",
        "SELECT*{OPTIONAL{SERVICE<http://x/>{}}}",
        "SELECT * { FILTER EXISTS { SERVICE ex:x {} } }",
        # a comparison that looks like an IRI must not hide what comes after it
        "SELECT * { ?a ?p ?b FILTER(?a<?b&&'>'!='')SERVICE<http://x/>{}#'\n }",
        "SELECT (?a<?b&&'>'!='' AS ?c) { SERVICE<http://x/>{}#'\n }",
    ],
)
def test_service_is_refused_wherever_it_stands(text: str) -> None:
    with pytest.raises(RefusedError, match="SERVICE") as caught:
        checked(text)
    assert (caught.value.offending or "").upper() == "SERVICE"
    assert caught.value.line == text[: text.upper().index("SERVICE")].count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p 'SERVICE' } # SERVICE",
        "SELECT * { ?s ?p '''it's\nSERVICE <http://x/> {}''' }",
        "PREFIX service: <a:> SELECT ?service { ?service service:SERVICE <http://x/SERVICE> }",
        "SELECT * { ?load ?p <http://insert/> }",
    ],
)
def test_the_words_may_stand_in_names_strings_and_comments(text: str) -> None:
    assert checked(text).form is Form.SELECT


@pytest.mark.parametrize("bracket", ["{", "(", "[", "<<", "{|"])
def test_a_query_may_be_nested_to_the_limit_and_no_deeper(bracket: str) -> None:
    head, limits = "SELECT * {", Limits(max_query=10_000, max_depth=5, max_chain=9)
    assert check(head + bracket * 4, limits)
    with pytest.raises(TooLargeError, match="5 levels") as caught:
        check(head + bracket * 5, limits)
    assert caught.value.extra["limit"] == 5
    assert (caught.value.line, caught.value.column) == (1, 11 + 4 * len(bracket))


@pytest.mark.parametrize(
    "link",
    [
        "||1",
        "&&1",
        "+1",
        "-1",
        "*1",
        "/1",
        "=1",
        " UNION{}",
        " OPTIONAL{}",
        " MINUS{}",
        "!",
        ";",
        " |a",
        " FILTER(1)",
        " BIND(1 AS ?x)",
        " GRAPH ?g{}",
    ],
)
def test_operators_may_be_chained_to_the_limit_and_no_longer(link: str) -> None:
    limits = Limits(max_query=10_000, max_depth=9, max_chain=20)
    assert check("SELECT * {" + link * 20, limits)
    with pytest.raises(TooLargeError, match="20 operators"):
        check("SELECT * {" + link * 21, limits)


def test_long_lists_of_values_are_no_chains() -> None:
    limits = Limits(max_query=100_000, max_depth=9, max_chain=20)
    assert check("SELECT * { VALUES (?x ?y) {" + "(1 'a')" * 500 + "}}", limits)
    assert check("SELECT * { FILTER(?x IN (1" + ",1" * 500 + "))}", limits)


def test_brackets_in_strings_iris_and_comments_do_not_nest() -> None:
    limits = Limits(max_query=10_000, max_depth=1, max_chain=1)
    assert check("SELECT * { ?s ?p '((((', <http://x/((> # {{{{\n}", limits)


def test_length_is_counted_in_bytes() -> None:
    limits = Limits(max_query=20, max_depth=9, max_chain=9)
    assert check("ASK {} # " + "é" * 5, limits)
    with pytest.raises(TooLargeError, match="21 bytes") as caught:
        check("ASK {} # " + "é" * 6, limits)
    assert caught.value.extra == {"limit": 20, "length": 21}


@pytest.mark.parametrize("bad", ["\0", "\ud800"])
def test_what_is_no_character_is_refused_with_its_place(bad: str) -> None:
    with pytest.raises(QuerySyntaxError, match=f"U\\+{ord(bad):04X}") as caught:
        checked(f"SELECT *\n{{ ?s ?p '{bad}' }}")
    assert (caught.value.line, caught.value.column) == (2, 10)


@pytest.mark.parametrize("text", ["", " # nothing", "SELCT * {}", "<a:a> <a:b> <a:c> .", "{}"])
def test_what_is_of_no_form_is_a_syntax_error_with_a_place(text: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        checked(text)
    assert caught.value.line == 1
    assert caught.value.column is not None
    assert caught.value.hint


@given(st.text())
def test_any_text_is_taken_or_refused_with_words(text: str) -> None:
    taken, error = _outcome(text)
    assert taken == text or (error is not None and error.detail and error.hint)


def _outcome(text: str) -> tuple[str | None, MlrolesError | None]:
    try:
        return checked(text).text, None
    except MlrolesError as error:
        return None, error
