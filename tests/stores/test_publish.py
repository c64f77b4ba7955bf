"""``mlroles publish`` into real stores on loopback: the same rules give the same graphs there."""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

import organisation
import proxies
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


class _Watched(RemoteStore):
    """A store whose updates are seen before they are sent."""

    def __init__(self, target: Target, watch: Callable[[str], None]) -> None:
        super().__init__(target.query, target.update)
        self._watch = watch

    def update(self, text: str, *, again: bool = True) -> None:
        self._watch(text)
        super().update(text, again=again)


@pytest.mark.parametrize("error", [StoreError("The connection broke."), KeyboardInterrupt()])
@pytest.mark.parametrize("when", ["Uploading: 1,000", "Reasoning", "Verifying", "Swapping"])
def test_a_failure_before_the_end_leaves_what_was_there(
    knowledge: KnowledgeBase, target: Target, error: BaseException, when: str
) -> None:
    store = RemoteStore(target.query, target.update)
    if not target.counts():
        publish(knowledge, store, _silent)
    before = target.counts()

    def break_off(message: str) -> None:
        if message.startswith(when):
            raise error

    with pytest.raises(type(error)):
        publish(knowledge, store, break_off)
    assert target.counts() == before


def _meddling(target: Target, knowledge: KnowledgeBase, change: str) -> None:
    """Publish to a store in which somebody changes the graphs before they are verified."""
    staging: set[str] = set()
    store = _Watched(
        target, lambda text: staging.update(re.findall(r"<([^>]*/staging/[^>]*)>", text))
    )

    def meddle(message: str) -> None:
        if message == "Verifying":
            assert len(staging) == 2
            asserted, inferred = sorted(staging)
            store.update(change.format(asserted=asserted, inferred=inferred))

    publish(knowledge, store, meddle)


_ROLE = f"<{vocab.BASE}role/ml-engineer>"
_LABEL = f"<{vocab.RDFS}label>"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            f"DELETE WHERE {{{{ GRAPH <{{inferred}}> {{{{ ?s <{vocab.MLR}requiresSkill> ?o }}}} }}}}",
            "in the place of",
        ),
        (
            (
                f"DELETE DATA {{{{ GRAPH <{{asserted}}> {{{{ {_ROLE} a <{vocab.MLR}Role> }}}} }}}} ;"
                f" INSERT DATA {{{{ GRAPH <{{asserted}}> {{{{ {_ROLE} a <{vocab.MLR}Skill> }}}} }}}}"
            ),
            "other triples",
        ),
        (
            (
                f"DELETE WHERE {{{{ GRAPH <{{asserted}}> {{{{ {_ROLE} {_LABEL} ?o }}}} }}}} ;"
                f' INSERT DATA {{{{ GRAPH <{{asserted}}> {{{{ {_ROLE} {_LABEL} "ML ingenieur"@en }}}} }}}}'
            ),
            "other triples",
        ),
    ],
)
def test_a_store_that_loses_or_changes_triples_is_found_out(
    knowledge: KnowledgeBase, target: Target, change: str, told: str
) -> None:
    with pytest.raises(StoreError, match=told):
        _meddling(target, knowledge, change)
    assert not any("staging" in graph for graph in target.counts())


def test_two_publications_at_once_do_not_share_their_staging(knowledge: KnowledgeBase) -> None:
    seen: list[set[str]] = []
    for _ in range(2):
        texts: list[str] = []

        def stop(text: str, texts: list[str] = texts) -> None:
            texts.append(text)
            raise StoreError("No store is there.")

        with pytest.raises(StoreError, match="No store"):
            publish(knowledge, _Watched(Target(_NOWHERE, _NOWHERE), stop), _silent)
        seen.append(set(re.findall(r"/staging/\w+", " ".join(texts))))
    first, second = seen
    assert first
    assert first.isdisjoint(second)


_NOWHERE = "http://127.0.0.1:1/"


def test_two_names_of_one_thing_are_published_as_we_reasoned(
    closures: Path, tmp_path: Path, target: Target
) -> None:
    file = tmp_path / "names.ttl"
    file.write_text(
        f"<https://example.org/a> <{vocab.OWL}sameAs> <https://example.org/b> ;"
        f' a <{vocab.MLR}Person> ; {_LABEL} "A"@en .'
    )
    known = load([file], cache_dir=closures)
    told: list[str] = []
    publish(known, RemoteStore(target.query, target.update), told.append)
    assert any("equality" in message for message in told)
    counts = target.counts()
    assert counts[vocab.INFERRED] == known.inferred.count(b"\n")


def test_a_store_that_fails_twice_is_asked_again(
    knowledge: KnowledgeBase, oxigraph_target: Target
) -> None:
    seen: list[bytes] = []
    with proxies.before(oxigraph_target.update, proxies.failing(2, seen)) as update:
        publish(knowledge, RemoteStore(oxigraph_target.query, update), _silent)
    assert seen[0] == seen[1] == seen[2] != seen[3]


def test_an_update_that_takes_too_long_is_not_sent_again() -> None:
    seen: list[bytes] = []
    with proxies.before(_NOWHERE, proxies.stuck(1.0, seen)) as update:
        store = RemoteStore(update, update, timeout=0.3)
        with pytest.raises(StoreError, match="did not answer in time"):
            store.update("INSERT DATA { <urn:a> <urn:p> 1 }")
        time.sleep(1.0)
    assert len(seen) == 1


def test_a_swap_that_nobody_answers_is_told_and_nothing_is_taken_away(
    knowledge: KnowledgeBase, oxigraph_target: Target
) -> None:
    seen: list[bytes] = []

    def hang_up(handler: BaseHTTPRequestHandler, body: bytes) -> bool:
        if b"MOVE" not in body:
            return False
        seen.append(body)
        handler.close_connection = True
        return True

    with proxies.before(oxigraph_target.update, hang_up) as update:
        store = RemoteStore(oxigraph_target.query, update)
        with pytest.raises(StoreError, match="Whether the graphs were swapped is not known"):
            publish(knowledge, store, _silent)
    assert len(seen) == 1
    left = [graph for graph in oxigraph_target.counts() if "staging" in graph]
    assert len(left) == 2
    for graph in left:
        RemoteStore(oxigraph_target.query, oxigraph_target.update).update(f"DROP GRAPH <{graph}>")


def test_a_store_that_asks_who_is_there_is_told(
    knowledge: KnowledgeBase, oxigraph_target: Target
) -> None:
    lock = proxies.locked("ada", "pass:wörd")
    with (
        proxies.before(oxigraph_target.query, lock) as query,
        proxies.before(oxigraph_target.update, lock) as update,
    ):
        publish(knowledge, RemoteStore(query, update, credentials=("ada", "pass:wörd")), _silent)
        for wrong in (None, ("ada", "no")):
            with pytest.raises(StoreError, match="answers 401"):
                publish(knowledge, RemoteStore(query, update, credentials=wrong), _silent)


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
        for _ in range(2):
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
