"""A dataset put on disk by a program of its own: ``python -m mlroles.engine.loading``.

Its memory and its threads end with it, and it has none of ours: RocksDB does not survive a fork
while it can write. What it is to do comes to its standard input; what it has to tell goes to its
standard output, a line of JSON at a time.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mlroles.engine.messages import dump_error, load_error
from mlroles.errors import MlrolesError, SettingError
from mlroles.store import disk
from mlroles.store.disk import Progress
from mlroles.store.manifest import Look

_DEATH_SIGNAL = 1  # prctl(2), PR_SET_PDEATHSIG


def fill(
    draft: Path, data: Sequence[Path], cache_dir: Path, progress: Progress, look: Look
) -> None:
    """Do what ``disk.fill`` does, in a program that is killed if this one ends. Raises what it does."""
    work = {
        "parent": os.getpid(),
        "draft": str(draft),
        "data": [str(path.absolute()) for path in data],
        "cache_dir": str(cache_dir),
        "look": look,
    }
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        try:
            assert process.stdin is not None  # noqa: S101 - tells mypy what PIPE gives
            assert process.stdout is not None  # noqa: S101 - as above
            process.stdin.write(json.dumps(work).encode())
            process.stdin.close()
            _hear(process.stdout, progress)
        finally:
            process.kill()  # it has said all; or an interrupt is why we are here


def _hear(lines: Iterable[bytes], progress: Progress) -> None:
    """Pass on what is told until the work is done. Raises the error that it ended in."""
    for line in lines:
        told: Mapping[str, Any] = json.loads(line)
        if "progress" in told:
            progress(told["progress"])
        elif "error" in told:
            raise load_error(json.dumps(told["error"]).encode())
        elif "done" in told:
            return
    raise MlrolesError(
        "The loading process ended before it was done.",
        hint="Was it killed, as when memory runs out? Standard error may say more.",
    )


def _main() -> None:
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    work = json.load(sys.stdin)
    if os.getppid() != work["parent"]:
        return
    try:
        disk.fill(
            Path(work["draft"]),
            [Path(path) for path in work["data"]],
            Path(work["cache_dir"]),
            lambda message: _tell("progress", message),
            Look.of(work["look"]),
        )
    except MlrolesError as error:
        _tell("error", json.loads(dump_error(error)))
    except OSError as error:  # RocksDB's have no number: a full disk is one of them
        full = SettingError(
            f"The store cannot be written: {error}.", hint="What was there before still is."
        )
        _tell("error", json.loads(dump_error(full)))
    else:
        _tell("done", True)


def _tell(kind: str, what: object) -> None:
    sys.stdout.write(f"{json.dumps({kind: what})}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main()
