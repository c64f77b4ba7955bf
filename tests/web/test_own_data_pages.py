"""The pages over our own data: what they count, offer and find."""

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from inprocess import ROLE, SKILL, Get, LocalEngine
from mlroles.engine.departure import Departure
from mlroles.engine.interface import Answer
from mlroles.errors import BusyError
from mlroles.knowledge import load
from mlroles.store import QueryRequest
from mlroles.store.oxigraph import OxigraphStore
from mlroles.web import create_app

HTML = {"Accept": "text/html"}
MISSING = "/queries/skills-missing-for-a-role"


@pytest.fixture(scope="module")
def own(closures: Path) -> FlaskClient:
    """Return a client of a server of our data."""
    base, engine = load(cache_dir=closures), LocalEngine()
    engine.store = OxigraphStore.from_ntriples(base.asserted, base.inferred)
    return create_app({}, engine=engine).test_client()


@pytest.fixture
def page(own: FlaskClient) -> Get:
    """Return a function that gets the text of a page, without its tags."""

    def get(path: str, status: int = 200, **parameters: object) -> str:
        answer = own.get(path, query_string=parameters or None, headers=HTML)
        assert answer.status_code == status, answer.text
        text = re.sub(r"<[^>]*>", " ", answer.text.partition("<main")[2])
        return " ".join(html.unescape(text).split())

    return get


def _questions(own: FlaskClient, path: str) -> dict[str, str]:
    """Return the questions that a page offers, by their addresses."""
    text = own.get(path, headers=HTML).text
    found = re.findall(r'<li><a href="(/queries/[^"]+)">([^<]*)</a>', text)
    return {html.unescape(address): html.unescape(title) for address, title in found}


THINGS = (
    "/role/data-engineer",
    "/role/data-scientist",
    "/role/product-owner",
    "/skill/statistics",
    "/organisation/lyft",
    "/environment/production",
    "/responsibility/train-models",
)


@pytest.mark.parametrize("path", THINGS)
def test_every_question_that_is_offered_has_an_answer(own: FlaskClient, path: str) -> None:
    offered = _questions(own, path)
    assert offered
    for address in offered:
        answer = own.get(address, headers={"Accept": "text/csv"})
        assert len(answer.text.splitlines()) > 1, address


def test_a_question_without_an_answer_is_not_offered(own: FlaskClient) -> None:
    names = {address.split("/")[2] for address in _questions(own, "/role/data-engineer")}
    assert "closest-roles" in names
    assert not names & {"titles-at-an-organisation", "who-may-cover-a-role", "roles-compared-with"}


def test_the_title_of_a_question_follows_what_it_asks_about(own: FlaskClient, page: Get) -> None:
    titles = _questions(own, "/skill/statistics")
    (address,) = [one for one in titles if "/roles-needing-a-skill/" in one]
    assert titles[address] == "Which roles need statistics?"
    assert "Which roles need machine learning?" not in titles.values()
    assert "Which roles need statistics?" in page(address)
    assert "Which roles need machine learning?" in page("/queries/roles-needing-a-skill")
    two = page(
        "/queries/who-does-it-and-who-may/results", responsibility=["train-models", "store-data"]
    )
    assert "Who has this responsibility, and who may: train ML models and store data?" in two


def test_what_is_known_of_a_thing_is_asked_once(own: FlaskClient) -> None:
    engine = own.application.extensions["mlroles"].current.services.engine
    _questions(own, "/role/mlops-engineer")
    before = len(engine.requests)
    first = _questions(own, "/role/mlops-engineer")
    again = len(engine.requests) - before
    assert not [r for r in engine.requests[before:] if "sharedSkills" in r.text]
    assert first
    assert again


class _Busy(LocalEngine):
    """An engine that has no time for one question, until it has."""

    busy = True

    def run(
        self,
        request: QueryRequest,
        timeout: float | None = None,
        departure: Departure | None = None,
    ) -> Answer:
        if self.busy and "sharedSkills" in request.text:
            raise BusyError("Others are asking.")
        return super().run(request, timeout, departure)


def test_a_question_that_cannot_be_tried_is_offered_and_tried_again(own: FlaskClient) -> None:
    engine = _Busy()
    engine.store = own.application.extensions["mlroles"].current.services.engine.store
    client = create_app({}, engine=engine).test_client()
    path = "/role/ml-infrastructure-engineer"
    offered = {address.split("/")[2] for address in _questions(client, path)}
    assert "closest-roles" in offered
    assert client.get(path, headers=HTML).headers["Cache-Control"] == "no-store"
    engine.busy = False
    assert "closest-roles" in {address.split("/")[2] for address in _questions(client, path)}
    assert client.get(path, headers=HTML).headers["Cache-Control"] != "no-store"


def test_a_skill_that_follows_from_a_part_is_counted_once(page: Get) -> None:
    text = page("/fit", skill=["machine-learning", "software-engineering"])
    assert "ML engineer 2 of 7 skills You have machine learning , software engineering" in text
    lacking = (
        page("/fit", skill="statistics").partition("ML engineer 1 of 7")[2].partition(" of ")[0]
    )
    assert "software engineering" in lacking
    assert not re.search(r"(?<!software )engineering\b", lacking.replace("ML engineer", ""))


def test_what_follows_from_a_part_is_no_further_thing_that_roles_share(page: Get) -> None:
    """Both need software engineering and machine learning; engineering only follows."""
    text = page("/compare", role=["ml-engineer", "mlops-engineer"])
    assert "2 shared by all, 5 not; 1 that only follows is not counted." in text
    text = page("/compare", role=["data-analyst", "data-scientist"])
    assert "2 shared by all, 5 not." in text


def test_roles_that_need_a_part_of_what_one_knows_are_named(page: Get) -> None:
    text = page("/fit", skill="machine-learning")
    told = (
        "A part of what you can do is needed by ML hardware engineer and ML solutions architect ."
    )
    assert told in text
    assert " 0 of " not in text


def test_search_takes_a_hyphen_for_a_space_and_an_alias_for_its_name(
    own: FlaskClient, page: Get
) -> None:
    assert "big-data platforms" in page("/search", q="big data")
    assert "big-data platforms" in page("/search", q="Big-Data")
    answer = own.get("/search", query_string={"q": "Machine Learning Engineer"}, headers=HTML)
    assert answer.headers["Location"] == "/role/ml-engineer"
    found = own.get("/search.json?q=mle").get_json()
    assert [(it["label"], it["matched"]) for it in found] == [("ML engineer", "MLE")]
    found = own.get("/search.json?q=ml+eng").get_json()
    assert (found[0]["label"], found[0]["matched"]) == ("ML engineer", "ML engineer")
    assert "recommender systems" not in page("/search", q="ml hard")


def test_search_offers_near_names_and_the_page_for_skills(own: FlaskClient, page: Get) -> None:
    text = own.get("/search", query_string={"q": "datta engineer"}, headers=HTML).text
    assert 'Did you mean <a href="/role/data-engineer">Data engineer</a>' in text
    nothing = own.get("/search", query_string={"q": "python"}, headers=HTML).text
    assert "Nothing found" in nothing
    assert '<a href="/fit">' in nothing.partition("<main")[2]
    assert "Did you mean" not in page("/search", q="qqqq")


def test_a_word_that_is_no_skill_is_told_what_to_do(page: Get) -> None:
    text = page("/fit", 400, skill="python")
    assert "There is no skill “python”." in text
    assert "Choose from the list" in text
    assert "Did you mean statistics" in page("/fit", 400, skill="statistcs")
    assert "7 skills" in page("/fit", skill="Software Engineering")


def test_one_role_alone_is_told_to_have_nothing_to_compare_with(page: Get) -> None:
    assert "choose at least one more role" in page("/compare", role="ml-engineer")
    assert "choose at least one more role" not in page("/compare")


@pytest.mark.parametrize(
    ("path", "wrong", "near"),
    [
        ("/fit", "skol", "skill"),
        ("/compare", "rol", "role"),
        ("/search", "x", ""),
        ("/team", "role", ""),
    ],
)
def test_a_page_refuses_a_parameter_that_it_does_not_know(
    own: FlaskClient, path: str, wrong: str, near: str
) -> None:
    answer = own.get(path, query_string={wrong: "3"})
    told = answer.get_json(force=True)
    assert answer.status_code == 400
    assert told["offending"] == wrong
    assert told["near"] == ([near] if near else [])


def test_the_text_of_a_posting_says_what_the_graph_says(own: FlaskClient) -> None:
    text = own.get("/role/ml-engineer", headers=HTML).text
    box = re.search(r'<textarea id="posting"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    assert box is not None
    posting = html.unescape(box[1])
    parts = {part.partition(":\n")[0]: part.splitlines()[1:] for part in posting.split("\n\n")}
    assert posting.startswith("ML engineer\n")
    assert parts["What you do"] == [
        "- deploy ML models",
        "- train ML models",
        "- write the code that runs predictions",
    ]
    assert (
        "- monitor ML systems in production (if the ML system or the project is small)"
        in parts["You may be asked to"]
    )
    assert "- engineering" not in parts["What you need"]
    assert parts["The role in other vocabularies"][0] == (
        "- ESCO 35553663-deab-4d9a-bf22-15c1625d28e8, “artificial intelligence engineer”, "
        "http://data.europa.eu/esco/occupation/35553663-deab-4d9a-bf22-15c1625d28e8"
        " (nearly the same)"
    )
    deep = html.unescape(own.get("/role/research-scientist", headers=HTML).text)
    assert "- mathematics (deep)\n" in deep
    assert "\n- Ph.D. (typically; in place of first-author papers, or beside them)\n" in deep


def test_a_code_of_another_vocabulary_has_its_title_and_its_link(
    page: Get, own: FlaskClient
) -> None:
    assert "ESCO data analyst d3edb8f8-3a06-47a0-8fb9-9b212c006aa2" in page("/role/data-analyst")
    link = "http://data.europa.eu/esco/occupation/d3edb8f8-3a06-47a0-8fb9-9b212c006aa2"
    for path in ("/role/data-analyst", "/queries/codes-in-other-vocabularies/results"):
        assert (
            f'<a href="{link}" rel="noopener noreferrer external"'
            in own.get(path, headers=HTML).text
        )


def test_a_form_shows_the_values_of_its_address(own: FlaskClient, page: Get) -> None:
    text = own.get(f"{MISSING}?role=data-analyst&skill=databases", headers=HTML).text
    assert f'<option value="{ROLE}data-analyst" selected>' in text
    assert f'value="{SKILL}databases" checked' in text
    assert f'value="{SKILL}mathematics" checked' not in text
    assert f"VALUES ?role {{ &lt;{ROLE}data-analyst&gt; }}" in text
    assert "cannot be “nobody”" in page(MISSING, 400, role="nobody")


def test_a_verdict_speaks_of_values_where_there_are_any(own: FlaskClient, page: Get) -> None:
    own.application.extensions["mlroles"].current.services.verification.run()
    words = "for the values first shown"
    assert words in page(MISSING)
    text = page("/queries/most-required-skills")
    assert "Last verified" in text
    assert words not in text
