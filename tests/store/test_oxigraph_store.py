"""The embedded store: datasets, formats, the union default graph, replacing a graph."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from mlroles import vocab
from mlroles.errors import (
    BadRequestError,
    KnowledgeError,
    NotAcceptableError,
    QuerySyntaxError,
)
from mlroles.store import QueryRequest
from mlroles.store.media import GRAPH_FORMS, MEDIA_TYPES, RESULT_FORMS
from mlroles.store.oxigraph import OxigraphStore

E = "http://example.org/"
ASSERTED = f"<{E}s> <{E}p> <{E}a> .\n<{E}a> <{E}p> <{E}b> .\n_:n <{E}p> <{E}b> .\n".encode()
INFERRED = f"<{E}s> <{E}q> <{E}b> .\n_:n <{E}q> <{E}b> .\n".encode()


@pytest.fixture
def store() -> OxigraphStore:
    return OxigraphStore.from_ntriples(ASSERTED, INFERRED)


def run(store: OxigraphStore, text: str, media_type: str = "text/csv", **dataset: Any) -> bytes:
    out = io.BytesIO()
    store.query(QueryRequest(text, media_type, **dataset), out)
    return out.getvalue()


def rows(store: OxigraphStore, text: str, **dataset: Any) -> list[str]:
    """Return the sorted rows of a query of one variable."""
    return sorted(run(store, text, **dataset).decode().split("\r\n")[1:-1])


COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


# ---- the union default graph


def test_the_default_graph_is_the_union_of_the_named_graphs(store: OxigraphStore) -> None:
    assert rows(store, COUNT) == ["5"]
    assert (store.count(), store.count(vocab.ASSERTED), store.count(vocab.INFERRED)) == (5, 3, 2)
    assert store.graphs() == (vocab.ASSERTED, vocab.INFERRED)


def test_a_triple_in_two_graphs_is_one_triple_of_the_union() -> None:
    both = OxigraphStore.from_ntriples(ASSERTED, ASSERTED)
    assert rows(both, COUNT) == ["3"]
    assert rows(both, f"SELECT ?o WHERE {{ <{E}s> ?p ?o }}") == [f"{E}a"]
    assert run(both, f"DESCRIBE <{E}s>", "application/n-triples").count(b"\n") == 1
    assert rows(both, f"SELECT ?o WHERE {{ <{E}s> <{E}p>+ ?o }}") == [f"{E}a", f"{E}b"]
    exists = f"SELECT ?s WHERE {{ ?s <{E}p> ?o FILTER EXISTS {{ ?o <{E}p> ?x }} }}"
    assert rows(both, exists) == [f"{E}s"]


def test_a_blank_node_label_means_the_same_node_in_both_graphs(store: OxigraphStore) -> None:
    assert rows(store, f"SELECT ?s WHERE {{ ?s <{E}p> ?o ; <{E}q> ?o FILTER isBlank(?s) }}") == [
        "_:n"
    ]


def test_graph_sees_the_named_graphs_and_not_the_union(store: OxigraphStore) -> None:
    by_graph = (
        "SELECT ?n WHERE { { SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g {?s ?p ?o} } GROUP BY ?g } }"
    )
    assert rows(store, by_graph) == ["2", "3"]


def test_a_path_crosses_from_one_graph_into_another(store: OxigraphStore) -> None:
    assert rows(store, f"SELECT ?o WHERE {{ <{E}s> (<{E}p>|<{E}q>)+ ?o }}") == [f"{E}a", f"{E}b"]


def test_an_update_of_a_named_graph_shows_in_the_union(store: OxigraphStore) -> None:
    store.update(f"INSERT DATA {{ GRAPH <{vocab.INFERRED}> {{ <{E}x> <{E}p> <{E}y> }} }}")
    assert rows(store, COUNT) == ["6"]
    store.update(f"DELETE WHERE {{ GRAPH <{vocab.ASSERTED}> {{ <{E}s> ?p ?o }} }}")
    assert store.count() == 5


def test_an_update_of_the_union_itself_is_an_error_and_undone(store: OxigraphStore) -> None:
    with pytest.raises(ValueError, match="name the graph"):
        store.update(f"INSERT DATA {{ <{E}x> <{E}p> <{E}y> }}")
    assert store.count() == 5


def test_without_union_the_default_graph_is_its_own() -> None:
    plain = OxigraphStore()
    plain.replace_graph(None, [ASSERTED])
    plain.replace_graph(vocab.INFERRED, [INFERRED])
    assert (plain.count(), plain.count(vocab.INFERRED)) == (3, 2)
    plain.update(f"INSERT DATA {{ <{E}x> <{E}p> <{E}y> }}")
    assert rows(plain, COUNT) == ["4"]


def test_a_store_in_a_directory_keeps_its_triples(tmp_path: Path) -> None:
    kept = OxigraphStore(tmp_path / "store", union=True)
    kept.replace_graph(vocab.ASSERTED, [ASSERTED])
    del kept
    assert OxigraphStore(tmp_path / "store", union=True).count() == 3


# ---- the dataset of the protocol (SPARQL 1.1 Protocol, 2.1.4)


@pytest.mark.parametrize(
    ("graphs", "count"),
    [
        ({"default_graphs": (vocab.ASSERTED,)}, "3"),
        ({"default_graphs": (vocab.INFERRED,)}, "2"),
        ({"default_graphs": (vocab.ASSERTED, vocab.INFERRED)}, "5"),
        ({"default_graphs": (f"{E}unknown",)}, "0"),
        ({"named_graphs": (vocab.ASSERTED,)}, "0"),
    ],
)
def test_the_protocol_names_the_default_graph(
    store: OxigraphStore, graphs: dict[str, object], count: str
) -> None:
    assert rows(store, COUNT, **graphs) == [count]


def test_the_protocol_names_the_named_graphs(store: OxigraphStore) -> None:
    names = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert rows(store, names, named_graphs=(vocab.INFERRED,)) == [vocab.INFERRED]
    assert rows(store, names, default_graphs=(vocab.INFERRED,)) == []


def test_from_chooses_the_default_graph(store: OxigraphStore) -> None:
    text = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    assert rows(store, text.format(f"FROM <{vocab.INFERRED}>")) == ["2"]
    assert rows(store, text.format(f"FROM <{vocab.INFERRED}> FROM <{vocab.ASSERTED}>")) == ["5"]
    assert rows(store, text.format(f"FROM NAMED <{vocab.INFERRED}>")) == ["0"]


def test_the_protocol_wins_over_from(store: OxigraphStore) -> None:
    text = COUNT.replace("WHERE", f"FROM <{vocab.INFERRED}> WHERE")
    assert rows(store, text, default_graphs=(vocab.ASSERTED,)) == ["3"]
    assert rows(store, text, named_graphs=(vocab.ASSERTED,)) == ["0"]


def test_a_function_that_sparql_has_not_is_told_of(store: OxigraphStore) -> None:
    with pytest.raises(QuerySyntaxError, match=f"no function <{E}f>") as caught:
        run(store, f"SELECT (<{E}f>(?o) AS ?x)\nWHERE {{ ?s ?p ?o }}")
    assert caught.value.line == 1


def test_a_relative_graph_name_is_refused(store: OxigraphStore) -> None:
    with pytest.raises(BadRequestError) as caught:
        run(store, COUNT, default_graphs=("not-absolute",))
    assert caught.value.offending == "not-absolute"


def test_the_base_resolves_relative_iris(store: OxigraphStore) -> None:
    assert rows(store, "SELECT ?o WHERE { <s> <p> ?o }", base=E) == [f"{E}a"]


def test_a_base_that_is_no_iri_is_refused(store: OxigraphStore) -> None:
    with pytest.raises(BadRequestError) as caught:
        run(store, COUNT, base="nowhere")
    assert caught.value.offending == "nowhere"


# ---- formats

ODD = (
    '<http://example.org/s> <http://example.org/p> "tab\\t quote\\" comma, line\\n end" .\n'
    '<http://example.org/s> <http://example.org/p> "ß"@de .\n'
    "<http://example.org/s> <http://example.org/p> "
    '"7"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    "<http://example.org/s> <http://example.org/p> "
    '"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
).encode()
ODD_QUERY = "SELECT ?o ?none WHERE { ?s ?p ?o OPTIONAL { ?s <urn:none> ?none } } ORDER BY STR(?o)"


@pytest.fixture
def odd() -> OxigraphStore:
    return OxigraphStore.from_ntriples(ODD, b"")


def test_csv_is_as_the_recommendation_says(odd: OxigraphStore) -> None:
    """SPARQL 1.1 Query Results CSV and TSV, section 3: bare values, CRLF, RFC 4180 quoting."""
    written = run(odd, ODD_QUERY).decode()
    assert written.startswith("o,none\r\n2020-01-01,\r\n7,\r\n")
    assert '"tab\t quote"" comma, line\n end",\r\n' in written
    assert len(list(csv.reader(io.StringIO(written, newline="")))) == 5


def test_tsv_is_as_the_recommendation_says(odd: OxigraphStore) -> None:
    """Section 4: variables with ?, terms as in Turtle, tabs and line ends escaped, LF."""
    lines = run(odd, ODD_QUERY, "text/tab-separated-values").decode().split("\n")
    assert lines == [
        "?o\t?none",
        '"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>\t',
        "7\t",
        '"tab\\t quote\\" comma, line\\n end"\t',
        '"ß"@de\t',
        "",
    ]


def test_json_leaves_the_unbound_out(odd: OxigraphStore) -> None:
    document = json.loads(run(odd, ODD_QUERY, "application/sparql-results+json"))
    assert document["head"]["vars"] == ["o", "none"]
    assert document["results"]["bindings"][3] == {
        "o": {"type": "literal", "value": "ß", "xml:lang": "de"}
    }


def test_xml_is_well_formed(odd: OxigraphStore) -> None:
    tree = ET.fromstring(run(odd, ODD_QUERY, "application/sparql-results+xml"))  # noqa: S314 - our own
    results = tree.findall(".//{http://www.w3.org/2005/sparql-results#}result")
    assert len(results) == 4


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/sparql-results+json", b'{"head":{},"boolean":true}'),
        ("text/csv", b"true"),
        ("text/tab-separated-values", b"true"),
    ],
)
def test_a_boolean_has_every_results_format(
    store: OxigraphStore, media_type: str, expected: bytes
) -> None:
    assert run(store, "ASK {}", media_type) == expected


GRAPH_MEDIA = [media.name for media in MEDIA_TYPES if media.forms == GRAPH_FORMS]


@pytest.mark.parametrize("media_type", GRAPH_MEDIA)
@pytest.mark.parametrize(
    "text", ["CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{E}s> <{E}a> ?n WHERE {{ ?n <{E}q> ?o }}"]
)
def test_a_graph_reads_back_the_same_from_every_format(
    store: OxigraphStore, media_type: str, text: str
) -> None:
    rdf_format = ox.RdfFormat.from_media_type(media_type)
    read = ox.Dataset(ox.parse(run(store, text, media_type), rdf_format))
    expected = ox.Dataset(ox.parse(ASSERTED + INFERRED, ox.RdfFormat.N_TRIPLES))
    for dataset in (read, expected):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert read == expected


@pytest.mark.parametrize("media_type", GRAPH_MEDIA)
def test_the_same_result_is_the_same_bytes(media_type: str) -> None:
    role = f"{vocab.PREFIXES['role']}x"
    data = "".join(f"<{role}> <{ns}p> <{ns}o> .\n" for ns in vocab.PREFIXES.values()).encode()
    written = {
        run(OxigraphStore.from_ntriples(data, b""), f"DESCRIBE <{role}>", media_type)
        for _ in range(5)
    }
    assert len(written) == 1


def test_turtle_is_shortened_by_our_prefixes() -> None:
    triple = f"<{vocab.PREFIXES['role']}x> <{vocab.MLR}requiresSkill> <{vocab.MLR}y> .\n".encode()
    written = run(
        OxigraphStore.from_ntriples(triple, b""), "CONSTRUCT WHERE {?s ?p ?o}", "text/turtle"
    )
    assert b"role:x mlr:requiresSkill mlr:y ." in written
    assert written.count(b"@prefix") == 2


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("CONSTRUCT WHERE {?s ?p ?o}", "application/rdf+xml"),
        ("SELECT ?o {?s ?p ?o}", "application/sparql-results+xml"),
    ],
)
def test_a_carriage_return_survives_xml(text: str, media_type: str) -> None:
    content = rb'<http://e/s> <http://e/p> "one\r\ntwo\rthree" .' + b"\n"
    written = run(OxigraphStore.from_ntriples(content, b""), text, media_type)
    assert b"one&#13;\ntwo&#13;three" in written
    texts = [element.text for element in ET.fromstring(written).iter()]  # noqa: S314 - our own
    assert "one\r\ntwo\rthree" in texts


def test_rdf_xml_refuses_a_property_that_it_cannot_name() -> None:
    odd_property = OxigraphStore.from_ntriples(b"<urn:s> <http://e/1> <urn:o> .\n", b"")
    with pytest.raises(NotAcceptableError) as caught:
        run(odd_property, "CONSTRUCT WHERE {?s ?p ?o}", "application/rdf+xml")
    assert caught.value.offending == "http://e/1"


@pytest.mark.parametrize(
    ("text", "forms"),
    [("ASK {}", GRAPH_FORMS), ("SELECT * {}", GRAPH_FORMS), ("DESCRIBE <urn:x>", RESULT_FORMS)],
)
def test_a_format_of_another_form_is_not_acceptable(
    store: OxigraphStore, text: str, forms: tuple[str, ...]
) -> None:
    for media in MEDIA_TYPES:
        if media.forms == forms:
            with pytest.raises(NotAcceptableError) as caught:
                run(store, text, media.name)
            assert media.name not in str(caught.value.extra["available"])


# ---- errors


def test_a_syntax_error_names_its_place(store: OxigraphStore) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        run(store, "SELECT ?s\nWHERE { ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 15)


def test_half_a_surrogate_pair_is_a_syntax_error_with_its_place(store: OxigraphStore) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        run(store, "SELECT ?s\nWHERE { ?s ?p '\ud800' }")
    assert (caught.value.line, caught.value.column) == (2, 16)


def test_a_bad_update_is_a_syntax_error(store: OxigraphStore) -> None:
    with pytest.raises(QuerySyntaxError):
        store.update("INSERT NONSENSE")


# ---- replacing a graph


def test_replacing_puts_the_new_in_the_place_of_the_old(store: OxigraphStore) -> None:
    store.replace_graph(vocab.ASSERTED, [b"<urn:x> <urn:y> ", b"<urn:z> .\n"])
    assert rows(store, f"SELECT ?s WHERE {{ GRAPH <{vocab.ASSERTED}> {{ ?s ?p ?o }} }}") == [
        "urn:x"
    ]
    assert store.count() == 3


def test_replacing_by_nothing_empties_the_graph(store: OxigraphStore) -> None:
    store.replace_graph(vocab.ASSERTED, [])
    assert (store.count(vocab.ASSERTED), store.count()) == (0, 2)


def test_a_bad_replacement_changes_nothing(store: OxigraphStore) -> None:
    with pytest.raises(KnowledgeError) as caught:
        store.replace_graph(
            vocab.ASSERTED, [b"<urn:x> <urn:y> <urn:z> .\n", b"<urn:x> nonsense .\n"]
        )
    assert caught.value.line == 2
    assert (store.count(vocab.ASSERTED), store.count()) == (3, 5)
    assert store.graphs() == (vocab.ASSERTED, vocab.INFERRED)


def test_the_union_itself_cannot_be_replaced(store: OxigraphStore) -> None:
    with pytest.raises(ValueError, match="union"):
        store.replace_graph(None, [ASSERTED])
