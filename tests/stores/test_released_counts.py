"""Every released file holds as many triples, in the same graphs, whoever reads it."""

from pathlib import Path

import pytest

import differences
import readers
import released
from javascript import JavaScript
from jena import Jena
from oxigraph_cli import OxigraphCli
from virtuoso import Virtuoso

pytestmark = pytest.mark.slow

READ = "Released files: as many triples read of each as were written"
LOADED = (
    "Released files: as many triples of each once loaded as were written, and after a second time"
)


#: What can be loaded again and again, whatever else changes.
STAY = {released.STORE, "data.ttl", "inferred.rdf", "alignment-esco.nt"}


def _readable(directory: Path, engine: str) -> list[Path]:
    """Return the files but those of formats that the engine is known not to read."""
    return released.files(directory, differences.suffixes(engine, released.SUFFIXES))


def _agrees(loads: released.Loads, files: list[Path]) -> None:
    """Compare with what was written.

    A second loading adds what has blank nodes and nothing else, or, where a reader keeps their
    labels from one document to the next, nothing at all.
    """
    assert {name: first for name, (first, _) in loads.items()} == {
        path.name: released.counts(path) for path in files
    }
    more = {name: _total(second) - _total(first) for name, (first, second) in loads.items()}
    odd = {path.name for path in files if more[path.name] not in (0, released.added(path))}
    assert not odd, more
    assert {name for name, count in more.items() if count == 0} >= STAY


def _total(counts: released.Counts) -> int:
    return sum(counts.values())


def test_every_part_is_released_in_every_format(release_files: Path) -> None:
    names = {path.stem for path in released.files(release_files)} - {"store"}
    assert {"asserted", "combined", "data", "inferred", "ontology"} <= names
    for suffix in released.SUFFIXES:
        stems = {path.stem for path in released.files(release_files, [suffix])}
        assert stems == ({"store"} if suffix == ".nq" else names)


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib's own calls
@pytest.mark.check(LOADED, "rdflib")
def test_rdflib(release_files: Path) -> None:
    files = released.files(release_files)
    _agrees(readers.rdflib_twice(files), files)


@pytest.mark.check(LOADED, "Oxigraph's command line")
def test_oxigraph_on_its_command_line(release_files: Path, oxigraph_cli: OxigraphCli) -> None:
    files = released.files(release_files)
    _agrees(oxigraph_cli.load_twice(files), files)


@pytest.mark.check(LOADED, "Jena")
def test_jena_tdb2(release_files: Path, jena: Jena) -> None:
    files = released.files(release_files)
    _agrees(jena.load_twice(files), files)


@pytest.mark.check(LOADED, "Virtuoso")
def test_virtuoso(release_files: Path, virtuoso: Virtuoso) -> None:
    files = _readable(release_files, "Virtuoso")
    _agrees(virtuoso.load_twice(files), files)


@pytest.mark.check(LOADED, "Comunica")
def test_comunica(release_files: Path, javascript: JavaScript) -> None:
    files = released.files(release_files)
    _agrees(javascript.load_twice(files), files)


@pytest.mark.check(READ, "N3.js")
def test_n3_js(release_files: Path, javascript: JavaScript) -> None:
    files = _readable(release_files, "N3.js")
    assert javascript.count(files) == {path.name: released.counts(path) for path in files}


@pytest.mark.check(READ, "raptor")
def test_raptor(release_files: Path) -> None:
    files = _readable(release_files, "raptor")
    assert readers.raptor(files) == {
        path.name: sum(released.counts(path).values()) for path in files
    }


def test_what_is_listed_as_unread_is_indeed_refused(
    release_files: Path, virtuoso: Virtuoso, javascript: JavaScript
) -> None:
    reads = {
        "N3.js": javascript.count,
        "raptor": readers.raptor,
        "Virtuoso": virtuoso.load_twice,
    }
    unread = [pair for pair in differences.known() if pair[1] in released.SUFFIXES]
    assert unread
    for engine, suffix in unread:
        with pytest.raises(AssertionError):
            reads[engine]([release_files / f"data{suffix}"])
