"""What the page of a team says of the example team."""

import html
import io
import re

import pytest
from flask.testing import FlaskClient

from mlroles import paths

pytestmark = pytest.mark.slow

HTML = {"Accept": "text/html"}
EXAMPLE = paths.EXAMPLES / "team.ttl"
_ROLES = "https://w3id.org/mlroles/role/"
_SKILLS = "https://w3id.org/mlroles/skill/"


def _report(client: FlaskClient, **fields: object) -> str:
    answer = client.post("/team", data=fields, headers=HTML)
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


def _people(text: str) -> dict[str, str]:
    """Return the parts of the form, by the names of the people."""
    parts = re.split(r'<fieldset class="person">', text)[1:]
    return {
        found[1]: part
        for part in parts
        if (found := re.search(r'name="name-\d+" value="([^"]*)"', part))
    }


def test_the_form_has_the_people_of_a_file(client: FlaskClient) -> None:
    text = _report(client, file=(io.BytesIO(EXAMPLE.read_bytes()), "team.ttl"))
    assert 'name="team" value="Ranking team"' in text
    people = _people(text)
    assert list(people) == ["Ada", "Emil", "Grace"]
    # The page of this small graph offers those roles and skills alone that it has.
    again = _report(client, turtle=EXAMPLE.read_text("utf-8"))
    assert list(_people(again)) == list(people)
    assert "The form holds one team" not in text


def test_the_form_says_if_the_file_has_more_than_it_holds(client: FlaskClient) -> None:
    more = EXAMPLE.read_text("utf-8") + (
        'team:other a mlr:Team ; rdfs:label "Young team"@en .\n'
        'team:kim a mlr:Person ; rdfs:label "Kim"@en ; mlr:memberOf team:other .\n'
    )
    text = _report(client, turtle=more)
    assert "The form holds one team" in text
    assert "Kim" not in _people(text)


def test_responsibilities_and_skills_are_counted_apart(client: FlaskClient) -> None:
    text = _report(client, file=(io.BytesIO(EXAMPLE.read_bytes()), "team.ttl"))
    facts = dict(re.findall(r"<dt>([^<]*)</dt><dd>(\d+)</dd>", text))
    assert facts == {
        "responsibilities covered": "10",
        "left out": "24",
        "of those covered, by one person alone": "10",
        "needed skills that one person has": "7",
    }
    plain = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    assert (
        "These are the responsibilities that some role has. No role has “ advise research" in plain
    )
    assert (
        "Ada ML engineer holds it algorithms , data structures , mathematics , probability" in plain
    )


def test_what_a_team_does_is_in_the_order_of_its_names(client: FlaskClient) -> None:
    text = _report(client, file=(io.BytesIO(EXAMPLE.read_bytes()), "team.ttl"))
    for heading in ("Covered", "Left out"):
        part = text.partition(f"<h3>{heading}</h3>")[2].partition("</ul>")[0]
        labels = re.findall(r"<li><a [^>]*>([^<]*)</a>", part)
        assert labels
        assert labels == sorted(labels, key=str.casefold)


def test_without_skills_there_is_no_empty_table(client: FlaskClient) -> None:
    fields = {"name-1": "Kim", "role-1": f"{_ROLES}data-engineer"}
    text = _report(client, **fields)
    assert "No skill is given of Kim" in text
    assert "Still missing" not in text
    skilled = _report(client, **fields, **{"skill-1": f"{_SKILLS}databases"})
    assert "Still missing" in skilled
    assert "No skill is given" not in skilled


def test_an_empty_form_is_told_what_to_do_and_is_no_report(client: FlaskClient) -> None:
    answer = client.post("/team", data={"team": "Our team"}, headers=HTML)
    assert answer.status_code == 400
    assert "There is no team yet." in answer.text
    assert "Bad request" not in answer.text
    assert "name the request" not in answer.text
