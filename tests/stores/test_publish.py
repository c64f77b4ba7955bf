"""``mlroles publish`` into real stores on loopback: the same rules give the same graphs there."""

import subprocess
import sys
from pathlib import Path

import pytest

from mlroles import vocab
from mlroles.errors import StoreError
from mlroles.knowledge import KnowledgeBase, load
from mlroles.store.publishing import publish
from mlroles.store.remote import RemoteStore
from targets import Target

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def knowledge(closures: Path) -> KnowledgeBase:
    return load(cache_dir=closures)


@pytest.fixture(params=["oxigraph_target", "virtuoso_target"])
def target(request: pytest.FixtureRequest) -> Target:
    found: Target = request.getfixturevalue(request.param)
    return found


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


def test_the_command_tells_what_it_did(oxigraph_target: Target) -> None:
    command = [sys.executable, "-m", "mlroles", "publish", "--to", oxigraph_target.query]
    ended = subprocess.run(
        [*command, "--update", oxigraph_target.update], capture_output=True, text=True, check=True
    )
    assert ended.stdout.startswith(f"{oxigraph_target.query}: 3,")
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
