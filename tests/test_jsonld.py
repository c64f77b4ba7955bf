"""JSON-LD as we write it, read back by a reader that is not ours."""

import io
import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles import jsonld, vocab
from mlroles.errors import NotAcceptableError

ROLE = ox.NamedNode(f"{vocab.BASE}role/x")
LABEL = ox.NamedNode(f"{vocab.RDFS}label")
TYPE = ox.NamedNode(f"{vocab.RDF}type")


def written(*triples: ox.Triple) -> bytes:
    out = io.BytesIO()
    jsonld.write(triples, out)
    return out.getvalue()


def node(*triples: ox.Triple) -> dict[str, Any]:
    (only,) = json.loads(written(*triples))["@graph"]
    return dict(only)


def test_iris_are_short_and_the_context_has_the_prefixes_that_are_used() -> None:
    document = json.loads(
        written(
            ox.Triple(ROLE, TYPE, ox.NamedNode(f"{vocab.MLR}Role")),
            ox.Triple(ROLE, LABEL, ox.Literal("X", language="en")),
        )
    )
    assert document == {
        "@context": {
            "mlr": vocab.MLR,
            "rdfs": vocab.RDFS,
            "role": f"{vocab.BASE}role/",
        },
        "@graph": [
            {
                "@id": "role:x",
                "@type": "mlr:Role",
                "rdfs:label": {"@language": "en", "@value": "X"},
            }
        ],
    }


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (ox.Literal("x"), "x"),
        (ox.Literal(7), 7),
        (ox.Literal("007", datatype=ox.NamedNode(f"{vocab.XSD}integer")), None),
        (ox.Literal("9" * 30, datatype=ox.NamedNode(f"{vocab.XSD}integer")), None),
        (ox.Literal(True), True),
        (ox.Literal("1", datatype=ox.NamedNode(f"{vocab.XSD}boolean")), None),
        (ox.Literal(1.5), None),
    ],
)
def test_a_number_is_one_of_json_where_nothing_is_lost(literal: ox.Literal, value: object) -> None:
    found = node(ox.Triple(ROLE, LABEL, literal))["rdfs:label"]
    if value is None:
        value = {
            "@type": vocab.shorten(literal.datatype.value),
            "@value": literal.value,
        }
    assert found == value


def test_several_values_are_an_array() -> None:
    values = [ox.Literal(n) for n in (1, 2, 3)]
    assert node(*(ox.Triple(ROLE, LABEL, value) for value in values))["rdfs:label"] == [1, 2, 3]


def test_nothing_is_an_empty_graph() -> None:
    assert json.loads(written()) == {"@context": {}, "@graph": []}


def test_a_large_document_is_one_document() -> None:
    triples = [
        ox.Triple(ox.NamedNode(f"{vocab.BASE}role/r{n}"), LABEL, ox.Literal("x" * 100))
        for n in range(2000)
    ]
    assert len(json.loads(written(*triples))["@graph"]) == 2000


def test_a_triple_term_is_told_to_be_beyond_json_ld() -> None:
    inner: Any = ox.Triple(ROLE, LABEL, ox.Literal("x"))
    with pytest.raises(NotAcceptableError, match="triple term"):
        written(ox.Triple(ROLE, LABEL, inner))


_IRIS = st.sampled_from(
    [
        *(f"{namespace}a-b" for namespace in vocab.PREFIXES.values()),
        *(f"{namespace}a/b?c" for namespace in vocab.PREFIXES.values()),
        "http://example.org/x",
        "urn:x:y",
        "mailto:a@example.org",
        "schema:x",
        "role:x",
        "org:a:b",
        f"{vocab.BASE}role/",
        f"{vocab.BASE}role/ä",
    ]
).map(ox.NamedNode)
_RESOURCES = _IRIS | st.integers(0, 3).map(lambda n: ox.BlankNode(f"b{n}"))
_DATATYPES = _IRIS | st.sampled_from(["integer", "boolean", "string", "double", "decimal"]).map(
    lambda name: ox.NamedNode(f"{vocab.XSD}{name}")
)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["1", "-0", "01", "true", "1e3", "12345678901234567890", "@id", "@value"]
)
_LITERALS = (
    st.builds(ox.Literal, _TEXTS)
    | st.builds(ox.Literal, _TEXTS, language=st.sampled_from(["en", "de-ch"]))
    | st.builds(ox.Literal, _TEXTS, datatype=_DATATYPES)
)
_TRIPLES = st.builds(ox.Triple, _RESOURCES, _IRIS | st.just(TYPE), _RESOURCES | _LITERALS)


@given(st.lists(_TRIPLES, max_size=12))
def test_what_is_written_is_read_back(triples: list[ox.Triple]) -> None:
    read = ox.parse(written(*triples), ox.RdfFormat.JSON_LD)
    found = ox.Dataset(ox.Quad(q.subject, q.predicate, q.object) for q in read)
    expected = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    for dataset in (found, expected):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert set(found) == set(expected)
