"""One release for all tests of this folder, and each engine set up once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import targets
from javascript import JavaScript
from jena import Jena
from mlroles import vocab
from mlroles.knowledge import KnowledgeBase, load, release
from mlroles.paths import EXAMPLES
from oxigraph_cli import OxigraphCli
from targets import Target
from virtuoso import Virtuoso, running


@pytest.fixture(scope="session")
def release_files(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with what ``mlroles build`` writes."""
    directory = tmp_path_factory.mktemp("release")
    release.write(load(cache_dir=closures), directory)
    return directory


@pytest.fixture(scope="session")
def team_files(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with what ``mlroles build`` writes of ours and the example team."""
    directory = tmp_path_factory.mktemp("release-team")
    release.write(load([EXAMPLES / "team.ttl"], cache_dir=closures), directory)
    return directory


@pytest.fixture(scope="session")
def oxigraph_cli(tmp_path_factory: pytest.TempPathFactory) -> OxigraphCli:
    """Return Oxigraph's command line."""
    return OxigraphCli(tmp_path_factory.mktemp("oxigraph"))


@pytest.fixture(scope="session")
def jena(tmp_path_factory: pytest.TempPathFactory) -> Jena:
    """Return Jena."""
    return Jena(tmp_path_factory.mktemp("jena"))


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """Run a Virtuoso server."""
    with running(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(scope="session")
def javascript(tmp_path_factory: pytest.TempPathFactory) -> JavaScript:
    """Return N3.js and Comunica."""
    return JavaScript(tmp_path_factory.mktemp("javascript"))


@pytest.fixture(scope="session")
def oxigraph_target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """Run Oxigraph's own server, to be published to."""
    with targets.oxigraph(tmp_path_factory.mktemp("oxigraph-target")) as target:
        yield target


@pytest.fixture(scope="session")
def virtuoso_target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """Run a Virtuoso server, to be published to."""
    with targets.virtuoso_server(tmp_path_factory.mktemp("virtuoso-target")) as target:
        yield target


@pytest.fixture(params=["oxigraph_target", "virtuoso_target"])
def target(request: pytest.FixtureRequest) -> Target:
    """Return each store to be published to."""
    found: Target = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def knowledge(closures: Path) -> KnowledgeBase:
    """Return ontology and data."""
    return load(cache_dir=closures)


@pytest.fixture(scope="session")
def small(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Return a knowledge base of a few axioms: more triples than one update has, some inferred."""
    root = tmp_path_factory.mktemp("small")
    for name, lines in (("ontology", _AXIOMS), ("data", _facts())):
        (root / name).mkdir()
        prefixes = (f"@prefix {prefix}: <{iri}> ." for prefix, iri in vocab.PREFIXES.items())
        (root / name / "small.ttl").write_text("\n".join([*prefixes, *lines]), "utf-8")
    return load(cache_dir=closures, ontology=root / "ontology", own_data=root / "data")


_AXIOMS = (
    "mlr:Role a owl:Class . mlr:Skill a owl:Class .",
    "mlr:requiresSkill a owl:ObjectProperty ; rdfs:domain mlr:Role ; rdfs:range mlr:Skill .",
    "mlr:requiredBy a owl:ObjectProperty ; owl:inverseOf mlr:requiresSkill .",
)


def _facts() -> Iterator[str]:
    yield 'role:ml-engineer a mlr:Role ; rdfs:label "ML engineer"@en .'
    for number in range(600):
        yield f"skill:s{number} a mlr:Skill ; mlr:requiredBy role:ml-engineer ."
