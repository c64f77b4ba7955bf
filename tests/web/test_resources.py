"""Every IRI of ours answers here, as a page or as RDF; what is not there is told with near names."""

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDFS

from inprocess import MLR, ROLE, SKILL, LocalEngine
from mlroles.errors import QueryMemoryError
from mlroles.store.oxigraph import OxigraphStore
from mlroles.terms import Iri
from mlroles.web import create_app, profile

REQUIRES = URIRef(f"{MLR}requiresSkill")
ENGINEER = URIRef(f"{ROLE}ml-engineer")
MATHEMATICS = URIRef(f"{SKILL}mathematics")


@pytest.mark.parametrize(
    ("accept", "suffix", "kind"),
    [
        ("text/turtle", "ttl", "turtle"),
        ("application/ld+json", "jsonld", "json-ld"),
        ("application/n-triples", "nt", "nt"),
        ("application/rdf+xml", "rdf", "xml"),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's reader of JSON-LD
def test_a_thing_is_given_as_rdf_by_header_suffix_or_parameter(
    client: FlaskClient, accept: str, suffix: str, kind: str
) -> None:
    asked = [
        client.get("/role/ml-engineer", headers={"Accept": accept}),
        client.get(f"/role/ml-engineer.{suffix}", headers={"Accept": "text/html"}),
        client.get(f"/role/ml-engineer?format={suffix}"),
    ]
    for answer in asked:
        assert answer.mimetype == accept
        assert answer.headers["Content-Location"] == f"/role/ml-engineer.{suffix}"
        graph = Graph().parse(data=answer.data, format=kind)
        assert (ENGINEER, REQUIRES, MATHEMATICS) in graph
        assert (MATHEMATICS, RDFS.label, Literal("mathematics", "en")) in graph
        assert (URIRef("http://localhost/role/ml-engineer"), FOAF.primaryTopic, ENGINEER) in graph


def test_trig_is_for_those_who_ask_for_it_alone(client: FlaskClient) -> None:
    for accept, given in {
        "application/trig, text/turtle;q=0.5": "text/turtle",
        "application/trig": "application/trig",
    }.items():
        assert client.get("/role/ml-engineer", headers={"Accept": accept}).mimetype == given


def test_what_points_to_a_thing_is_given_too(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/skill/mathematics.ttl").data, format="turtle")
    assert (ENGINEER, REQUIRES, MATHEMATICS) in graph


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own, of Dataset
def test_trig_keeps_what_is_stated_and_what_follows_apart(client: FlaskClient) -> None:
    data = Dataset().parse(data=client.get("/role/ml-engineer.trig").data, format="trig")
    graphs = {
        str(graph): {str(skill).rpartition("/")[2] for _, _, skill, _ in quads}
        for graph in (
            "https://w3id.org/mlroles/graph/asserted",
            "https://w3id.org/mlroles/graph/inferred",
        )
        if (quads := list(data.quads((ENGINEER, REQUIRES, None, data.graph(graph)))))
    }
    assert sorted(map(sorted, graphs.values())) == [
        ["mathematics"],
        ["software-engineering", "statistics"],
    ]


def test_the_page_tells_stated_and_inferred_apart(browse: Callable[..., str]) -> None:
    page = browse("/role/ml-engineer")
    stated, follows = page.partition("What is stated")[2].split("What follows")
    assert "statistics" in stated
    assert "mathematics" not in stated
    assert "mathematics" in follows
    assert "why?" in follows
    assert "why?" not in stated


def test_the_why_of_a_page_leads_to_an_explanation(
    browse: Callable[..., str], client: FlaskClient
) -> None:
    links = re.findall(r'class="why" href="([^"]+)"', browse("/role/ml-engineer"))
    assert links
    for link in links:
        answer = client.get(html.unescape(link), headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.text


def test_the_page_links_the_questions_that_can_be_asked_of_it(browse: Callable[..., str]) -> None:
    page = browse("/role/ml-engineer")
    assert "/queries/skills-missing-for-a-role/results?role=https" in page


def test_a_class_is_told_by_the_queries_that_name_it(browse: Callable[..., str]) -> None:
    page = browse("/about", iri=f"{MLR}Role")
    assert "/queries/roles-fitting-my-skills" in page
    assert "/queries/dual-skill-roles" not in page


def test_a_label_is_shown_and_not_run(browse: Callable[..., str]) -> None:
    page = browse("/role/hostile")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_links_to_ours_stay_under_the_host_and_prefix_it_is_reached_by(
    client: FlaskClient,
) -> None:
    page = client.get(
        "/role/ml-engineer", base_url="https://roles.example/in", headers={"Accept": "text/html"}
    ).text
    links = re.findall(r'href="([^"#]+)"', page)
    assert all(link.startswith("/in/") for link in links if not link.startswith("http"))
    assert "/in/skill/mathematics" in links
    assert not [link for link in links if link.startswith("https://w3id.org/mlroles/")]


def test_a_shape_is_told_of_by_the_document_of_shapes(client: FlaskClient) -> None:
    answer = client.get("/shape/label.ttl", base_url="http://localhost/in")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/in/shapes?format=ttl")
    assert client.get("/shape/none").status_code == 404


def test_an_iri_of_others_is_told_of_by_parameter(client: FlaskClient) -> None:
    answer = client.get("/about?iri=http://example.org/a&format=nt")
    assert "<javascript:alert(1)>" in answer.text


def test_a_page_links_to_no_script(browse: Callable[..., str]) -> None:
    assert 'href="javascript' not in browse("/about", iri="http://example.org/a")


@pytest.mark.parametrize("iri", ["", "no iri", "https://w3id.org/<>"])
def test_what_is_no_iri_is_told(client: FlaskClient, iri: str) -> None:
    assert client.get("/about", query_string={"iri": iri}).status_code == 400


def test_an_iri_that_nothing_is_said_of_is_not_found(client: FlaskClient) -> None:
    assert client.get("/about?iri=http://example.org/nothing").status_code == 404


def test_a_name_that_is_near_is_told(client: FlaskClient, browse: Callable[..., str]) -> None:
    answer = client.get("/role/ml-enginer.ttl")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["near"][0] == "role/ml-engineer"
    assert '<a href="/role/ml-engineer">' in browse("/role/ml-enginer", status=404)
    assert '<a href="/queries">' in browse("/querys", status=404)


def test_near_names_are_told_once_on_the_page(browse: Callable[..., str]) -> None:
    text = browse("/role/ml-enginer", status=404)
    assert text.count("Did you mean") == 1
    assert text.count("role/ml-engineer</a>") == 1


def test_the_things_of_a_kind_are_listed(client: FlaskClient, browse: Callable[..., str]) -> None:
    text = browse("/role")
    assert "<h1>Roles</h1>" in text
    for name in ("ml-engineer", "data-analyst", "data-scientist"):
        assert f'href="/role/{name}"' in text
    assert "/skill/" not in text
    for listed in (
        client.get("/skill.nt"),
        client.get("/skill", headers={"Accept": "application/n-triples"}),
    ):
        assert listed.status_code == 200
        assert f"<{RDFS}member> <{SKILL}statistics> ." in listed.text
        assert f'<{SKILL}statistics> <{RDFS}label> "statistics"@en .' in listed.text
    assert client.get("/environment").status_code == 404


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/roles", "/role"),
        ("/roles/", "/role"),
        ("/skill/", "/skill"),
        ("/role/ml-engineer/", "/role/ml-engineer"),
    ],
)
def test_a_plural_or_a_slash_too_many_leads_there(
    client: FlaskClient, path: str, target: str
) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, target)
    assert client.get(target, headers={"Accept": "text/html"}).status_code == 200


@pytest.mark.parametrize("path", ["/none/", "/%2Fexample.org/", "/role/nobody/", "/nones"])
def test_what_is_not_there_leads_nowhere_with_a_slash_either(
    client: FlaskClient, path: str
) -> None:
    assert client.get(path).status_code == 404


def test_a_format_that_is_none_is_not_acceptable(client: FlaskClient) -> None:
    assert client.get("/role/ml-engineer?format=pdf").status_code == 406
    assert client.get("/role/ml-engineer", headers={"Accept": "image/png"}).status_code == 406


def test_a_name_is_found_escaped_or_not() -> None:
    engine = LocalEngine()
    name = f"{ROLE}a%20b"
    engine.store = OxigraphStore.from_ntriples(
        f'<{name}> <{RDFS.label}> "spaced" .\n<{ROLE}ü> <{RDFS.label}> "dotted" .\n'.encode(), b""
    )
    client = create_app(engine=engine).test_client()
    for path in ("/role/a%20b", "/role/a%2520b", "/role/ü", "/role/%C3%BC"):
        assert client.get(path).status_code == 200, path


def test_a_thing_to_which_very_many_point_is_told_in_part_with_the_count() -> None:
    engine = LocalEngine()
    many = "".join(f"<{ROLE}r{n}> <{REQUIRES}> <{MATHEMATICS}> .\n" for n in range(1234))
    engine.store = OxigraphStore.from_ntriples(many.encode(), b"")
    found = profile.gather(engine, Iri(str(MATHEMATICS)))
    assert found is not None
    (group,) = found.incoming
    assert (group.count, len(group.values)) == (1234, profile.SHOWN)
    client = create_app(engine=engine).test_client()
    assert "100 of 1,234" in client.get("/skill/mathematics", headers={"Accept": "text/html"}).text
    assert "100 of 1,234" in client.get("/skill/mathematics.ttl").text


def test_a_busy_engine_is_told(client: FlaskClient, engine: LocalEngine) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "run", _fail)
        assert client.get("/role/ml-engineer").status_code == 503


def _fail(*_: object) -> None:
    raise QueryMemoryError("No more.")
