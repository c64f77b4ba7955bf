"""The release files."""

import hashlib
import os
import re
import subprocess
import sys
from difflib import unified_diff
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, OWL, RDF, Dataset, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from house import House
from mlroles import paths, vocab
from mlroles.errors import KnowledgeError
from mlroles.knowledge import KnowledgeBase, headers, release
from mlroles.knowledge.formats import FORMATS

_AXIOMS = """
mlr:A a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( mlr:Role
  [ a owl:Restriction ; owl:onProperty mlr:likes ; owl:hasValue ex:x ] ) ] .
[] a owl:AllDifferent ; owl:distinctMembers ( ex:a ex:b ex:c ) .
"""
_FACTS = r"""
ex:odd ex:p "line\nbreak\r\ttab \"quotes\" \\ <&> é 𝄞 ]]>", " x ", ""@en, "1"^^ex:own, 1.0e3 .
[] ex:p _:n . ex:a ex:p _:n , "x"^^rdf:XMLLiteral .
"""
_OX = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
}
_RDFLIB = {"jsonld": "json-ld", "nt": "nt", "rdf": "xml", "trig": "trig", "ttl": "turtle"}


_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
mlr:RoleShape a sh:NodeShape ; sh:property [ sh:path mlr:requires ; sh:minCount 1 ] .
"""
_PARTS = ["alignment-other", "asserted", "combined", "data", "inferred", "ontology", "shapes"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("house")).furnish(_AXIOMS, _FACTS)
    house.write("ontology/alignments/other.ttl", "role:engineer rdfs:seeAlso ex:engineer .")
    return house


@pytest.fixture(scope="module")
def knowledge(house: House) -> KnowledgeBase:
    knowledge = house.load()
    house.write("ontology/shapes.ttl", _SHAPES)
    return knowledge


@pytest.fixture(scope="module")
def out(house: House, knowledge: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("release")
    release.write(knowledge, directory, ontology=house.root / "ontology")
    return directory


def _canonical(content: bytes, rdf_format: ox.RdfFormat) -> list[str]:
    data = ox.Dataset(
        ox.Quad(quad.subject, quad.predicate, quad.object)
        for quad in ox.parse(content, format=rdf_format)
    )
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in data)


def _graph(path: Path) -> Graph:
    data = Dataset(default_union=True)
    data.parse(path, format=_RDFLIB[path.suffix[1:]])
    graph = Graph()
    for subject, predicate, value, _ in data.quads():
        graph.add((subject, predicate, value))
    return graph


@pytest.mark.filterwarnings(
    "ignore:.*deprecated:DeprecationWarning"
)  # rdflib warns of its own call
@pytest.mark.parametrize("part", _PARTS)
@pytest.mark.parametrize("extension", sorted(FORMATS))
def test_every_file_loads_back_to_the_same_graph(out: Path, part: str, extension: str) -> None:
    path, reference = out / f"{part}.{extension}", out / f"{part}.nt"
    expected = _canonical(reference.read_bytes(), ox.RdfFormat.N_TRIPLES)
    assert expected
    assert _canonical(path.read_bytes(), _OX[extension]) == expected
    assert isomorphic(_graph(path), _graph(reference))


def test_the_parts_are_what_their_names_say(out: Path, knowledge: KnowledgeBase) -> None:
    both = knowledge.asserted + knowledge.inferred
    for part, content in (
        ("asserted", knowledge.asserted),
        ("inferred", knowledge.inferred),
        ("combined", both),
    ):
        written = _lines(out / f"{part}.nt")
        assert written == sorted(written)
        own = {line for line in written if line.startswith(f"<{headers.iri(part)}> ".encode())}
        assert {*written} - own == {*content.splitlines()}


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def _headless(path: Path, part: str) -> bytes:
    """Return the N-Triples of a part without the header that the release gives it."""
    own = f"<{headers.iri(part)}> ".encode()
    return b"".join(line + b"\n" for line in _lines(path) if not line.startswith(own))


@pytest.mark.parametrize("part", ["asserted", "combined", "data", "inferred"])
def test_each_owl_file_has_one_header(out: Path, part: str) -> None:
    graph = Graph().parse(out / f"{part}.ttl")
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    assert str(header) == headers.iri(part)
    imported = {"data": vocab.ONTOLOGY_IRI, "inferred": vocab.ASSERTED}.get(part)
    assert [str(iri) for iri in graph.objects(None, OWL.imports)] == [imported] * bool(imported)
    for told in (DCTERMS.title, DCTERMS.license, OWL.versionInfo):
        assert graph.value(header, told) is not None


def test_the_catalog_leads_from_each_iri_to_its_file(out: Path) -> None:
    root = ET.parse(out / "catalog-v001.xml").getroot()  # noqa: S314 - our own file
    named = {entry.attrib["name"]: entry.attrib["uri"] for entry in root}
    assert root.tag == "{urn:oasis:names:tc:entity:xmlns:xml:catalog}catalog"
    assert named == {headers.iri(part): f"{part}.ttl" for part in _PARTS}
    assert named[vocab.ONTOLOGY_IRI] == "ontology.ttl"
    assert named[f"{vocab.BASE}alignment/other"] == "alignment-other.ttl"
    assert all((out / file).is_file() for file in named.values())


def test_ontology_data_and_alignments_are_what_is_asserted(out: Path) -> None:
    asserted = _canonical(_headless(out / "asserted.nt", "asserted"), ox.RdfFormat.N_TRIPLES)
    parts = [out / f"{part}.nt" for part in ("alignment-other", "data", "ontology")]
    stated = b"".join(_headless(path, path.stem) for path in parts if path.stem != "ontology")
    stated += parts[2].read_bytes()
    assert _canonical(stated, ox.RdfFormat.N_TRIPLES) == asserted
    assert b"seeAlso" in parts[0].read_bytes()
    assert b"ex:" not in parts[2].read_bytes()
    assert b"role/engineer" in parts[1].read_bytes()
    assert b"intersectionOf" in parts[2].read_bytes()


def test_the_shapes_are_apart_from_all_else(out: Path) -> None:
    assert b"RoleShape" in (out / "shapes.ttl").read_bytes()
    assert b"RoleShape" not in (out / "combined.ttl").read_bytes()
    store = ox.Store()
    store.load(path=str(out / "shapes.trig"), format=ox.RdfFormat.TRIG)
    assert [graph.value for graph in store.named_graphs()] == [vocab.SHAPES]


def test_the_file_for_stores_holds_both_graphs_and_no_blank_node(
    out: Path, knowledge: KnowledgeBase
) -> None:
    store = ox.Store()
    sizes = []
    for _ in ("once", "twice"):
        store.load(path=str(out / "store.nq"), format=ox.RdfFormat.N_QUADS)
        sizes.append(len(store))
    assert sizes == [len((knowledge.asserted + knowledge.inferred).splitlines())] * 2
    assert b"_:" not in (out / "store.nq").read_bytes()
    for name, content in (
        (vocab.ASSERTED, knowledge.asserted),
        (vocab.INFERRED, knowledge.inferred),
    ):
        end = f" <{name}> .".encode()
        quads = (out / "store.nq").read_bytes().splitlines()
        triples = b"\n".join(quad.replace(end, b" .") for quad in quads if quad.endswith(end))
        blank = re.sub(rb"<%s(\w+)>" % vocab.SKOLEM.encode(), rb"_:\1", triples)
        assert sorted(blank.splitlines()) == content.splitlines()


def test_a_carriage_return_in_rdf_xml_is_a_character_reference(out: Path) -> None:
    written = (out / "data.rdf").read_bytes()
    assert b"&#13;" in written
    assert b"\r" not in written


def test_a_change_of_one_value_changes_one_line_of_turtle(tmp_path: Path) -> None:
    texts = []
    for text in ("before", "after"):
        house = House(tmp_path / text).furnish(_AXIOMS, f'skill:law rdfs:label "{text}"@en .')
        release.write(house.load(), tmp_path / text / "out")
        texts.append((tmp_path / text / "out/asserted.ttl").read_text().splitlines())
    changed = [
        line for line in unified_diff(texts[0], texts[1], n=0) if re.match(r"[+-][^+-]", line)
    ]
    assert changed == ['-    rdfs:label "before"@en .', '+    rdfs:label "after"@en .']


def test_the_redirects_are_released_as_they_are(out: Path) -> None:
    assert (out / "w3id.htaccess").read_bytes() == paths.REDIRECTS.read_bytes()


def test_trig_names_the_graphs(out: Path, knowledge: KnowledgeBase) -> None:
    for part, names in (
        ("asserted", {vocab.ASSERTED}),
        ("inferred", {vocab.INFERRED}),
        ("combined", {vocab.ASSERTED, vocab.INFERRED}),
    ):
        store = ox.Store()
        store.load(path=str(out / f"{part}.trig"), format=ox.RdfFormat.TRIG)
        assert {graph.value for graph in store.named_graphs()} == names
        assert not list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(vocab.INFERRED))
    assert len(list(quads)) == knowledge.inferred.count(b"\n")


def test_no_base_no_relative_names_no_bare_brackets(out: Path) -> None:
    for name in ("asserted.ttl", "combined.trig"):
        text = (out / name).read_text()
        assert "@base" not in text
        assert "BASE" not in text
        assert "[ ]" not in text
        assert "[] ." not in text


@pytest.mark.check("Release: the same bytes from two builds, and the checksums hold", "mlroles")
def test_the_checksums_are_those_of_the_files(out: Path) -> None:
    names = [line[66:] for line in (out / release.CHECKSUMS).read_text().splitlines()]
    assert len(names) == (len(_PARTS) + 1) * len(FORMATS) + 5
    assert {path.name for path in out.iterdir()} == {*names, "SHA256SUMS"}
    subprocess.run(["sha256sum", "--check", "--strict", release.CHECKSUMS], cwd=out, check=True)


def test_the_description_lists_each_file_with_its_size_and_checksum(out: Path) -> None:
    told = Graph().parse(out / "dataset.ttl")
    spdx = Namespace("http://spdx.org/rdf/terms#")
    listed = {
        (str(told.value(file, DCTERMS.title)), int(str(told.value(file, DCAT.byteSize)))): str(
            told.value(told.value(file, spdx.checksum), spdx.checksumValue)
        )
        for kind in (DCAT.Distribution, spdx.File)
        for file in told.subjects(RDF.type, kind)
    }
    apart = {"SHA256SUMS", *(f"dataset.{extension}" for extension in FORMATS)}
    assert listed == {
        (path.name, path.stat().st_size): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.iterdir()
        if path.name not in apart
    }


def test_each_part_is_a_dataset_with_the_files_that_hold_the_same(out: Path) -> None:
    told = Graph().parse(out / "dataset.ttl")
    whole = URIRef(vocab.DATASET)
    parts = {*told.objects(whole, DCTERMS.hasPart), whole}
    assert set(told.subjects(RDF.type, DCAT.Dataset)) == parts
    for part in ("data", "inferred", "ontology", "shapes", "combined", "alignment-other"):
        iri = URIRef(headers.iri(part))
        files = {
            str(told.value(file, DCTERMS.title)) for file in told.objects(iri, DCAT.distribution)
        }
        assert {f"{part}.{extension}" for extension in FORMATS} <= files
    for file in told.subjects(RDF.type, DCAT.Distribution):
        assert told.value(file, DCAT.accessURL) == told.value(None, DCAT.distribution, file)


_BUILD = """
import sys
from difflib import unified_diff
from pathlib import Path
from mlroles.knowledge import load, release
root, out = Path(sys.argv[1]), Path(sys.argv[2])
ontology = root / "ontology"
knowledge = load(cache_dir=out / "cache", ontology=ontology, own_data=root / "data")
release.write(knowledge, out, ontology=ontology)
"""


@pytest.mark.check("Release: the same bytes from two builds, and the checksums hold", "mlroles")
def test_two_builds_are_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    House(tmp_path).furnish(_AXIOMS, _FACTS)
    sums = []
    for seed in ("1", "2"):
        directory = tmp_path / f"out{seed}"
        subprocess.run(
            [sys.executable, "-c", _BUILD, str(tmp_path), str(directory)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        sums.append((directory / release.CHECKSUMS).read_bytes())
    assert sums[0] == sums[1]


def _snapshot(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def _other(knowledge: KnowledgeBase) -> KnowledgeBase:
    return KnowledgeBase(knowledge.digest, knowledge.asserted, b"", ())


def test_a_new_release_takes_the_place_of_the_old_and_other_files_stay(
    tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    release.write(knowledge, tmp_path / "a/b/out")
    (tmp_path / "a/b/out/notes.txt").write_text("mine")
    release.write(_other(knowledge), tmp_path / "a/b/out")
    assert _headless(tmp_path / "a/b/out/inferred.nt", "inferred") == b""
    assert (tmp_path / "a/b/out/notes.txt").read_text() == "mine"
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["out"]


@pytest.mark.parametrize("after", [0, 1, 7, 15])
def test_a_disk_that_fills_up_leaves_the_earlier_release_untouched(
    tmp_path: Path, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    release.write(knowledge, tmp_path / "out")
    before = _snapshot(tmp_path / "out")
    written: list[int] = []

    def full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) > after:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnowledgeError, match="No space left"):
        release.write(_other(knowledge), tmp_path / "out")
    assert _snapshot(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("after", [0, 1, 9, 25])
def test_an_interruption_while_files_are_moved_puts_the_old_ones_back(
    tmp_path: Path, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    release.write(knowledge, tmp_path / "out")
    before = _snapshot(tmp_path / "out")
    replace, moved = Path.replace, []

    def interrupted(self: Path, target: Path) -> Path:
        moved.append(self)
        if len(moved) == after + 1:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        release.write(_other(knowledge), tmp_path / "out")
    assert _snapshot(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_where_the_directory_belongs_is_told(
    tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(KnowledgeError) as caught:
        release.write(knowledge, tmp_path / "out")
    assert caught.value.file == tmp_path / "out"
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (r'ex:a ex:p "bell \u0007" .', "control character"),
        ("ex:a <https://example.org/p/1> ex:b .", "XML name"),
    ],
)
def test_what_rdf_xml_cannot_hold_is_told_before_anything_is_written(
    tmp_path: Path, facts: str, reason: str
) -> None:
    knowledge = House(tmp_path).furnish("", facts).load()
    with pytest.raises(KnowledgeError, match=reason):
        release.write(knowledge, tmp_path / "out")
    assert not (tmp_path / "out").exists()
