"""``mlroles serve --store URL``: pages, saved queries and protocol in front of real stores."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

import answers
import targets
from mlroles import vocab
from mlroles.config import settings
from mlroles.engine.opening import open_engine
from mlroles.knowledge import KnowledgeBase, explanation_formats, load, ntriples
from mlroles.knowledge.explanation import Explainer, parse
from mlroles.knowledge.reasoning.known import Held
from mlroles.paths import EXAMPLES
from mlroles.store import QueryRequest
from mlroles.store.media import GRAPH_FORMS, MEDIA_TYPES, RESULT_FORMS
from mlroles.store.oxigraph import OxigraphStore
from mlroles.store.publishing import publish
from mlroles.store.remote import RemoteStore
from mlroles.web import create_app
from targets import Target

pytestmark = pytest.mark.slow

SELECT = "SELECT ?s ?o WHERE { ?s a ?c ; <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o ?c LIMIT 300"
CONSTRUCT = "CONSTRUCT WHERE { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o }"
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) < STR(?i)) }"
)


class Front(NamedTuple):
    """What stands in front of a store: its client, what the store holds, and the same by us."""

    client: FlaskClient
    knowledge: KnowledgeBase
    own: OxigraphStore
    stops: bool

    def get(self, path: str, **parameters: str) -> tuple[int, bytes]:
        """Return the status and the body of a response."""
        response = self.client.get(path, query_string=parameters)
        return response.status_code, response.data

    def ours(self, text: str, media_type: str) -> bytes:
        """Return what our own store says."""
        out = io.BytesIO()
        self.own.query(QueryRequest(text, media_type), out)
        return out.getvalue()


@pytest.fixture(scope="module", params=["oxigraph_target", "virtuoso_target"])
def front(request: pytest.FixtureRequest, closures: Path) -> Iterator[Front]:
    target: Target = request.getfixturevalue(request.param)
    virtuoso = request.param == "virtuoso_target"
    known = load([] if virtuoso else [EXAMPLES / "team.ttl"], cache_dir=closures)
    publish(known, RemoteStore(target.query, target.update), lambda _: None)
    chosen = {"store": target.query, "timeout": 10.0}
    engine = open_engine(settings(chosen))
    own = OxigraphStore.from_ntriples(known.asserted, known.inferred)
    try:
        yield Front(create_app(chosen, engine=engine).test_client(), known, own, virtuoso)
    finally:
        engine.close()


def test_every_saved_query_gives_the_rows_that_it_gives_of_our_own_store(front: Front) -> None:
    for name in answers.NAMES if front.stops else [*answers.NAMES, *answers.TEAM_NAMES]:
        status, body = front.get(f"/queries/{name}/results", format="json")
        assert status == 200, body
        assert answers.table(body) == answers.expected(name), name


def test_what_it_holds_is_told_by_who_published_it(front: Front) -> None:
    told = json.loads(front.get("/health")[1])
    assert told["ready"] is True
    assert told["digest"] == front.knowledge.digest
    total = f"{sum(t.count(10) for t in (front.knowledge.asserted, front.knowledge.inferred)):,}"
    assert total in front.get("/")[1].decode()


def test_a_triple_is_explained_as_over_our_own_store(front: Front) -> None:
    known = {
        vocab.ASSERTED: ntriples.parse(front.knowledge.asserted),
        vocab.INFERRED: ntriples.parse(front.knowledge.inferred),
    }
    own = Explainer(known[vocab.ASSERTED], Held(known))
    for terms in (
        ("role:mlops-engineer", "a", "mlr:DualSkillRole"),
        ("role:product-owner", "a", "mlr:DualSkillRole"),
        ("role:ml-hardware-engineer", "mlr:requiresSkill", "skill:machine-learning"),
        ("role:product-owner", "mlr:requiresSkill", "skill:statistics"),
    ):
        asked = dict(zip("spo", terms, strict=True))
        told = json.loads(front.get("/explain", **asked, format="json")[1])
        here = explanation_formats.plain(own.explain(parse(*terms)))
        assert told["status"] == here["status"]
        assert _depth(told["derivations"]) == _depth(here["derivations"]), terms
        assert [way["needs"] for way in told["missing"]] == [w["needs"] for w in here["missing"]]
        assert "genid" not in json.dumps(told)


def _depth(derivations: list[dict[str, Any]]) -> int:
    """Return how many rules the shortest has in its longest branch."""
    depths = [
        ("rule" in one) + max([_depth([p]) for p in one.get("premises", [])], default=0)
        for one in derivations
    ]
    return min(depths, default=0)


def test_parameters_are_chosen_from_the_store(front: Front) -> None:
    described = json.loads(front.get("/queries/skills-missing-for-a-role", format="json")[1])
    allowed = {value["value"] for value in described["parameters"][0]["allowed"]}
    assert "ml-engineer" in allowed
    status, body = front.get("/queries/skills-missing-for-a-role/results", role="ml-engineerr")
    assert status == 400
    assert b"ml-engineer" in body
    page = front.client.get(
        "/queries/roles-needing-a-skill/results", headers={"Accept": "text/html"}
    )
    assert "ML engineer" in page.text


@pytest.mark.parametrize("media", [media.name for media in MEDIA_TYPES])
def test_every_format_is_what_it_is_of_our_own_store(front: Front, media: str) -> None:
    (found,) = [one for one in MEDIA_TYPES if one.name == media]
    for forms, text in ((RESULT_FORMS, SELECT), (GRAPH_FORMS, CONSTRUCT)):
        if forms != found.forms:
            continue
        status, body = front.get("/sparql", query=text, format=media)
        assert status == 200, body
        expected = front.ours(text, media)
        if forms == RESULT_FORMS:
            assert body == expected
        else:
            format_ = ox.RdfFormat.from_media_type(media)
            assert set(ox.parse(body, format_)) == set(ox.parse(expected, format_))


def test_the_dataset_is_ours_whatever_else_the_store_holds(front: Front) -> None:
    counts = "SELECT (COUNT(*) AS ?n) %s WHERE { %s }"
    pattern = "?s ?p ?o"
    for clause, where in (
        ("", pattern),
        ("", f"GRAPH ?g {{ {pattern} }}"),
        (f"FROM <{vocab.ASSERTED}>", pattern),
        (f"FROM NAMED <{vocab.INFERRED}>", f"GRAPH ?g {{ {pattern} }}"),
    ):
        text = counts % (clause, where)
        assert front.get("/sparql", query=text, format="csv")[1] == front.ours(text, "text/csv")
    graphs = front.get(
        "/sparql", query="SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", format="csv"
    )
    assert sorted(graphs[1].decode().split()) == ["g", vocab.ASSERTED, vocab.INFERRED]


def test_yes_and_no_are_told_apart(front: Front) -> None:
    for text, expected in (("ASK { ?s ?p ?o }", True), ("ASK { ?s <urn:none> ?o }", False)):
        told = json.loads(front.get("/sparql", query=text, format="json")[1])
        assert told["boolean"] is expected


def test_what_the_store_does_not_understand_is_told(front: Front) -> None:
    status, body = front.get("/sparql", query="SELECT ?s WHERE { ?s ?p }")
    told = json.loads(body)
    assert status == 400
    assert "rejects the query" in told["detail"]


# Oxigraph's server is left out: it ends no query, and would work on for hours.
@pytest.mark.parametrize("front", ["virtuoso_target"], indirect=True)
def test_a_query_that_takes_too_long_is_told_and_ended(front: Front) -> None:
    begun = time.monotonic()
    status, body = front.get("/sparql", query=ENDLESS, timeout="1.5")
    assert time.monotonic() - begun < 4
    assert (status, json.loads(body)["limit"]) == (504, 1.5)


@pytest.mark.parametrize("front", ["virtuoso_target"], indirect=True)
def test_rows_that_the_store_cuts_are_no_answer(front: Front) -> None:
    text = "SELECT ?s WHERE { ?s ?p ?o . ?a ?b ?c } LIMIT 20001"
    status, body = front.get("/sparql", query=text, format="csv")
    assert status == 502
    assert "20000 rows" in json.loads(body)["detail"]


@pytest.mark.parametrize("front", ["oxigraph_target"], indirect=True)
def test_many_rows_come_through(front: Front) -> None:
    text = "SELECT ?s WHERE { ?s ?p ?o . ?a ?b ?c } LIMIT 100001"
    assert front.get("/sparql", query=text, format="csv")[1].count(b"\n") == 100_002


def test_a_store_without_anything_of_ours_is_told_at_the_start(tmp_path: Path) -> None:
    with targets.oxigraph(tmp_path) as empty:
        command = [sys.executable, "-m", "mlroles", "serve", "--port", "0", "--store", empty.query]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            told = [process.stderr.readline() for _ in range(2)]
            process.terminate()
    assert "= 0 triples" in told[0]
    assert "nothing of ours is in this store" in told[1]
