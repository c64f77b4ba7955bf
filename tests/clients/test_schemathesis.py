"""Requests of every kind that the OpenAPI document describes, and some that it does not."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.slow

_CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
_PHASES = "examples,coverage,fuzzing"
_REQUEST = re.compile(r"curl '(http[^']+)'")


def test_every_answer_is_as_described(server: str, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    ended = subprocess.run(
        [
            *(program, "--config-file", _CONFIGURATION, "run", f"{server}/openapi.json"),
            *("--max-examples", "3", "--phases", _PHASES, "--seed", "1", "--no-color"),
        ],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONUTF8": "1"},
        text=True,
        timeout=240,
    )
    assert ended.returncode == 0, ended.stdout[-5000:]


def test_every_request_of_the_page_for_programs_answers(server: str) -> None:
    with urlopen(f"{server}/api") as page:  # noqa: S310 - our own server
        requests = _REQUEST.findall(unescape(page.read().decode()))
    assert len(requests) > 40
    for request in requests:
        with urlopen(request) as answer:  # noqa: S310 - our own server
            assert answer.status == 200, request
