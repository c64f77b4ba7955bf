"""``mlroles publish`` where something goes wrong: what was in the store stays, and it is told."""

import re
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

import organisation
import proxies
import virtuoso
from mlroles import vocab
from mlroles.errors import StoreError
from mlroles.knowledge import KnowledgeBase, load
from mlroles.store.publishing import publish
from mlroles.store.remote import RemoteStore
from targets import Target

pytestmark = pytest.mark.slow

#: Bytes that one update may log: enough for one of 500 triples, too few to move a graph.
_SMALL_LOG = 200_000


def _silent(_: str) -> None:
    """Tell nobody."""


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
    small: KnowledgeBase, target: Target, error: BaseException, when: str
) -> None:
    store = RemoteStore(target.query, target.update)
    if not target.counts():
        publish(small, store, _silent)
    before = target.counts()

    def break_off(message: str) -> None:
        if message.startswith(when):
            raise error

    with pytest.raises(type(error)):
        publish(small, store, break_off)
    assert target.counts() == before


def test_an_update_too_large_for_virtuoso_is_told_with_what_to_set(
    knowledge: KnowledgeBase, tmp_path: Path
) -> None:
    with virtuoso.running(tmp_path, log=_SMALL_LOG) as server:
        server.allow_updates()
        target, told = Target(server.endpoint, server.endpoint), list[str]()
        with pytest.raises(StoreError, match="log after image size") as caught:
            publish(knowledge, RemoteStore(target.query, target.update), told.append)
        assert told[-2:] == ["Swapping", "Taking away what was put together"]
        assert "TransactionAfterImageLimit" in (caught.value.hint or "")
        assert target.counts() == {}


class _Left(RemoteStore):
    """A store that is left while it is at work on an update with some words."""

    def __init__(self, target: Target, words: str) -> None:
        super().__init__(target.query, target.update)
        self._words = words
        self.at_work = threading.Thread()

    def update(self, text: str, *, again: bool = True) -> None:
        if self._words not in text:
            super().update(text, again=again)
            return
        self.at_work = threading.Thread(target=super().update, args=(text,))
        self.at_work.start()
        time.sleep(0.1)
        raise KeyboardInterrupt


def test_what_a_store_is_at_work_on_when_it_is_left_is_taken_away_too(
    knowledge: KnowledgeBase, closures: Path, tmp_path: Path, target: Target
) -> None:
    file = tmp_path / "organisation.ttl"
    file.write_text("".join(organisation.ntriples(1_500, knowledge.asserted)), "utf-8")
    store, before = _Left(target, "ADD GRAPH"), target.counts()
    with pytest.raises(KeyboardInterrupt):
        publish(load([file], cache_dir=closures), store, _silent)
    store.at_work.join()
    assert target.counts() == before


def test_who_leaves_while_graphs_are_swapped_is_told_that_it_is_not_known(
    small: KnowledgeBase, target: Target, caplog: pytest.LogCaptureFixture
) -> None:
    store = _Left(target, "MOVE GRAPH")
    with pytest.raises(KeyboardInterrupt):
        publish(small, store, _silent)
    store.at_work.join()
    assert "swapped is not known" in caplog.text
    assert not any("staging" in graph for graph in target.counts())


def _meddling(target: Target, small: KnowledgeBase, change: str) -> None:
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

    publish(small, store, meddle)


_ROLE = f"<{vocab.BASE}role/ml-engineer>"
_LABEL = f"<{vocab.RDFS}label>"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            f"DELETE WHERE {{{{ GRAPH <{{inferred}}> {{{{ ?s <{vocab.MLR}requiresSkill> ?o }}}} }}}}",
            "does not hold",
        ),
        (
            f"INSERT DATA {{{{ GRAPH <{{inferred}}> {{{{ <urn:x> a <{vocab.MLR}Role> }}}} }}}}",
            "in the place of",
        ),
        (
            (
                f"DELETE DATA {{{{ GRAPH <{{asserted}}> {{{{ {_ROLE} a <{vocab.MLR}Role> }}}} }}}} ;"
                f" INSERT DATA {{{{ GRAPH <{{asserted}}> {{{{ {_ROLE} a <{vocab.MLR}Skill> }}}} }}}}"
            ),
            "does not hold",
        ),
        (
            (
                f"DELETE WHERE {{{{ GRAPH <{{asserted}}> {{{{ {_ROLE} {_LABEL} ?o }}}} }}}} ;"
                f' INSERT DATA {{{{ GRAPH <{{asserted}}> {{{{ {_ROLE} {_LABEL} "ML ingenieur"@en }}}} }}}}'
            ),
            "does not hold",
        ),
    ],
)
def test_a_store_that_loses_or_changes_triples_is_found_out(
    small: KnowledgeBase, target: Target, change: str, told: str
) -> None:
    with pytest.raises(StoreError, match=told):
        _meddling(target, small, change)
    assert not any("staging" in graph for graph in target.counts())


def test_where_only_queries_are_taken_the_address_for_updates_is_asked_for(
    small: KnowledgeBase, oxigraph_target: Target
) -> None:
    with pytest.raises(StoreError, match="answers 400") as caught:
        publish(small, RemoteStore(oxigraph_target.query), _silent)
    assert "--update" in (caught.value.hint or "")


def test_two_publications_at_once_do_not_share_their_staging(small: KnowledgeBase) -> None:
    seen: list[set[str]] = []
    for _ in range(2):
        texts: list[str] = []

        def stop(text: str, texts: list[str] = texts) -> None:
            texts.append(text)
            raise StoreError("No store is there.")

        with pytest.raises(StoreError, match="No store"):
            publish(small, _Watched(Target(_NOWHERE, _NOWHERE), stop), _silent)
        seen.append(set(re.findall(r"/staging/\w+", " ".join(texts))))
    first, second = seen
    assert first
    assert first.isdisjoint(second)


_NOWHERE = "http://127.0.0.1:1/"


def test_a_store_that_fails_twice_is_asked_again(
    small: KnowledgeBase, oxigraph_target: Target
) -> None:
    seen: list[bytes] = []
    with proxies.before(oxigraph_target.update, proxies.failing(2, seen)) as update:
        publish(small, RemoteStore(oxigraph_target.query, update), _silent)
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
    small: KnowledgeBase, oxigraph_target: Target
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
            publish(small, store, _silent)
    assert len(seen) == 1
    left = [graph for graph in oxigraph_target.counts() if "staging" in graph]
    assert len(left) == 2
    for graph in left:
        RemoteStore(oxigraph_target.query, oxigraph_target.update).update(f"DROP GRAPH <{graph}>")


def test_a_store_that_asks_who_is_there_is_told(
    small: KnowledgeBase, oxigraph_target: Target
) -> None:
    lock = proxies.locked("ada", "pass:wörd")
    with (
        proxies.before(oxigraph_target.query, lock) as query,
        proxies.before(oxigraph_target.update, lock) as update,
    ):
        publish(small, RemoteStore(query, update, credentials=("ada", "pass:wörd")), _silent)
        for wrong, hint in (
            (None, "MLROLES_STORE_USER"),
            (("ada", "no"), "does not know this user"),
        ):
            with pytest.raises(StoreError, match="answers 401") as caught:
                publish(small, RemoteStore(query, update, credentials=wrong), _silent)
            assert hint in (caught.value.hint or "")
