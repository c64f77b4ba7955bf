"""SPARQL 1.1 Protocol, section by section (https://www.w3.org/TR/sparql11-protocol/)."""

import gzip
from urllib.parse import urlencode

import pytest

from mlroles.vocab import ASSERTED, BASE, INFERRED
from requesting import FORM, JSON, QUERY, Answer, Ask

ROLE = f"{BASE}role/ml-engineer"
MLR = f"{BASE}ontology#"
REQUIRED = f"SELECT (COUNT(*) AS ?n) {{ ?role <{MLR}requiresSkill> ?skill }}"
LABEL = f"SELECT ?label {{ <{ROLE}> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"
GRAPH_OF = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ <{ROLE}> ?p ?o }} }} ORDER BY ?g"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{ROLE}> ?p ?o }}"
DESCRIBE = f"DESCRIBE <{ROLE}>"

RESULTS = [JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
GRAPHS = [
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
    "application/trig",
    "application/n-quads",
]


def send(ask: Ask, how: str, parameters: list[tuple[str, str]], **headers: str) -> Answer:
    """Send a query operation in one of the forms of section 2.1; its first parameter is the query."""
    if how == "GET":
        return ask("GET", "/sparql", parameters, **headers)
    method, _, kind = how.partition(" ")
    if kind == FORM:
        return ask(method, "/sparql", (), urlencode(parameters), Content_Type=FORM, **headers)
    (_, text), *others = parameters
    return ask(method, "/sparql", others, text, Content_Type=QUERY, **headers)


FORMS = ["GET", f"POST {FORM}", f"POST {QUERY}", f"QUERY {FORM}", f"QUERY {QUERY}"]


@pytest.mark.parametrize("how", FORMS)
def test_2_1_a_query_is_answered_in_each_form(ask: Ask, how: str) -> None:
    assert send(ask, how, [("query", LABEL)]).column("label") == ["ML engineer"]


def test_2_1_1_a_query_by_get_is_percent_encoded(ask: Ask) -> None:
    answer = ask("GET", "/sparql", [("query", 'SELECT ("a+b & ü%41 #" AS ?x) {}')])
    assert answer.column("x") == ["a+b & ü%41 #"]


def test_2_1_1_a_plus_in_an_address_is_a_space(ask: Ask) -> None:
    assert ask("GET", "/sparql?query=SELECT+(1+AS+?x)+%7B%7D").column("x") == ["1"]


def test_2_1_1_head_has_the_headers_of_get_and_no_body(ask: Ask) -> None:
    text = LABEL.replace("label", "title")  # asked nowhere else, so that no answer is kept of it
    headed = ask("HEAD", "/sparql", [("query", text)])
    got = ask("GET", "/sparql", [("query", text)])
    assert (headed.status, headed.body) == (200, b"")
    assert headed.headers.get("content-length", got.headers["content-length"]) != "0"
    for name in ("content-type", "cache-control", "access-control-allow-origin"):
        assert headed.headers[name] == got.headers[name]


def test_2_1_2_the_dataset_is_in_the_form_as_well(ask: Ask) -> None:
    parameters = [("query", REQUIRED), ("default-graph-uri", ASSERTED)]
    assert send(ask, f"POST {FORM}", parameters).column("n") == ["0"]


def test_2_1_3_the_dataset_is_in_the_address_of_a_direct_post(ask: Ask) -> None:
    parameters = [("query", REQUIRED), ("default-graph-uri", ASSERTED)]
    assert send(ask, f"POST {QUERY}", parameters).column("n") == ["0"]


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "us-ascii"])
def test_2_1_3_a_query_in_utf_8_is_read(ask: Ask, charset: str) -> None:
    kind = f"{QUERY}; charset={charset}"
    assert ask("POST", "/sparql", (), LABEL, Content_Type=kind).column("label") == ["ML engineer"]


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "windows-1252", "x"])
def test_2_1_3_a_query_in_another_charset_is_refused_by_415(ask: Ask, charset: str) -> None:
    answer = ask("POST", "/sparql", (), LABEL, Content_Type=f"{QUERY}; charset={charset}")
    assert answer.status == 415
    assert answer.json()["available"] == [QUERY, FORM]


@pytest.mark.parametrize("how", FORMS)
@pytest.mark.parametrize("iri", [ASSERTED, INFERRED])
def test_2_1_4_the_protocol_s_dataset_wins_over_from(ask: Ask, how: str, iri: str) -> None:
    other = {ASSERTED: INFERRED, INFERRED: ASSERTED}[iri]
    text = REQUIRED.replace("{", f"FROM <{other}> {{", 1)
    alone = ask("GET", "/sparql", [("query", REQUIRED.replace("{", f"FROM <{iri}> {{", 1))])
    asked = send(ask, how, [("query", text), ("default-graph-uri", iri)])
    assert (
        asked.column("n")
        == alone.column("n")
        != ask("GET", "/sparql", [("query", text)]).column("n")
    )


def test_2_1_4_named_graphs_are_those_that_are_named(ask: Ask) -> None:
    assert ask("GET", "/sparql", [("query", GRAPH_OF)]).column("g") == [ASSERTED, INFERRED]
    for graphs in ([ASSERTED], [INFERRED], [ASSERTED, INFERRED]):
        named = [("named-graph-uri", iri) for iri in graphs]
        assert ask("GET", "/sparql", [("query", GRAPH_OF), *named]).column("g") == graphs


def test_2_1_4_the_default_graph_is_empty_where_only_named_graphs_are_named(ask: Ask) -> None:
    assert ask("GET", "/sparql", [("query", REQUIRED), ("named-graph-uri", INFERRED)]).column(
        "n"
    ) == ["0"]


def test_2_1_4_several_default_graphs_are_merged(ask: Ask) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    both = [("default-graph-uri", ASSERTED), ("default-graph-uri", INFERRED)]
    merged = ask("GET", "/sparql", [("query", count), *both]).column("n")
    assert merged == ask("GET", "/sparql", [("query", count)]).column("n")


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_2_1_4_a_graph_that_is_not_here_is_told_with_those_that_are(ask: Ask, name: str) -> None:
    answer = ask("GET", "/sparql", [("query", LABEL), (name, "http://127.0.0.1:1/x")])
    assert answer.status == 400
    assert answer.json()["graphs"] == [ASSERTED, INFERRED]


@pytest.mark.parametrize("kind", RESULTS)
def test_2_1_5_solutions_come_in_each_format(ask: Ask, kind: str) -> None:
    answer = ask("GET", "/sparql", [("query", LABEL)], Accept=kind)
    assert (answer.status, answer.type) == (200, kind)
    assert "ML engineer" in answer.text
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("kind", RESULTS)
def test_2_1_5_a_boolean_comes_in_each_format(ask: Ask, kind: str) -> None:
    answer = ask("GET", "/sparql", [("query", "ASK {}")], Accept=kind)
    assert (answer.status, answer.type) == (200, kind)
    assert "true" in answer.text


@pytest.mark.parametrize("kind", GRAPHS)
@pytest.mark.parametrize("text", [CONSTRUCT, DESCRIBE])
def test_2_1_5_a_graph_comes_in_each_format(ask: Ask, text: str, kind: str) -> None:
    answer = ask("GET", "/sparql", [("query", text)], Accept=kind)
    assert answer.type == kind
    assert ROLE in {getattr(triple.subject, "value", "") for triple in answer.triples()}


@pytest.mark.parametrize(
    "accept", ["image/png", "text/turtle", "text/csv;q=0", "text/csv;header=absent"]
)
def test_2_1_5_what_cannot_be_given_is_a_406_with_what_can(ask: Ask, accept: str) -> None:
    answer = ask("GET", "/sparql", [("query", LABEL)], Accept=accept)
    assert answer.status == 406
    assert answer.json()["available"] == [*RESULTS, "text/html"]


def test_2_1_5_without_a_wish_solutions_are_json_and_graphs_turtle(ask: Ask) -> None:
    assert ask("GET", "/sparql", [("query", LABEL)]).type == JSON
    assert ask("GET", "/sparql", [("query", CONSTRUCT)]).type == "text/turtle"


@pytest.mark.parametrize(
    ("suffix", "text", "kind"),
    [
        *zip(("json", "xml", "csv", "tsv"), [LABEL] * 4, RESULTS, strict=True),
        *zip(("ttl", "nt", "jsonld", "rdf", "trig", "nq"), [DESCRIBE] * 6, GRAPHS, strict=True),
        ("html", LABEL, "text/html"),
    ],
)
@pytest.mark.parametrize("how", ["/sparql.{}", "/sparql?format={}", "/sparql?output={}"])
def test_2_1_5_who_can_set_no_header_writes_the_format_into_the_address(
    ask: Ask, how: str, suffix: str, text: str, kind: str
) -> None:
    path = how.format(suffix)
    path += ("&" if "?" in path else "?") + urlencode({"query": text})
    answer = ask("GET", path, Accept="image/png")
    assert (answer.status, answer.type) == (200, kind)


def test_2_1_5_a_suffix_that_is_no_format_is_told_with_those_there_are(ask: Ask) -> None:
    answer = ask("GET", "/sparql.docx", [("query", LABEL)])
    assert answer.status == 404
    assert "/sparql.csv" in answer.json()["hint"]


@pytest.mark.parametrize(
    "text", ["SELECT ?x { <a:a> <a:b> ?x }", "SELECT * {}", "ASK { <a:a> ?b ?c }"]
)
@pytest.mark.parametrize("kind", RESULTS)
def test_2_1_6_nothing_found_is_a_success(ask: Ask, kind: str, text: str) -> None:
    assert ask("GET", "/sparql", [("query", text)], Accept=kind).status == 200


def test_2_1_6_a_description_of_nothing_is_an_empty_graph(ask: Ask) -> None:
    assert ask("GET", "/sparql", [("query", "DESCRIBE <a:nothing>")]).triples() == set()


@pytest.mark.parametrize("how", FORMS)
def test_2_1_7_a_malformed_query_is_a_400_with_its_place(ask: Ask, how: str) -> None:
    answer = send(ask, how, [("query", "SELECT *\nWHERE { ?s ?p , }")])
    assert answer.status == 400
    assert (answer.type, answer.json()["line"]) == ("application/problem+json", 2)


@pytest.mark.parametrize("how", FORMS)
def test_2_1_7_what_the_endpoint_does_not_do_is_a_403(ask: Ask, how: str) -> None:
    answer = send(ask, how, [("query", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")])
    assert answer.status == 403


def test_2_1_7_two_queries_in_one_request_are_a_400(ask: Ask) -> None:
    twice = [("query", LABEL), ("query", LABEL)]
    for method in ("POST", "QUERY"):
        beside = ask(method, "/sparql", twice[:1], LABEL, Content_Type=QUERY)
        assert beside.status == 400
        assert ask(method, "/sparql", (), urlencode(twice), Content_Type=FORM).status == 400
    assert ask("GET", "/sparql", twice).status == 400


@pytest.mark.parametrize("method", ["POST", "QUERY"])
def test_2_1_7_a_body_of_another_type_is_a_415(ask: Ask, method: str) -> None:
    answer = ask(method, "/sparql", (), "{}", Content_Type="application/json")
    assert answer.status == 415


def test_2_1_7_a_compressed_body_is_a_415(ask: Ask) -> None:
    body = gzip.compress(LABEL.encode())
    answer = ask("POST", "/sparql", (), body, Content_Type=QUERY, Content_Encoding="gzip")
    assert answer.status == 415
    assert "gzip" in answer.json()["detail"]


@pytest.mark.parametrize("method", ["POST", "QUERY"])
def test_2_1_7_a_body_over_the_limit_is_a_413(ask: Ask, method: str) -> None:
    answer = ask(method, "/sparql", (), "#" * 100_001, Content_Type=QUERY)
    assert answer.status == 413
    assert answer.json()["limit"] == 100_000


def test_2_1_7_an_address_over_the_limit_is_a_414(ask: Ask) -> None:
    answer = ask("GET", "/sparql?query=" + "x" * 500_000)
    assert (answer.status, answer.type) == (414, "application/problem+json")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_2_1_7_another_method_is_a_405_with_those_there_are(ask: Ask, method: str) -> None:
    answer = ask(method, "/sparql")
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST", "QUERY"}
    assert answer.headers["allow"] in answer.json()["hint"]


def test_2_1_7_parameters_that_are_not_known_are_ignored(ask: Ask) -> None:
    answer = ask("GET", "/sparql", [("query", LABEL), ("debug", "on"), ("_", "1")])
    assert answer.column("label") == ["ML engineer"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [("update=CLEAR+ALL", FORM), ("CLEAR ALL", "application/sparql-update"), ("CLEAR ALL", QUERY)],
)
def test_2_2_an_update_is_refused(ask: Ask, body: str, kind: str) -> None:
    assert ask("POST", "/sparql", (), body, Content_Type=kind).status == 403


def test_cors_a_browser_s_script_of_another_site_may_ask(ask: Ask) -> None:
    asked = ask(
        "OPTIONS",
        "/sparql",
        Origin="https://example.org",
        Access_Control_Request_Method="QUERY",
        Access_Control_Request_Headers="content-type",
    )
    assert asked.status == 200
    assert asked.headers["access-control-allow-origin"] == "*"
    assert {"GET", "POST", "QUERY"} <= set(
        asked.headers["access-control-allow-methods"].split(", ")
    )
    assert "Content-Type" in asked.headers["access-control-allow-headers"]
    answer = ask("GET", "/sparql", [("query", LABEL)], Origin="https://example.org")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Server-Timing" in answer.headers["access-control-expose-headers"]


def test_http_options_says_what_a_query_may_bring(ask: Ask) -> None:
    answer = ask("OPTIONS", "/sparql")
    assert answer.headers["accept-query"] == f'"{QUERY}", "{FORM}"'
    assert "QUERY" in answer.headers["allow"]


# ------------------------------------------------- the examples of section 3, about our graph


def test_3_1_1_select_with_the_service_s_dataset(ask: Ask) -> None:
    assert ask("GET", "/sparql", [("query", LABEL)]).column("label") == ["ML engineer"]


def test_3_1_2_select_with_a_simple_dataset(ask: Ask) -> None:
    parameters = [("query", LABEL), ("default-graph-uri", ASSERTED)]
    assert ask("GET", "/sparql", parameters).column("label") == ["ML engineer"]


def test_3_1_3_construct_with_a_simple_dataset_and_content_negotiation(ask: Ask) -> None:
    parameters = [("query", CONSTRUCT), ("default-graph-uri", ASSERTED)]
    accept = "text/turtle;q=0.5, application/rdf+xml"
    answer = ask("GET", "/sparql", parameters, Accept=accept)
    assert answer.type == "application/rdf+xml"
    assert answer.triples()


def test_3_1_4_ask_with_a_simple_dataset(ask: Ask) -> None:
    parameters = [("query", f"ASK {{ <{ROLE}> ?p ?o }}"), ("default-graph-uri", ASSERTED)]
    assert ask("GET", "/sparql", parameters).json() == {"head": {}, "boolean": True}


def test_3_1_5_describe_with_a_simple_dataset(ask: Ask) -> None:
    answer = ask("GET", "/sparql", [("query", DESCRIBE), ("default-graph-uri", INFERRED)])
    assert f"<{ROLE}>" in {str(triple.subject) for triple in answer.triples()}


def test_3_1_6_select_with_a_complex_dataset(ask: Ask) -> None:
    text = f"SELECT ?g {{ <{ROLE}> ?p [] . GRAPH ?g {{ <{ROLE}> ?p ?o }} }} LIMIT 1"
    dataset = [("default-graph-uri", INFERRED), ("named-graph-uri", INFERRED)]
    assert ask("GET", "/sparql", [("query", text), *dataset]).column("g") == [INFERRED]


def test_3_1_7_select_with_the_query_s_own_dataset(ask: Ask) -> None:
    text = REQUIRED.replace("{", f"FROM <{ASSERTED}> {{", 1)
    assert ask("GET", "/sparql", [("query", text)]).column("n") == ["0"]


def test_3_1_9_select_with_a_malformed_query(ask: Ask) -> None:
    answer = ask("GET", "/sparql", [("query", "SELECT ?x WHERE { ?x ?y }")])
    assert (answer.status, answer.json()["title"]) == (400, "The query has a syntax error")


def test_3_1_11_a_very_long_select_by_post(ask: Ask) -> None:
    iris = " ".join(f"<http://example.org/{n}>" for n in range(1500))
    text = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {iris} }} }}"
    assert send(ask, f"POST {FORM}", [("query", text)]).column("n") == ["1500"]


def test_3_1_13_select_with_characters_of_the_whole_world(ask: Ask) -> None:
    text = 'SELECT ?食べる { VALUES ?食べる { "鰻を 🍣" } }'
    for how in FORMS:
        assert send(ask, how, [("query", text)]).column("食べる") == ["鰻を 🍣"]


def test_query_4_1_1_a_relative_iri_is_of_our_namespace(ask: Ask) -> None:
    """Without BASE, the base is as RFC 3986, 5.1, has it; here the default base."""
    text = LABEL.replace(BASE, "")
    assert "<role/ml-engineer>" in text
    assert ask("GET", "/sparql", [("query", text)]).column("label") == ["ML engineer"]
    text = REQUIRED.replace("{", "FROM <graph/asserted> {", 1)
    assert ask("GET", "/sparql", [("query", text)]).column("n") == ["0"]
