"""A server started as a user starts it, on a free port, and ended."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+(?=/)")


class Serving(NamedTuple):
    """What a running server said, where it listens, and its process, if ``exec`` started it."""

    banner: str
    address: str
    pid: int


@contextmanager
def serving(command: str, place: Path, environment: Mapping[str, str]) -> Iterator[Serving]:
    """Run a command line that ends in ``mlroles serve``; yield when it listens, and end it."""
    with subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=place,
        env={**os.environ, **environment, "MLROLES_PORT": "0"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield _listening(process)
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _listening(process: subprocess.Popen[str]) -> Serving:
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        found = _ADDRESS.search(line)
        if found and line.startswith("mlroles "):
            return Serving(line, found[0], process.pid)
    raise AssertionError("".join(said))
