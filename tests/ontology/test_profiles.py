"""Ontology, alignments and data keep to OWL 2 DL and OWL 2 RL at once, as OWLAPI judges them."""

import subprocess
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

import merging
import peers
from mlroles.knowledge import load, release

_CHECKER = Path(__file__).with_name("Profiles.java")
_JARS = Path("/usr/share/java")  # where Debian's packages put them
_HEADERS = [merging.ONTOLOGY_FILE, *merging.ALIGNMENT_FILES]


class Told(NamedTuple):
    """What OWLAPI says of a file."""

    axioms: int
    dl: list[str]
    rl: list[str]


def _profiles(files: Iterable[Path]) -> dict[Path, Told]:
    java = peers.need("java", package="default-jdk-headless")
    peers.need(str(_JARS / "owlapi-distribution.jar"), package="libowlapi-java")
    ended = subprocess.run(
        [java, "-cp", str(_JARS / "*"), str(_CHECKER), *map(str, files)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    told: defaultdict[Path, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in ended.stdout.splitlines():
        file, what, said = line.split("\t")
        told[Path(file)][what].append(said)
    return {
        file: Told(int(said["axioms"][0]), said["OWL2_DL"], said["OWL2_RL"])
        for file, said in told.items()
    }


#: What is planted, and the profiles that it leaves. What is not in DL is not in RL either.
PLANTS = {
    "a text with a language as the value of a data property": (
        'stmt:ml-engineer-is-hard-to-fill mlr:qualifiedBy "very"@en .',
        {"RL"},
    ),
    "a superclass that somebody has to be found for": (
        """mlr:Role rdfs:subClassOf [ a owl:Restriction ;
           owl:onProperty mlr:hasRequirement ; owl:someValuesFrom mlr:SkillRequirement ] .""",
        {"RL"},
    ),
    "a date without a time": (
        'role:ml-engineer skos:notation "2026-11-23"^^xsd:date .',
        {"DL", "RL"},
    ),
    "an undeclared property": ('role:ml-engineer mlr:nickname "the one" .', {"DL", "RL"}),
    "an irreflexive property with a chain": (
        "mlr:mayCoverFor a owl:IrreflexiveProperty .",
        {"DL", "RL"},
    ),
    "a functional transitive property": (
        "mlr:specialisationOf a owl:FunctionalProperty .",
        {"DL", "RL"},
    ),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Return what is told of all files under each header, and of the ontology with each plant."""
    directory = tmp_path_factory.mktemp("profiles")
    ontology = merging.merged([merging.ONTOLOGY_FILE], header=merging.ONTOLOGY_FILE)
    documents = {
        header.stem: merging.merged(merging.FILES, header=header) for header in _HEADERS
    } | {name: [*ontology, *merging.turtle(text)] for name, (text, _) in PLANTS.items()}
    files = {
        name: merging.write(triples, directory / f"{number}.ttl")
        for number, (name, triples) in enumerate(documents.items())
    }
    told = _profiles(files.values())
    return {name: told[file] for name, file in files.items()}


def test_ontology_alignments_data_and_examples_are_asked_about() -> None:
    names = {path.stem for path in merging.FILES}
    assert {"mlroles", "distinct", "esco", "skills", "ml-engineer", "team"} <= names
    assert len(merging.ALIGNMENT_FILES) >= 4


@pytest.mark.check("OWL 2 DL and OWL 2 RL: no violation, by any of the headers", "OWL API")
@pytest.mark.slow
@pytest.mark.parametrize("header", _HEADERS, ids=lambda path: path.stem)
def test_all_files_together_keep_to_both_profiles(found: dict[str, Told], header: Path) -> None:
    told = found[header.stem]
    assert told.axioms > 3000
    assert told.dl == []
    assert told.rl == []


@pytest.mark.check("OWL 2 profiles: planted violations are found", "OWL API")
@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_violation_is_found(found: dict[str, Told], name: str) -> None:
    _, left = PLANTS[name]
    told = found[name]
    assert {profile for profile, said in (("DL", told.dl), ("RL", told.rl)) if said} == left, (
        f"{told.dl} {told.rl}"
    )


#: The parts of a release that OWL tools load: what is stated, in one file or in several.
RELEASED = [
    "asserted",
    "combined",
    "data",
    "inferred",
    "ontology",
    *(f"alignment-{path.stem}" for path in merging.ALIGNMENT_FILES),
]


@pytest.fixture(scope="module")
def released(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Return what is told of each released file, its imports read by the catalog beside it."""
    directory = tmp_path_factory.mktemp("released")
    release.write(load(cache_dir=closures), directory)
    told = _profiles(directory / f"{part}.ttl" for part in RELEASED)
    return {file.stem: said for file, said in told.items()}


@pytest.mark.check("OWL 2 DL and OWL 2 RL: no violation in a released file", "OWL API")
@pytest.mark.slow
@pytest.mark.parametrize("part", RELEASED)
def test_a_released_file_keeps_to_both_profiles_and_loads_without_a_network(
    released: dict[str, Told], part: str
) -> None:
    told = released[part]
    assert told.axioms > 10
    assert told.dl == []
    assert told.rl == []
