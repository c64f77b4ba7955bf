"""Who gets a worker: in turn, and no client all of them."""

import threading
import time
from collections.abc import Callable

import pytest

from mlroles.engine.roster import Roster
from mlroles.errors import BusyError
from observing import eventually


class Place:
    """A worker in name."""

    def is_live(self) -> bool:
        """Return that it is."""
        return True

    def close(self) -> None:
        """Do nothing."""


def roster(queue: int, workers: int) -> Roster[Place]:
    made: Roster[Place] = Roster(queue, workers)
    for _ in range(workers):
        made.give(Place())
    return made


def later(it: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Call in a thread; return it and what came of it, once it ends."""
    came: list[object] = []

    def call() -> None:
        try:
            came.append(it())
        except BusyError as error:
            came.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    return thread, came


def test_one_client_leaves_a_worker_to_the_others() -> None:
    it, soon = roster(4, 3), time.monotonic() + 0.1
    for _ in range(2):
        it.take(soon, "greedy")
    with pytest.raises(BusyError):
        it.take(soon, "greedy")
    it.take(time.monotonic() + 5, "other")


def test_we_ourselves_may_have_all() -> None:
    it = roster(4, 3)
    for _ in range(3):
        it.take(time.monotonic() + 5)
    assert it.load() == (0, 0)


def test_a_worker_that_comes_back_goes_to_who_may_have_it() -> None:
    it, far = roster(4, 2), time.monotonic() + 5
    first, second = it.take(far, "greedy"), it.take(far, "other")
    greedy, got = later(lambda: it.take(far, "greedy"))
    assert eventually(lambda: it.load()[1] == 1)
    it.give(second, 0.1)
    assert it.load() == (1, 1)
    it.lose(first, 0.1)
    greedy.join()
    assert got == [second]


def test_who_waits_most_gives_way_when_the_queue_is_full() -> None:
    it, far = roster(2, 1), time.monotonic() + 5
    held = it.take(far, "greedy")
    waiting = [later(lambda: it.take(far, "greedy"))]
    assert eventually(lambda: it.load()[1] == 1)
    waiting.append(later(lambda: it.take(far, "greedy")))
    assert eventually(lambda: it.load()[1] == 2)
    other, got = later(lambda: it.take(far, "other"))
    waiting[1][0].join()
    assert isinstance(waiting[1][1][0], BusyError)
    with pytest.raises(BusyError):
        it.take(far, "greedy")
    it.give(held)
    waiting[0][0].join()
    it.give(held)
    other.join()
    assert (waiting[0][1], got) == ([held], [held])


def test_when_to_come_again_counts_queries_that_ran_out_of_time() -> None:
    it = roster(0, 1)
    for _ in range(30):
        it.lose(it.take(time.monotonic() + 1), 30.0)
        it.give(Place())
    it.take(time.monotonic() + 1)
    with pytest.raises(BusyError) as caught:
        it.take(time.monotonic() + 1)
    after = caught.value.extra["retry_after"]
    assert isinstance(after, int)
    assert 20 < after <= 30
