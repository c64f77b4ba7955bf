"""Parameters: checked against what is allowed, bound as terms."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlroles.engine.departure import Departure
from mlroles.engine.interface import Answer, Engine
from mlroles.errors import BadRequestError
from mlroles.saved import Choices, SavedQuery, bind
from mlroles.store import QueryRequest
from mlroles.store.oxigraph import OxigraphStore
from mlroles.terms import Iri, Literal
from mlroles.vocab import XSD
from saving import HEADER, Write

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
ROLE = "https://w3id.org/mlroles/role/"
CLASS = "https://w3id.org/mlroles/ontology#Role"
DATA = "\n".join(
    [
        *(f"<{ROLE}{name}> {TYPE} <{CLASS}> ." for name in ("analyst", "architect", "engineer")),
        f'<{ROLE}analyst> {LABEL} "Zahlenmensch"@de .',
        f'<{ROLE}analyst> {LABEL} "Data analyst"@en .',
        f"<http://elsewhere.org/analyst> {TYPE} <{CLASS}> .",
        f"<http://elsewhere.org/unique> {TYPE} <{CLASS}> .",
        f"<urn:not-a-role> {TYPE} <urn:Other> .",
        "",
    ]
).encode()
ROLES = "  role:\n    label: Role\n    help: Which.\n    class: mlr:Role\n"
BODY = f"SELECT ?role ?n WHERE {{ VALUES ?role {{ <{ROLE}engineer> }} VALUES ?n {{ 3 }} }}\n"


class Here(Engine):
    """Runs queries in this process, and counts them."""

    def __init__(self) -> None:
        self.store = OxigraphStore.from_ntriples(DATA, b"")
        self.asked = 0

    def run(
        self,
        request: QueryRequest,
        timeout: float | None = None,
        departure: Departure | None = None,
    ) -> Answer:
        """Return the answer in one piece."""
        assert timeout is None
        assert departure is None
        self.asked += 1
        out = io.BytesIO()
        self.store.query(request, out)
        return Answer(request.media_type, iter([out.getvalue()]))

    def close(self) -> None:
        """Have nothing to end."""


@pytest.fixture(scope="module")
def choices() -> Choices:
    return Choices(Here())


@pytest.fixture
def query(write: Write) -> SavedQuery:
    return write(f"{HEADER}parameters:\n{ROLES}", BODY)


def typed(write: Write, fields: str) -> SavedQuery:
    return write(
        f"{HEADER}parameters:\n  n:\n    label: N\n    help: How many.\n    {fields}\n", BODY
    )


def test_without_values_the_text_is_the_file(query: SavedQuery, choices: Choices) -> None:
    bound = bind(query, {}, choices)
    assert bound.text == query.text
    assert bound.values == {"role": (Iri(f"{ROLE}engineer"),)}


@pytest.mark.parametrize(
    ("word", "iri"),
    [
        ("architect", f"{ROLE}architect"),
        ("role:architect", f"{ROLE}architect"),
        (f"{ROLE}architect", f"{ROLE}architect"),
        (f"<{ROLE}architect>", f"{ROLE}architect"),
        (" architect ", f"{ROLE}architect"),
        ("unique", "http://elsewhere.org/unique"),
        ("http://elsewhere.org/analyst", "http://elsewhere.org/analyst"),
        ("role:analyst", f"{ROLE}analyst"),
    ],
)
def test_a_value_is_bound_as_a_term(
    query: SavedQuery, choices: Choices, word: str, iri: str
) -> None:
    bound = bind(query, {"role": [word]}, choices)
    assert bound.values["role"] == (Iri(iri),)
    assert f"VALUES ?role {{ <{iri}> }}" in bound.text
    assert bound.body in bound.text
    assert "#+" not in bound.body


def test_a_local_name_of_two_things_is_not_guessed(query: SavedQuery, choices: Choices) -> None:
    with pytest.raises(BadRequestError, match="cannot be “analyst”"):
        bind(query, {"role": ["analyst"]}, choices)


@pytest.mark.parametrize("word", ["urn:not-a-role", "enginer", "?role", "x" * 100_000, "mlr:Role"])
def test_what_is_not_in_the_graph_is_refused(
    query: SavedQuery, choices: Choices, word: str
) -> None:
    with pytest.raises(BadRequestError) as caught:
        bind(query, {"role": [word]}, choices)
    assert caught.value.status == 400
    assert len(caught.value.detail) < 300
    allowed = caught.value.extra["allowed"]
    assert isinstance(allowed, list)
    assert {"value": "analyst", "iri": f"{ROLE}analyst", "label": "Data analyst"} in allowed
    assert "architect" in str(caught.value.hint)


def test_near_names_are_told(query: SavedQuery, choices: Choices) -> None:
    for word in ("enginer", "data analist"):
        with pytest.raises(BadRequestError, match="Did you mean") as caught:
            bind(query, {"role": [word]}, choices)
        assert caught.value.extra["near"]


def test_one_parameter_takes_one_value(query: SavedQuery, choices: Choices) -> None:
    with pytest.raises(BadRequestError, match="2 times"):
        bind(query, {"role": ["engineer", "architect"]}, choices)


def test_several_values_are_bound_once_each(write: Write, choices: Choices) -> None:
    query = write(f"{HEADER}parameters:\n{ROLES}    multiple: true\n", BODY)
    bound = bind(query, {"role": ["engineer", "architect", "role:engineer"]}, choices)
    assert f"VALUES ?role {{ <{ROLE}engineer> <{ROLE}architect> }}" in bound.text
    with pytest.raises(BadRequestError, match="2,000 times"):
        bind(query, {"role": ["engineer"] * 2000}, choices)


def test_an_unknown_parameter_is_refused(query: SavedQuery, choices: Choices) -> None:
    with pytest.raises(BadRequestError, match="Its parameters are role"):
        bind(query, {"roles": ["engineer"]}, choices)


@pytest.mark.parametrize(
    ("fields", "word", "literal"),
    [
        ("type: integer", "007", Literal("7", f"{XSD}integer")),
        ("type: integer", " -3 ", Literal("-3", f"{XSD}integer")),
        ("type: decimal", "1.50", Literal("1.50", f"{XSD}decimal")),
        ("type: decimal", "10", Literal("10", f"{XSD}decimal")),
        ("type: boolean", "1", Literal("true", f"{XSD}boolean")),
        ("type: date", "2026-11-23", Literal("2026-11-23", f"{XSD}date")),
        ("type: string", 'a" } # ', Literal('a" } # ')),
        ("type: string", "", Literal("")),
        ("type: string\n    values: [a, b]", "b", Literal("b")),
        ("type: integer\n    minimum: 1\n    maximum: 5", "5", Literal("5", f"{XSD}integer")),
    ],
)
def test_a_literal_has_its_type(
    write: Write, choices: Choices, fields: str, word: str, literal: Literal
) -> None:
    bound = bind(typed(write, fields), {"n": [word]}, choices)
    assert bound.values["n"] == (literal,)


@pytest.mark.parametrize(
    ("fields", "word", "reason"),
    [
        ("type: integer", "many", "an integer"),
        ("type: integer", "1.5", "an integer"),
        ("type: integer", "1" * 5000, "an integer"),
        ("type: integer", "٣", "an integer"),
        ("type: decimal", "1e9", "a decimal"),
        ("type: decimal", "NaN", "a decimal"),
        ("type: boolean", "yes", "true or false"),
        ("type: date", "2026-02-30", "a date"),
        ("type: date", "20261123", "a date"),
        ("type: string\n    values: [a, b]", "c", "Allowed are a, b"),
        ("type: integer\n    minimum: 1", "0", "at least 1"),
        ("type: date\n    maximum: 2026-01-01", "2026-01-02", "at most 2026-01-01"),
    ],
)
def test_a_wrong_literal_is_refused_with_the_reason(
    write: Write, choices: Choices, fields: str, word: str, reason: str
) -> None:
    with pytest.raises(BadRequestError, match=reason):
        bind(typed(write, fields), {"n": [word]}, choices)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_a_text_comes_back_as_it_was_given(write: Write, choices: Choices, word: str) -> None:
    """Whatever it holds, it is one string in the query, and nothing else of it changes."""
    bound = bind(typed(write, "type: string"), {"n": [word]}, choices)
    engine = Here()
    answer = engine.run(QueryRequest(bound.text, "application/sparql-results+json"))
    store = OxigraphStore.from_ntriples(b"", b"")
    out = io.BytesIO()
    expected = f"SELECT (<{ROLE}engineer> AS ?role) ({Literal(word)} AS ?n) {{}}"
    store.query(QueryRequest(expected, "application/sparql-results+json"), out)
    assert b"".join(answer.chunks) == out.getvalue()


def test_the_graph_is_asked_once_for_each_class(query: SavedQuery) -> None:
    engine = Here()
    choices = Choices(engine)
    for word in ("engineer", "architect", "role:analyst"):
        bind(query, {"role": [word]}, choices)
    assert engine.asked == 1
