"""One release for all tests of this folder, and each engine set up once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import targets
from javascript import JavaScript
from jena import Jena
from mlroles.knowledge import load, release
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
