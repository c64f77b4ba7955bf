"""``/explain`` in the formats that clients ask for."""

import pytest
from flask.testing import FlaskClient

from inprocess import MLR, ROLE, SKILL, Get

TRIPLE = {"s": "role:ml-engineer", "p": "mlr:requiresSkill", "o": "skill:statistics"}


def test_the_form_is_there_without_a_triple(client: FlaskClient) -> None:
    text = client.get("/explain", headers={"Accept": "text/html"}).text
    for name in "spo":
        assert f'name="{name}"' in text


@pytest.mark.parametrize(
    ("given", "media_type"),
    [
        ({"Accept": "*/*"}, "application/json"),
        ({"Accept": "text/html"}, "text/html"),
        ({"Accept": "text/turtle"}, "text/turtle"),
        ({"Accept": "application/ld+json"}, "application/ld+json"),
    ],
)
def test_it_comes_as_asked_for(client: FlaskClient, given: dict[str, str], media_type: str) -> None:
    response = client.get("/explain", query_string=TRIPLE, headers=given)
    assert (response.status_code, response.mimetype) == (200, media_type)


def test_what_is_asserted_inferred_and_absent_is_told_apart(client: FlaskClient) -> None:
    assert client.get("/explain", query_string=TRIPLE).get_json()["status"] == "asserted"
    absent = client.get("/explain", query_string={**TRIPLE, "o": "skill:none"}).get_json()
    assert absent["status"] == "absent"


def test_whole_iris_are_taken(client: FlaskClient) -> None:
    whole = {"s": f"{ROLE}ml-engineer", "p": f"{MLR}requiresSkill", "o": f"{SKILL}statistics"}
    assert client.get("/explain", query_string=whole).get_json()["status"] == "asserted"


@pytest.mark.parametrize("wrong", [{"o": ""}, {"o": "skil"}, {"s": "_:a b"}])
def test_what_is_no_triple_is_told_and_stays_in_the_form(
    client: FlaskClient, wrong: dict[str, str]
) -> None:
    response = client.get("/explain", query_string={**TRIPLE, **wrong})
    assert response.status_code == 400
    page = client.get("/explain", query_string={**TRIPLE, **wrong}, headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert 'value="mlr:requiresSkill"' in page.text


def test_what_lacks_of_a_triple_is_told_in_good_english(client: FlaskClient) -> None:
    for given, told in (({"s": "role:x"}, "p and o are missing"), ({"s": "a", "p": "a"}, "o is")):
        assert told in client.get("/explain", query_string=given).get_json()["detail"]


def test_a_term_that_no_triple_has_is_no_link_and_has_names_like_it(browse: Get) -> None:
    text = browse("/explain", **TRIPLE | {"s": "role:ml-enginer"})
    assert "No triple has <code>role:ml-enginer</code>." in text
    assert 'href="/role/ml-enginer"' not in text
    assert '<a href="/role/ml-engineer"><code>role:ml-engineer</code></a>?' in text


def test_how_many_rules_would_lead_to_it_is_counted(browse: Get) -> None:
    text = browse("/explain", **TRIPLE | {"o": "skill:none"})
    assert "By one rule" not in text


def test_an_unknown_prefix_is_told(client: FlaskClient) -> None:
    problem = client.get("/explain", query_string={**TRIPLE, "o": "foo:foo"}).get_json()
    assert problem["detail"] == "The prefix “foo:” is not known here."


def test_markup_in_a_term_stays_text(client: FlaskClient) -> None:
    hostile = {**TRIPLE, "o": '"<script>alert(1)</script>"'}
    text = client.get("/explain", query_string=hostile, headers={"Accept": "text/html"}).text
    assert "<script>" not in text


def test_an_unknown_format_is_told(client: FlaskClient) -> None:
    assert client.get("/explain", query_string={**TRIPLE, "format": "png"}).status_code == 406
