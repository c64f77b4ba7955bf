"""The alignments: what their files and the SSSOM table say, beside the list they come from."""

import csv
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from rdflib import SDO

from mlroles import config, vocab
from mlroles.knowledge import load, ntriples, sssom

_SEEN = Path(__file__).parents[1] / "data" / "alignments.csv"
_SCHEMES = {
    "ESCO": "scheme:esco",
    "ESCO skill": "scheme:esco",
    "O*NET-SOC": "scheme:onet-soc",
    "SFIA 9": "scheme:sfia",
    "EDSF DSP": "scheme:edsf-dsp",
}


@pytest.fixture(scope="module")
def text() -> str:
    knowledge = load(cache_dir=config.settings().cache_dir)
    return sssom.table(ntriples.parse(knowledge.asserted)).decode()


@pytest.fixture(scope="module")
def header(text: str) -> dict[str, object]:
    lines = [line[1:] for line in text.splitlines() if line.startswith("#")]
    read: dict[str, object] = yaml.safe_load("\n".join(lines))
    return read


@pytest.fixture(scope="module")
def rows(text: str) -> list[dict[str, str]]:
    table = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return list(csv.DictReader(io.StringIO(table), delimiter="\t"))


def test_the_matches_are_those_of_the_list_and_no_others(rows: list[dict[str, str]]) -> None:
    with _SEEN.open(encoding="utf-8", newline="") as file:
        listed = {
            (
                row["subject"],
                _SCHEMES[row["target"]],
                row["identifier"],
                f"skos:{row['match']}Match",
            )
            for row in csv.DictReader(file)
        }
    found = {
        (
            row["subject_id"].partition(":")[2],
            row["object_source"],
            row["object_id"].replace("/", ":").rpartition(":")[2],
            row["predicate_id"],
        )
        for row in rows
        if row["object_source"] != "scheme:schema"
    }
    assert len(listed) == 68
    assert found == listed


def test_where_each_identifier_was_seen_is_told(rows: list[dict[str, str]]) -> None:
    with _SEEN.open(encoding="utf-8", newline="") as file:
        seen = {row["identifier"]: row["seen_in"] for row in csv.DictReader(file)}
    for row in rows:
        identifier = row["object_id"].replace("/", ":").rpartition(":")[2]
        if row["object_source"] != "scheme:schema":
            assert row["object_source_version"] == seen[identifier]


def test_terms_of_schema_org_are_real_and_say_where_they_were_seen(
    rows: list[dict[str, str]],
) -> None:
    found = [row for row in rows if row["object_source"] == "scheme:schema"]
    assert len(found) == 9
    known = {str(term) for term in dir(SDO)}
    for row in found:
        assert row["object_id"].replace("schema:", str(SDO)) in known
        assert row["object_source_version"].startswith("schema.org terms in rdflib")


def test_no_text_of_sfia_is_repeated(rows: list[dict[str, str]]) -> None:
    found = [row for row in rows if row["object_source"] == "scheme:sfia"]
    assert found
    assert all(row["object_label"] == row["comment"] == "" for row in found)


def test_every_row_says_who_says_so_and_how(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert row["author_label"] == "The mlroles developers"
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert row["subject_label"]


def test_every_curie_has_its_prefix_in_the_header(
    rows: list[dict[str, str]], header: dict[str, object]
) -> None:
    prefixes = header["curie_map"]
    assert isinstance(prefixes, dict)
    used = {
        row[column].partition(":")[0]
        for row in rows
        for column in row
        if column.endswith("_id") or column in {"object_source", "mapping_justification"}
    }
    assert used == prefixes.keys()
    assert header["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert header["mapping_set_id"] == f"{vocab.BASE}alignment/mappings"


def test_white_space_in_a_label_cannot_break_a_row() -> None:
    subject, target = ox.NamedNode(f"{vocab.BASE}role/x"), ox.NamedNode("http://example.org/y")
    table = sssom.table(
        [
            ox.Triple(subject, ox.NamedNode(f"{vocab.SKOS}exactMatch"), target),
            ox.Triple(target, ox.NamedNode(f"{vocab.RDFS}label"), ox.Literal("a\tb\nc")),
        ]
    )
    last = table.decode().splitlines()[-1].split("\t")
    assert last[:5] == ["role:x", "", "skos:exactMatch", "http://example.org/y", "a b c"]
