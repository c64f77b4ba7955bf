"""The result formats of SPARQL 1.1, section by section, as they come over the wire."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from mlroles.terms import Blank, Iri, Literal, Term, parse
from mlroles.vocab import BASE, XSD
from requesting import Ask

#: One of each kind of term, and of each character that a format must escape; ?none is unbound.
TERMS = r"""SELECT ?iri ?node ?text ?tagged ?integer ?decimal ?double ?other ?none {
  BIND(<http://e/?a=b&c='d'> AS ?iri) BIND(BNODE() AS ?node)
  BIND("a,\"b\"\t<c>\r\n&\\" AS ?text) BIND("grün 🍣"@de-CH AS ?tagged)
  BIND(7 AS ?integer) BIND(1.50 AS ?decimal) BIND(1e3 AS ?double)
  BIND("2026-11-24"^^<http://www.w3.org/2001/XMLSchema#date> AS ?other) }"""
NAMES = TERMS.split("{", 1)[0].replace("SELECT", "").replace("?", "").split()
TEXT = 'a,"b"\t<c>\r\n&\\'
_RESULTS = "{http://www.w3.org/2005/sparql-results#}"


def get(ask: Ask, text: str, suffix: str) -> bytes:
    answer = ask("GET", f"/sparql.{suffix}", [("query", text)])
    assert answer.status == 200, answer.text
    return answer.body


# -------------------------------------------------------------- SPARQL 1.1 Query Results JSON


def test_json_3_1_the_head_names_the_variables_in_order(ask: Ask) -> None:
    assert json.loads(get(ask, TERMS, "json"))["head"] == {"vars": NAMES}


def test_json_3_2_1_an_unbound_variable_is_left_out(ask: Ask) -> None:
    (row,) = json.loads(get(ask, TERMS, "json"))["results"]["bindings"]
    assert list(row) == NAMES[:-1]


def test_json_3_2_2_each_kind_of_term(ask: Ask) -> None:
    (row,) = json.loads(get(ask, TERMS, "json"))["results"]["bindings"]
    assert row["iri"] == {"type": "uri", "value": "http://e/?a=b&c='d'"}
    assert row["node"]["type"] == "bnode"
    assert row["text"] == {"type": "literal", "value": TEXT}
    assert row["tagged"]["value"] == "grün 🍣"
    assert row["tagged"]["xml:lang"].lower() == "de-ch"
    assert row["integer"] == {"type": "literal", "value": "7", "datatype": f"{XSD}integer"}
    assert row["other"]["datatype"] == f"{XSD}date"


def test_json_3_3_a_boolean(ask: Ask) -> None:
    assert json.loads(get(ask, "ASK {}", "json")) == {"head": {}, "boolean": True}
    assert json.loads(get(ask, "ASK { FILTER(false) }", "json"))["boolean"] is False


def test_json_no_solution_has_its_columns(ask: Ask) -> None:
    found = json.loads(get(ask, "SELECT ?b ?a { FILTER(false) }", "json"))
    assert found == {"head": {"vars": ["b", "a"]}, "results": {"bindings": []}}


# --------------------------------------------------------------- SPARQL Query Results XML


def test_xml_2_2_the_head_names_the_variables_in_order(ask: Ask) -> None:
    root = ET.fromstring(get(ask, TERMS, "xml"))  # noqa: S314 - our own server's
    assert [it.get("name") for it in root.iter(f"{_RESULTS}variable")] == NAMES


def test_xml_2_3_1_each_kind_of_term(ask: Ask) -> None:
    root = ET.fromstring(get(ask, TERMS, "xml"))  # noqa: S314 - our own server's
    found = {it.get("name"): it[0] for it in root.iter(f"{_RESULTS}binding")}
    assert list(found) == NAMES[:-1]
    assert found["iri"].text == "http://e/?a=b&c='d'"
    assert found["node"].tag == f"{_RESULTS}bnode"
    assert found["text"].text == TEXT
    assert found["tagged"].get("{http://www.w3.org/XML/1998/namespace}lang", "").lower() == "de-ch"
    assert found["other"].get("datatype") == f"{XSD}date"


def test_xml_2_3_2_a_boolean(ask: Ask) -> None:
    root = ET.fromstring(get(ask, "ASK {}", "xml"))  # noqa: S314 - our own server's
    assert root.findtext(f"{_RESULTS}boolean") == "true"


# ---------------------------------------------------- SPARQL 1.1 Query Results CSV and TSV


def test_csv_3_the_media_type_tells_charset_and_header(ask: Ask) -> None:
    answer = ask("GET", "/sparql", [("query", TERMS)], Accept="text/csv; header=present")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"


def test_csv_3_1_the_header_has_the_names_without_question_marks(ask: Ask) -> None:
    assert get(ask, TERMS, "csv").partition(b"\r\n")[0] == ",".join(NAMES).encode()


def test_csv_3_2_terms_are_plain_and_quoted_where_they_must_be(ask: Ask) -> None:
    body = get(ask, TERMS, "csv")
    _, row = csv.reader(io.StringIO(body.decode(), newline=""))
    found = dict(zip(NAMES, row, strict=True))
    assert found["iri"] == "http://e/?a=b&c='d'"
    assert found["node"].startswith("_:")
    assert (found["text"], found["tagged"]) == (TEXT, "grün 🍣")
    assert (found["integer"], found["other"]) == ("7", "2026-11-24")
    assert b'"a,""b""\t<c>\r\n&\\"' in body


def test_csv_3_2_an_unbound_variable_is_an_empty_field(ask: Ask) -> None:
    text = "SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (UNDEF 1 UNDEF) (UNDEF UNDEF UNDEF) } }"
    assert get(ask, text, "csv") == b"a,b,c\r\n,1,\r\n,,\r\n"


def test_csv_3_each_line_ends_in_cr_lf_as_rfc_4180_has_it(ask: Ask) -> None:
    body = get(ask, "SELECT ?a { VALUES ?a { 1 2 } }", "csv")
    assert body == b"a\r\n1\r\n2\r\n"


def test_tsv_4_the_media_type_tells_the_charset(ask: Ask) -> None:
    answer = ask("GET", "/sparql.tsv", [("query", TERMS)])
    assert answer.headers["content-type"] == "text/tab-separated-values; charset=utf-8"


def test_tsv_4_1_the_header_has_the_names_with_question_marks(ask: Ask) -> None:
    header = get(ask, TERMS, "tsv").partition(b"\n")[0]
    assert header == "\t".join(f"?{name}" for name in NAMES).encode()


def test_tsv_4_2_terms_are_as_turtle_writes_them(ask: Ask) -> None:
    lines = get(ask, TERMS, "tsv").decode().split("\n")
    assert (len(lines), lines[-1]) == (3, "")
    cells: dict[str, Term] = {
        name: parse(cell) for name, cell in zip(NAMES, lines[1].split("\t"), strict=True) if cell
    }
    assert list(cells) == NAMES[:-1]
    assert cells["iri"] == Iri("http://e/?a=b&c='d'")
    assert isinstance(cells["node"], Blank)
    assert cells["text"] == Literal(TEXT)
    assert cells["integer"] == Literal("7", f"{XSD}integer")
    assert cells["other"] == Literal("2026-11-24", f"{XSD}date")


def test_tsv_4_2_an_unbound_variable_is_an_empty_field(ask: Ask) -> None:
    text = "SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (UNDEF 1 UNDEF) (UNDEF UNDEF UNDEF) } }"
    assert get(ask, text, "tsv") == b"?a\t?b\t?c\n\t1\t\n\t\t\n"


# ------------------------------------------------------------- what goes beyond SPARQL 1.1


@pytest.mark.parametrize("suffix", ["json", "xml", "tsv"])
def test_a_triple_term_of_rdf_1_2_is_given(ask: Ask, suffix: str) -> None:
    text = "SELECT ?t { BIND(TRIPLE(<http://e/s>, <http://e/p>, 1) AS ?t) }"
    assert b"http://e/p" in get(ask, text, suffix)


def test_json_ld_is_in_our_prefixes(ask: Ask) -> None:
    text = f"DESCRIBE <{BASE}role/ml-engineer>"
    document = json.loads(get(ask, text, "jsonld"))
    served = ask("GET", "/context.jsonld").json()["@context"]
    assert document["@context"].items() <= served.items()
    (found,) = (node for node in document["@graph"] if node["@id"] == "role:ml-engineer")
    assert found["rdfs:label"] == {"@language": "en", "@value": "ML engineer"}
    assert "mlr:Role" in found["@type"]


def test_a_description_has_the_labels_of_what_it_points_to(ask: Ask) -> None:
    text = f"DESCRIBE <{BASE}role/ml-engineer>"
    triples = ask("GET", "/sparql", [("query", text)]).triples()
    labelled = {str(t.subject) for t in triples if t.predicate.value.endswith("rdf-schema#label")}
    pointed = {str(t.object) for t in triples if t.predicate.value.endswith("#requiresSkill")}
    assert pointed
    assert pointed <= labelled
