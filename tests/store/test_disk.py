"""The knowledge base on disk: loaded once for the same files, and read like the one in memory."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mlroles import vocab
from mlroles.engine import loading
from mlroles.errors import KnowledgeError
from mlroles.knowledge import load, sources
from mlroles.store import QueryRequest, disk
from mlroles.store.oxigraph import OxigraphStore
from mlroles.store.shelf import Shelf

QUERIES = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/mlroles/graph/inferred> WHERE { ?s ?p ?o }",
    f"SELECT ?s WHERE {{ ?s a <{vocab.MLR}DualSkillRole> }} ORDER BY ?s",
    f"SELECT ?l WHERE {{ ?s a <{vocab.OWL}Class> ; <{vocab.RDFS}label> ?l }} ORDER BY ?l",
    "SELECT ?p (COUNT(DISTINCT ?b) AS ?n) WHERE { ?b ?p ?o FILTER(ISBLANK(?b)) } GROUP BY ?p ORDER BY ?p",
)
MY_SKILL = f'<urn:a> a <{vocab.MLR}Skill> ; <{vocab.RDFS}label> "%s"@en .\n'


#: Opens the store in the directory ``sys.argv[1]`` and prints what it answers, as JSON.
_ASKING = """
import io, json, sys
from pathlib import Path
from mlroles.store import QueryRequest, disk

def answer(text):
    store.query(QueryRequest(text, "text/csv"), out := io.BytesIO())
    return out.getvalue().decode()

store = disk.read_only(Path(sys.argv[1]))
print(json.dumps([[answer(text) for text in sys.argv[2:]], store.digest, store.sizes]))
"""


class Told(NamedTuple):
    """What a store on disk answers, and says of itself."""

    answers: list[str]
    digest: str
    sizes: dict[str, int]


class Place:
    """A store of ours in a directory, and how often it was loaded."""

    def __init__(self, path: Path, closures: Path) -> None:
        self.shelf = Shelf(path)
        self.loads = 0
        self._closures = closures
        self._held: list[int] = []

    def prepare(self, *data: Path) -> Path:
        """Return the dataset of ours and of ``data``, in use until :meth:`leave`."""
        dataset, held = disk.prepare(
            self.shelf, data, cache_dir=self._closures, progress=lambda _: None, fill=self._fill
        )
        self._held.append(held)
        return dataset

    def leave(self) -> None:
        """Hold no dataset any more."""
        while self._held:
            os.close(self._held.pop())

    def ask(self, dataset: Path, *texts: str) -> Told:
        """Return what a store on disk says, asked in a process of its own, as it is served."""
        asking = [sys.executable, "-c", _ASKING, str(dataset), *texts]
        asked = subprocess.run(asking, capture_output=True, check=True)
        return Told(*json.loads(asked.stdout))

    def _fill(self, *work: Any) -> None:
        self.loads += 1
        loading.fill(*work)


@pytest.fixture
def place(tmp_path: Path, closures: Path) -> Iterator[Place]:
    found = Place(tmp_path / "store", closures)
    yield found
    found.leave()


def answer(store: OxigraphStore, text: str) -> bytes:
    out = io.BytesIO()
    store.query(QueryRequest(text, "text/csv"), out)
    return out.getvalue()


@pytest.mark.slow
def test_it_answers_as_the_one_in_memory_does(place: Place, closures: Path) -> None:
    known = load(cache_dir=closures)
    memory = OxigraphStore.from_ntriples(known.asserted, known.inferred)
    told = place.ask(place.prepare(), *QUERIES)
    assert told.answers == [answer(memory, text).decode() for text in QUERIES]
    assert told.digest == known.digest
    assert told.sizes == {
        vocab.ASSERTED: memory.count(vocab.ASSERTED),
        vocab.INFERRED: memory.count(vocab.INFERRED),
        "": memory.count(),
    }


@pytest.mark.slow
def test_what_has_not_changed_is_neither_loaded_nor_read(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(MY_SKILL % "A")
    first = place.prepare(mine)
    for _ in range(2):  # what was written just now is read once more, to be sure
        assert place.prepare(mine) == first
        past = json.loads((first / "manifest.json").read_text())
        past["look"][1] += 10_000_000_000
        (first / "manifest.json").write_text(json.dumps(past))
    assert place.loads == 1

    def fail(_: Path) -> str:
        raise AssertionError

    monkeypatch.setattr(sources, "digest", fail)
    assert place.prepare(mine) == first


@pytest.mark.slow
def test_a_file_that_was_touched_is_read_and_not_loaded(place: Place, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(MY_SKILL % "A")
    first = place.prepare(mine)
    os.utime(mine, (1, 1))
    assert place.prepare(mine) == first
    assert place.loads == 1


@pytest.mark.slow
def test_other_content_of_the_same_length_and_time_is_loaded(place: Place, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    labels = set()
    for label in "AB":
        mine.write_text(MY_SKILL % label)
        os.utime(mine, (1, 1))
        text = f"SELECT ?l WHERE {{ <urn:a> <{vocab.RDFS}label> ?l }}"
        labels.update(place.ask(place.prepare(mine), text).answers)
    assert labels == {"l\r\nA\r\n", "l\r\nB\r\n"}
    assert place.loads == 2


@pytest.mark.slow
def test_data_that_is_not_sound_leaves_the_old_store(place: Place, tmp_path: Path) -> None:
    first = place.prepare()
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text("nothing of the kind")
    with pytest.raises(KnowledgeError):
        place.prepare(wrong)
    assert place.shelf.current() == first
    assert place.prepare() == first


@pytest.mark.slow
@pytest.mark.parametrize("said", ["", "{}", "[]", '{"made_by": "another version"}'])
def test_a_dataset_that_says_nothing_sensible_of_itself_is_made_again(
    place: Place, said: str
) -> None:
    first = place.prepare()
    (first / "manifest.json").write_text(said)
    assert place.prepare() != first
