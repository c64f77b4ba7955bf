"""``mlroles publish`` into real stores on loopback: the same rules give the same graphs there."""

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import organisation
from mlroles import vocab
from mlroles.knowledge import KnowledgeBase, load
from mlroles.store.publishing import publish
from mlroles.store.remote import RemoteStore
from targets import Target

pytestmark = pytest.mark.slow


def _silent(_: str) -> None:
    """Tell nobody."""


def test_both_graphs_arrive_reasoned_over_there_and_nothing_else_stays(
    knowledge: KnowledgeBase, target: Target
) -> None:
    expected = {
        vocab.ASSERTED: knowledge.asserted.count(b"\n"),
        vocab.INFERRED: knowledge.inferred.count(b"\n"),
        vocab.PUBLICATION: 3,  # the digest, and the size of each
    }
    for _ in range(2):  # the second time takes the place of the first
        publish(knowledge, RemoteStore(target.query, target.update), _silent)
        assert target.counts() == expected


def test_two_names_of_one_thing_are_published_as_we_reasoned(
    closures: Path, tmp_path: Path, target: Target
) -> None:
    file = tmp_path / "names.ttl"
    file.write_text(
        f"<https://example.org/a> <{vocab.OWL}sameAs> <https://example.org/b> ;"
        f' a <{vocab.MLR}Person> ; <{vocab.RDFS}label> "A"@en .'
    )
    known = load([file], cache_dir=closures)
    told: list[str] = []
    publish(known, RemoteStore(target.query, target.update), told.append)
    assert any("equality" in message for message in told)
    counts = target.counts()
    assert counts[vocab.INFERRED] == known.inferred.count(b"\n")


def test_readers_never_see_half(knowledge: KnowledgeBase, target: Target) -> None:
    store = RemoteStore(target.query, target.update)
    publish(knowledge, store, _silent)
    expected, seen = target.counts(), []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            found = target.counts()
            seen.append({g: n for g, n in found.items() if "staging" not in g})

    reader = threading.Thread(target=look)
    reader.start()
    try:
        publish(knowledge, store, _silent)
    finally:
        done.set()
        reader.join()
    assert len(seen) > 10
    assert [one for one in seen if one != expected] == []


def test_an_organisation_of_a_thousand_is_the_same_there(
    closures: Path, tmp_path: Path, knowledge: KnowledgeBase, target: Target
) -> None:
    """More triples than Virtuoso sorts, or gives at once."""
    file = tmp_path / "organisation.ttl"
    file.write_text("".join(organisation.ntriples(1_000, knowledge.asserted)), "utf-8")
    known = load([file], cache_dir=closures)
    assert known.inferred.count(b"\n") > 20_000
    publish(known, RemoteStore(target.query, target.update), _silent)  # raises if any differs
    assert target.counts()[vocab.INFERRED] == known.inferred.count(b"\n")


def test_the_command_tells_what_it_did(oxigraph_target: Target) -> None:
    command = [sys.executable, "-m", "mlroles", "publish", "--to", oxigraph_target.query]
    ended = subprocess.run(
        [*command, "--update", oxigraph_target.update], capture_output=True, text=True, check=True
    )
    assert re.match(r"http\S+: \d,\d{3} triples asserted, \d,\d{3} inferred$", ended.stdout)
    wrong = subprocess.run(
        [*command, "--update", f"{oxigraph_target.query}x"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert wrong.returncode == 1
    assert "answers 404" in wrong.stderr
    assert "Traceback" not in wrong.stderr


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:1/", "cannot be reached"),
        ("ftp://127.0.0.1/", "is no address of a store"),
    ],
)
def test_an_address_without_a_store_is_told(url: str, told: str) -> None:
    command = [sys.executable, "-m", "mlroles", "publish", "--to", url]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert told in ended.stderr
