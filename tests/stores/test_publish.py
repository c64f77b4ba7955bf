"""``mlroles publish`` into real stores on loopback: the same rules give the same graphs there."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

import pytest

import ports
import virtuoso
from mlroles import vocab
from mlroles.errors import StoreError
from mlroles.knowledge import KnowledgeBase, load
from mlroles.store.publishing import publish
from mlroles.store.remote import RemoteStore

pytestmark = pytest.mark.slow

COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class Target(NamedTuple):
    """Where a store is asked and changed."""

    query: str
    update: str

    def counts(self) -> dict[str, int]:
        """Return how many triples each graph of ours has, those being put together too."""
        rows = RemoteStore(self.query).select(COUNTS)
        found = {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
        return {graph: n for graph, n in found.items() if graph.startswith(vocab.BASE)}


@pytest.fixture(scope="module")
def knowledge(closures: Path) -> KnowledgeBase:
    return load(cache_dir=closures)


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """Return Oxigraph's own server, as PyPI brings it."""
    program, port = Path(sys.executable).with_name("oxigraph"), ports.free()
    location = tmp_path_factory.mktemp("oxigraph")
    command = [str(program), "serve", "--location", str(location), "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/")
            yield Target(f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/update")
        finally:
            process.kill()


@pytest.fixture(scope="module")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with virtuoso.running(tmp_path_factory.mktemp("virtuoso-publish")) as server:
        server.allow_updates()
        yield Target(server.endpoint, server.endpoint)


@pytest.fixture(params=["oxigraph", "virtuoso_server"])
def target(request: pytest.FixtureRequest) -> Target:
    found: Target = request.getfixturevalue(request.param)
    return found


def _wait(url: str) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            urlopen(url).close()  # noqa: S310 - on loopback
        except URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the store did not start in time")


def _silent(_: str) -> None:
    """Tell nobody."""


def test_both_graphs_arrive_reasoned_over_there_and_nothing_else_stays(
    knowledge: KnowledgeBase, target: Target
) -> None:
    expected = {
        vocab.ASSERTED: knowledge.asserted.count(b"\n"),
        vocab.INFERRED: knowledge.inferred.count(b"\n"),
    }
    for _ in range(2):  # the second time takes the place of the first
        publish(knowledge, RemoteStore(target.query, target.update), _silent)
        assert target.counts() == expected


def test_a_failure_before_the_end_leaves_what_was_there(
    knowledge: KnowledgeBase, target: Target
) -> None:
    store = RemoteStore(target.query, target.update)
    publish(knowledge, store, _silent)
    before = target.counts()

    def break_off(message: str) -> None:
        if message == "Verifying":
            raise StoreError("The connection broke.")

    with pytest.raises(StoreError, match="broke"):
        publish(knowledge, store, break_off)
    assert target.counts() == before


def test_a_store_that_loses_triples_is_found_out(knowledge: KnowledgeBase, target: Target) -> None:
    store = RemoteStore(target.query, target.update)

    def lose(message: str) -> None:
        if message == "Verifying":
            some = f"GRAPH <{vocab.INFERRED}/staging> {{ ?s <{vocab.MLR}requiresSkill> ?o }}"
            store.update(f"DELETE WHERE {{ {some} }}")

    with pytest.raises(StoreError, match="in the place of"):
        publish(knowledge, store, lose)


def test_a_store_that_changes_triples_is_found_out(
    knowledge: KnowledgeBase, target: Target
) -> None:
    store = RemoteStore(target.query, target.update)
    graph = f"<{vocab.ASSERTED}/staging>"
    role = f"<{vocab.BASE}role/ml-engineer> a"

    def swap(message: str) -> None:
        if message == "Verifying":
            store.update(
                f"DELETE DATA {{ GRAPH {graph} {{ {role} <{vocab.MLR}Role> }} }} ;"
                f" INSERT DATA {{ GRAPH {graph} {{ {role} <{vocab.MLR}Skill> }} }}"
            )

    with pytest.raises(StoreError, match="other triples"):
        publish(knowledge, store, swap)


def test_the_command_tells_what_it_did(oxigraph: Target) -> None:
    command = [sys.executable, "-m", "mlroles", "publish", "--to", oxigraph.query]
    ended = subprocess.run(
        [*command, "--update", oxigraph.update], capture_output=True, text=True, check=True
    )
    assert ended.stdout.startswith(f"{oxigraph.query}: 3,")
    wrong = subprocess.run(
        [*command, "--update", f"{oxigraph.query}x"], capture_output=True, text=True, check=False
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
