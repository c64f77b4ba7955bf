"""The room for answers that are not read yet: bounded, and who does not read gives way."""

import threading
import time

import pytest

from mlroles.serving import spool
from mlroles.serving.spool import FREE, Spool, StalledError

MIB = 1 << 20


class Answer:
    """Takes up room; its client last read so many seconds ago."""

    def __init__(self, room: Spool, ago: float = 0) -> None:
        self.held = 0
        self.read_at = time.monotonic() - ago
        self.over = False
        self._room = room

    def lose(self) -> None:
        """Give the room up."""
        self.over = True
        self._room.give(self, self.held)


def test_who_has_read_nothing_for_longest_gives_way() -> None:
    room = Spool(16 * MIB)
    answers = [Answer(room, ago) for ago in (3, 60, 0, 0)]
    for answer in answers:
        room.take(answer, 4 * MIB)
    fresh = Answer(room)
    room.take(fresh, 2 * MIB)
    assert [answer.over for answer in answers] == [False, True, False, False]
    assert room.taken == 14 * MIB


def test_nobody_gives_way_who_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Spool(16 * MIB)
    answers = [Answer(room) for _ in range(4)]
    for answer in answers:
        room.take(answer, 4 * MIB)
    waiting = Answer(room)
    threading.Timer(0.3, lambda: room.give(answers[0], 2 * MIB)).start()
    begun = time.monotonic()
    room.take(waiting, MIB + FREE // 2)
    assert time.monotonic() - begun > 0.2
    assert not any(answer.over for answer in answers)
    monkeypatch.setattr(spool, "_STALL", 1000.0)
    monkeypatch.setattr(spool, "_PATIENCE", 0.2)
    with pytest.raises(StalledError):
        room.take(waiting, 2 * MIB)


def test_every_answer_has_a_little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Spool(0)
    room.take(Answer(room), FREE)
    monkeypatch.setattr(spool, "_PATIENCE", 0.1)
    with pytest.raises(StalledError):
        room.take(Answer(room), FREE + 1)


def test_an_answer_that_is_over_waits_for_no_room() -> None:
    room = Spool(0)
    answer = Answer(room)
    answer.over = True
    room.take(answer, 10 * MIB)
    assert answer.held == 0
