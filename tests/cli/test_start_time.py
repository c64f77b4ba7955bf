"""How much a start costs: the processor time of all its processes until it answers."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

#: Seconds that a second start may take of a processor; it took 0.73 (two cores, Python 3.11).
_BOUND = 1.5
_TICK = os.sysconf("SC_CLK_TCK")


def _start() -> float:
    """Start a server as a user does; return its processor time when it is ready, and end it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mlroles", "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    try:
        assert "ready in" in process.stderr.readline()
        return sum(map(_seconds, _session(process.pid)))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=20)


def _session(leader: int) -> list[list[str]]:
    """Return the figures of each process of a session (proc(5), /proc/pid/stat), after its name."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            figures = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if int(figures[3]) == leader:
            found.append(figures)
    return found


def _seconds(figures: list[str]) -> float:
    """Return user and system time, of the process and of those that it has waited for."""
    return sum(map(int, figures[11:15])) / _TICK


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")
def test_a_second_start_takes_little_of_a_processor() -> None:
    _start()  # reasons, and keeps what follows
    assert _start() < _BOUND
