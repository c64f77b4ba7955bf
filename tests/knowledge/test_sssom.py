"""The alignments: what their files and the SSSOM table say, beside the list they come from."""

import csv
import io
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from rdflib import DCTERMS, FOAF, RDF, RDFS, SDO, SKOS, Graph, Literal

from mlroles import config, vocab
from mlroles.knowledge import KnowledgeBase, load, ntriples, sssom

_SEEN = Path(__file__).parents[1] / "data" / "alignments.csv"
_SLOTS = Path(__file__).with_name("sssom_slots.csv")
_SCHEMES = {
    "ESCO": "scheme:esco",
    "ESCO skill": "scheme:esco",
    "O*NET-SOC": "scheme:onet-soc",
    "SFIA 9": "scheme:sfia",
    "EDSF DSP": "scheme:edsf-dsp",
}


#: Where our judgement is another than the list's, by subject, vocabulary and identifier, and why.
DEPARTURES = {
    ("data-engineer", "scheme:sfia", "DENG"): (
        "skos:closeMatch",
        "SFIA describes skills: none is exactly a role.",
    ),
    ("data-scientist", "scheme:sfia", "DATS"): (
        "skos:closeMatch",
        "SFIA describes skills: none is exactly a role.",
    ),
}


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load(cache_dir=config.settings().cache_dir)


@pytest.fixture(scope="module")
def concepts(knowledge: KnowledgeBase) -> Graph:
    return Graph().parse(data=knowledge.asserted, format="nt")


@pytest.fixture(scope="module")
def text(knowledge: KnowledgeBase) -> str:
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


def _identifier(row: dict[str, str]) -> str:
    return row["object_id"].replace("/", ":").rpartition(":")[2]


def _listed() -> dict[tuple[str, str, str], dict[str, str]]:
    """Return the rows of the list by subject, vocabulary and identifier."""
    with _SEEN.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    return {(row["subject"], _SCHEMES[row["target"]], row["identifier"]): row for row in listed}


@pytest.mark.check(
    "Alignments: as the list of identifiers seen, but for reviewed departures", "pytest"
)
def test_the_matches_are_those_of_the_list_but_for_reviewed_departures(
    rows: list[dict[str, str]],
) -> None:
    listed = {pair: f"skos:{row['match']}Match" for pair, row in _listed().items()}
    assert len(listed) == 68
    departures = {pair: match for pair, (match, _) in DEPARTURES.items()}
    assert all(listed[pair] != match for pair, match in departures.items())
    assert all(reason.endswith(".") for _, reason in DEPARTURES.values())
    assert {
        (
            row["subject_id"].partition(":")[2],
            row["object_source"],
            _identifier(row),
        ): row["predicate_id"]
        for row in rows
        if row["object_source"] != "scheme:schema"
    } == listed | departures


@pytest.mark.check(
    "Alignments: as the list of identifiers seen, but for reviewed departures", "pytest"
)
def test_each_label_is_as_it_was_seen(rows: list[dict[str, str]], concepts: Graph) -> None:
    seen = {row["identifier"]: row["label_seen"] for row in _listed().values()}
    for identifier, label in seen.items():
        (concept,) = concepts.subjects(SKOS.notation, Literal(identifier))
        groups = concepts.objects(concept, SKOS.broader / SKOS.notation)
        more = [
            *(f"ISCO-08 {code}" for code in groups),
            *(f"altLabel {name}" for name in concepts.objects(concept, SKOS.altLabel)),
            *map(str, concepts.objects(concept, SKOS.scopeNote)),
        ]
        name = str(concepts.value(concept, SKOS.prefLabel) or "")
        assert label == (f"{name} ({'; '.join(more)})" if more else name)
        assert concepts.value(concept, RDFS.label) == concepts.value(concept, SKOS.prefLabel)
    assert {_identifier(row): row["object_label"] for row in rows if row["object_label"]} == {
        identifier: label.partition(" (")[0] for identifier, label in seen.items() if label
    }


def test_where_each_identifier_was_seen_is_told_apart_from_its_version(
    rows: list[dict[str, str]],
) -> None:
    seen = {row["identifier"]: row["seen_in"] for row in _listed().values()}
    for row in rows:
        if row["object_source"] != "scheme:schema":
            assert row["comment"].split("; ")[0] == f"Seen in: {seen[_identifier(row)]}"
    assert {(row["object_source"], row["object_source_version"]) for row in rows} == {
        ("scheme:esco", "1.2.1"),
        ("scheme:onet-soc", "30.2"),
        ("scheme:sfia", "9"),
        ("scheme:edsf-dsp", "4"),
        ("scheme:schema", ""),
    }


def test_every_vocabulary_is_credited(concepts: Graph) -> None:
    schemes = set(concepts.subjects(RDF.type, SKOS.ConceptScheme))
    assert len(schemes) == 6
    for scheme in schemes:
        for told in (DCTERMS.publisher, DCTERMS.rights, FOAF.homepage, RDFS.isDefinedBy):
            assert concepts.value(scheme, told), (scheme, told)


def test_terms_of_schema_org_are_real_and_say_where_they_were_seen(
    rows: list[dict[str, str]],
) -> None:
    found = [row for row in rows if row["object_source"] == "scheme:schema"]
    assert len(found) == 9
    known = {str(term) for term in dir(SDO)}
    for row in found:
        assert row["object_id"].replace("schema:", str(SDO)) in known
        assert row["comment"].startswith("Seen in: schema.org terms in rdflib")


def test_no_text_of_sfia_is_repeated(rows: list[dict[str, str]]) -> None:
    found = [row for row in rows if row["object_source"] == "scheme:sfia"]
    assert found
    assert {(row["object_label"], row["comment"]) for row in found} == {
        ("", "Seen in: SFIA 9 copy")
    }


@pytest.mark.check("SSSOM: the table keeps to the slots of the schema", "pytest")
def test_only_slots_of_sssom_are_used_and_the_needed_ones_are_there(
    rows: list[dict[str, str]], header: dict[str, object]
) -> None:
    """The package sssom would bring 90 others and a plugin of pytest's: the slots are listed."""
    for table, used in (("mapping", rows[0].keys()), ("mapping set", header.keys())):
        slots = {slot["slot"]: slot["required"] for slot in _slots() if slot["of"] == table}
        assert set(used) <= slots.keys()
        assert {slot for slot, required in slots.items() if required} <= set(used)
    for row in rows:
        assert date.fromisoformat(row["mapping_date"])
        assert "" not in {row[s["slot"]] for s in _slots() if s["required"] and s["slot"] in row}
    assert header["mapping_set_description"]
    assert header["subject_source"] == "mlroles:ontology"


def _slots() -> list[dict[str, str]]:
    with _SLOTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
    assert used | {"mlroles"} == prefixes.keys()
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
