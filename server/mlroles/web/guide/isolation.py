"""A stranger's Turtle, reasoned over by a program of its own, with bounds, that leaves nothing."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from mlroles.config import Settings
from mlroles.errors import BusyError, QueryMemoryError, QueryTimeoutError
from mlroles.teams import Json

_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = 10.0  # seconds to wait for another's report to end
_START = 5.0  # seconds that the program itself may take beside its limit
_NAME = "team.ttl"


def report(text: str, roles: Sequence[str], settings: Settings) -> Json:
    """Return what ``mlroles team`` says of the Turtle ``text``: a report, or its problems.

    Raises BusyError if others are asking, QueryTimeoutError and QueryMemoryError.
    """
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise BusyError("Other teams are being looked at.", extra={"retry_after": 10})
    try:
        with tempfile.TemporaryDirectory() as place:
            Path(place, _NAME).write_text(text, "utf-8", newline="")
            return _run(_command(roles, settings), place, settings)
    finally:
        _AT_ONCE.release()


def _command(roles: Sequence[str], settings: Settings) -> list[str]:
    command = [sys.executable, "-P", "-m", "mlroles", "team", _NAME, "--format", "json"]
    command += [f"--timeout={settings.timeout}", f"--memory={settings.memory}"]
    command += [f"--data={path.absolute()}" for path in settings.data]
    return command + [f"--role={role}" for role in roles]


def _run(command: Sequence[str], place: str, settings: Settings) -> Json:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("MLROLES_")}
    # A session of its own, so that all of it can be ended; no code runs between fork and exec.
    with subprocess.Popen(  # noqa: S603 - our own program; the roles are choices of the graph
        command,
        cwd=place,
        env={**ours, "TMPDIR": place},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            told, _ = process.communicate(timeout=settings.timeout + _START)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise _late(settings) from error
    if process.returncode == -signal.SIGXCPU:
        raise _late(settings)
    try:
        found: Json = json.loads(told)
    except ValueError as error:
        raise QueryMemoryError(
            f"The team could not be looked at within {settings.memory:,} MiB of memory.",
            hint="Use mlroles team, with a higher --memory.",
            extra={"limit": settings.memory},
        ) from error
    return found


def _late(settings: Settings) -> QueryTimeoutError:
    return QueryTimeoutError(
        f"The team could not be looked at within {settings.timeout:g} seconds.",
        hint="Use mlroles team, with a higher --timeout.",
        extra={"limit": settings.timeout},
    )
