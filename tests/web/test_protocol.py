"""``/sparql`` as the SPARQL 1.1 Protocol's query operation."""

import csv
import io
import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from inprocess import MLR, ROLE, SKILL, LocalEngine
from mlroles.vocab import ASSERTED, INFERRED

SKILLS = (
    f"SELECT ?skill WHERE {{ <{ROLE}ml-engineer> <{MLR}requiresSkill> ?skill }} ORDER BY ?skill"
)
GRAPH = f"CONSTRUCT WHERE {{ <{ROLE}ml-engineer> ?p ?o }}"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def skills(response: TestResponse) -> list[str]:
    assert response.status_code == 200, response.text
    rows = json.loads(response.data)["results"]["bindings"]
    return [row["skill"]["value"].removeprefix(SKILL) for row in rows]


ALL = ["mathematics", "software-engineering", "statistics"]


def test_a_query_by_get_is_answered(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": SKILLS})
    assert skills(response) == ALL
    assert response.content_type == "application/sparql-results+json"


def test_a_query_by_a_form_is_answered(client: FlaskClient) -> None:
    assert skills(client.post("/sparql", data={"query": SKILLS})) == ALL


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8"])
def test_a_query_as_the_body_is_answered(client: FlaskClient, charset: str) -> None:
    assert skills(client.post("/sparql", data=SKILLS, content_type=QUERY + charset)) == ALL


def test_a_query_may_begin_with_a_byte_order_mark(client: FlaskClient) -> None:
    body = SKILLS.encode("utf-8-sig")
    assert skills(client.post("/sparql", data=body, content_type=QUERY)) == ALL


def test_head_gives_the_headers_and_ends_the_work(client: FlaskClient, engine: LocalEngine) -> None:
    response = client.head("/sparql", query_string={"query": SKILLS})
    assert response.status_code == 200
    assert response.content_type == "application/sparql-results+json"
    assert response.data == b""
    assert engine.open == 0


def test_an_answer_is_closed_when_the_client_leaves(
    client: FlaskClient, engine: LocalEngine
) -> None:
    response = client.get("/sparql", query_string={"query": SKILLS}, buffered=False)
    assert engine.open == 1
    response.close()
    assert engine.open == 0


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("text/*", "text/csv; charset=utf-8; header=present"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/turtle, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_solutions_come_as_the_client_accepts(
    client: FlaskClient, accept: str, content_type: str
) -> None:
    response = client.get("/sparql", query_string={"query": SKILLS}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.content_type == content_type
    assert response.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ('application/ld+json;profile="x"', "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
    ],
)
@pytest.mark.parametrize("query", [GRAPH, f"DESCRIBE <{ROLE}ml-engineer>"])
def test_graphs_come_as_the_client_accepts(
    client: FlaskClient, query: str, accept: str, content_type: str
) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.content_type == content_type
    assert b"ml-engineer" in response.data


def test_csv_is_what_a_csv_reader_reads(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": SKILLS, "format": "csv"})
    rows = list(csv.reader(io.StringIO(response.text, newline="")))
    assert rows == [["skill"], *([SKILL + name] for name in ALL)]


@pytest.mark.parametrize(
    ("query", "wanted", "content_type"),
    [
        (SKILLS, "json", "application/sparql-results+json"),
        (SKILLS, "xml", "application/sparql-results+xml"),
        (SKILLS, "tsv", "text/tab-separated-values; charset=utf-8"),
        (SKILLS, "text/csv", "text/csv; charset=utf-8; header=present"),
        (SKILLS, "application/sparql-results+json", "application/sparql-results+json"),
        (SKILLS, "html", "text/html; charset=utf-8"),
        (GRAPH, "ttl", "text/turtle; charset=utf-8"),
        (GRAPH, "turtle", "text/turtle; charset=utf-8"),
        (GRAPH, "nt", "application/n-triples"),
        (GRAPH, "jsonld", "application/ld+json"),
        (GRAPH, "json", "application/ld+json"),
        (GRAPH, "rdf", "application/rdf+xml"),
        (GRAPH, "xml", "application/rdf+xml"),
        (GRAPH, "trig", "application/trig"),
        (GRAPH, "nq", "application/n-quads"),
    ],
)
def test_format_overrides_what_is_accepted(
    client: FlaskClient, query: str, wanted: str, content_type: str
) -> None:
    response = client.get(
        "/sparql",
        query_string={"query": query, "format": wanted},
        headers={"Accept": "image/png"},
    )
    assert response.status_code == 200, response.text
    assert response.content_type == content_type


def test_of_several_formats_the_first_that_can_be_given_is(client: FlaskClient) -> None:
    """SPARQLWrapper sends the names that several servers know: ``rdf+xml`` and the media type."""
    names = ["docx", "text/tab-separated-values", "csv"]
    response = client.get("/sparql", query_string={"query": SKILLS, "format": names})
    assert response.mimetype == "text/tab-separated-values"


@pytest.mark.parametrize("parameters", [{"format": "ttl"}, {"format": ["docx", "png"]}, {}])
def test_what_cannot_be_given_is_told_with_what_can(
    client: FlaskClient, parameters: dict[str, str | list[str]]
) -> None:
    response = client.get(
        "/sparql", query_string={"query": SKILLS, **parameters}, headers={"Accept": "image/png"}
    )
    assert response.status_code == 406
    assert response.content_type == "application/problem+json"
    assert "text/csv" in json.loads(response.data)["available"]


def test_a_download_is_a_file(client: FlaskClient) -> None:
    response = client.post("/sparql", data={"query": SKILLS, "format": "tsv", "download": "1"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="result.tsv"'


def test_the_time_that_a_query_took_is_told(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": SKILLS})
    assert response.headers["Server-Timing"] == "query;dur=1.500"


# ------------------------------------------------------------------------------- the dataset


def test_the_default_graph_is_all_there_is(client: FlaskClient) -> None:
    assert skills(client.get("/sparql", query_string={"query": SKILLS})) == ALL


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_protocol_chooses_the_default_graph(client: FlaskClient, method: str) -> None:
    parameters = {"query": SKILLS, "default-graph-uri": INFERRED}
    if method == "get":
        response = client.get("/sparql", query_string=parameters)
    else:
        response = client.post("/sparql", data=parameters)
    assert skills(response) == ["mathematics"]


def test_a_graph_may_be_named_beside_a_query_in_the_body(client: FlaskClient) -> None:
    response = client.post(
        "/sparql",
        query_string={"default-graph-uri": INFERRED},
        data=SKILLS,
        content_type=QUERY,
    )
    assert skills(response) == ["mathematics"]


def test_several_graphs_are_merged(client: FlaskClient) -> None:
    both = {"query": SKILLS, "default-graph-uri": [ASSERTED, INFERRED]}
    assert skills(client.get("/sparql", query_string=both)) == ALL


def test_the_protocol_wins_over_from(client: FlaskClient) -> None:
    text = SKILLS.replace("WHERE", f"FROM <{ASSERTED}> WHERE")
    parameters = {"query": text, "default-graph-uri": INFERRED}
    assert skills(client.get("/sparql", query_string=parameters)) == ["mathematics"]


def test_a_named_graph_is_passed_on(client: FlaskClient) -> None:
    text = SKILLS.replace("{", "{ GRAPH ?g {").replace("}", "} }")
    parameters = {"query": text, "named-graph-uri": INFERRED}
    assert skills(client.get("/sparql", query_string=parameters)) == ["mathematics"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"query": SKILLS, "default-graph-uri": "http://example.org/secret"},
        {"query": SKILLS, "named-graph-uri": "http://127.0.0.1/secret"},
        {"query": SKILLS, "default-graph-uri": "no IRI"},
        {"query": SKILLS.replace("WHERE", "FROM <http://127.0.0.1:1/x> WHERE")},
        {"query": SKILLS.replace("WHERE", "FROM NAMED <file:///etc/passwd> WHERE")},
    ],
)
def test_an_unknown_graph_is_refused_and_nothing_is_fetched(
    client: FlaskClient, parameters: dict[str, str]
) -> None:
    response = client.get("/sparql", query_string=parameters)
    assert response.status_code == 400
    assert json.loads(response.data)["graphs"] == [ASSERTED, INFERRED]


# ------------------------------------------------------------------------------ what is wrong


def test_a_program_without_a_query_is_told_how_to_ask(client: FlaskClient) -> None:
    rows = {"Accept": "application/sparql-results+json"}
    for response in (
        client.get("/sparql", headers=rows),
        client.post("/sparql"),
        client.open("/sparql", method="QUERY"),
        client.get("/sparql?query="),
    ):
        assert response.status_code == 400
        assert "GET /sparql?query=" in json.loads(response.data)["hint"]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [("update=CLEAR+ALL", FORM), ("CLEAR ALL", "application/sparql-update")],
)
def test_an_update_is_refused(client: FlaskClient, data: str, content_type: str) -> None:
    response = client.post("/sparql", data=data, content_type=content_type)
    assert response.status_code == 403
    assert "read only" in json.loads(response.data)["detail"]


def test_an_update_in_the_place_of_a_query_is_refused(
    client: FlaskClient, engine: LocalEngine
) -> None:
    before = engine.store.count()
    for text in ("CLEAR ALL", "INSERT DATA { <a:b> <a:b> <a:b> }", "LOAD <http://127.0.0.1:1/x>"):
        assert client.post("/sparql", data={"query": text}).status_code in (400, 403)
    assert engine.store.count() == before


def test_two_queries_in_one_request_are_refused(client: FlaskClient) -> None:
    twice = {"query": [SKILLS, SKILLS]}
    responses = (
        client.get("/sparql", query_string=twice),
        client.post("/sparql", data=twice),
        client.post("/sparql", query_string={"query": SKILLS}, data={"query": SKILLS}),
        client.post("/sparql", query_string={"query": SKILLS}, data=SKILLS, content_type=QUERY),
    )
    for response in responses:
        assert response.status_code == 400
        assert "2 times" in json.loads(response.data)["detail"]


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"query=%FF", FORM),
        (b"query=%ED%A0%80", FORM),
        (b"query=\xff", FORM),
        (b"query=ASK%00{}", FORM),
        (b"ASK { \xff }", QUERY),
        (b"ASK {\0}", QUERY),
        ("ASK { ?s ?p 'ü' }".encode("latin-1"), QUERY),
        (b"&".join([b"a=b"] * 2000), FORM),
    ],
)
def test_what_is_no_text_is_refused(client: FlaskClient, data: bytes, content_type: str) -> None:
    response = client.post("/sparql", data=data, content_type=content_type)
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize("bad", ["%FF", "%00", "%ED%A0%80"])
def test_what_is_no_text_in_the_address_is_refused(client: FlaskClient, bad: str) -> None:
    assert client.get(f"/sparql?query=ASK{bad}").status_code == 400


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/json",
        "",
        f"{QUERY}; charset=latin-1",
        f"{FORM}; charset=utf-16",
    ],
)
def test_a_body_of_another_kind_is_refused(client: FlaskClient, content_type: str) -> None:
    response = client.post("/sparql", data=b"ASK {}", content_type=content_type)
    assert response.status_code == 415
    assert QUERY in json.loads(response.data)["available"]


@pytest.mark.parametrize("content_type", [QUERY, FORM])
def test_a_body_over_the_limit_is_refused(client: FlaskClient, content_type: str) -> None:
    body = b"query=ASK {} #" + b"x" * 100_000
    response = client.post("/sparql", data=body, content_type=content_type)
    assert response.status_code == 413
    assert json.loads(response.data)["limit"] == 100_000


def test_a_chunked_body_over_the_limit_is_refused(client: FlaskClient) -> None:
    response = client.post(
        "/sparql",
        input_stream=io.BytesIO(b"query=ASK {} #" + b"x" * 100_000),
        content_type=QUERY,
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )
    assert response.status_code == 413


def test_a_chunked_body_within_the_limit_is_read(client: FlaskClient) -> None:
    response = client.post(
        "/sparql",
        input_stream=io.BytesIO(SKILLS.encode()),
        content_type=QUERY,
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )
    assert skills(response) == ALL


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_told_which_there_are(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST", "QUERY"}
    assert json.loads(response.data)["status"] == 405


def test_a_syntax_error_has_its_place(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?s ?p , }"})
    assert response.status_code == 400
    assert json.loads(response.data)["line"] == 2


def test_federation_is_refused(client: FlaskClient) -> None:
    text = "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    assert client.get("/sparql", query_string={"query": text}).status_code == 403


@pytest.mark.parametrize("given", ["0", "-1", "nan", "inf", "1e999", "soon"])
def test_a_timeout_that_is_none_is_refused(client: FlaskClient, given: str) -> None:
    response = client.get("/sparql", query_string={"query": "ASK {}", "timeout": given})
    assert response.status_code == 400
    assert given in json.loads(response.data)["detail"]


def test_a_timeout_is_passed_on(client: FlaskClient, engine: LocalEngine) -> None:
    client.get("/sparql", query_string={"query": "ASK {}", "timeout": "0.5"})
    assert engine.timeouts[-1] == 0.5


def test_unknown_parameters_are_ignored(client: FlaskClient) -> None:
    parameters = {"query": SKILLS, "debug": "on", "_": "123"}
    assert skills(client.get("/sparql", query_string=parameters)) == ALL
