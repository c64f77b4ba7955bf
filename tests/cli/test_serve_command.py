"""``mlroles serve``: a real server, started, asked and ended."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

import extra
from mlroles.cli.serve import command
from mlroles.config import SETTINGS
from mlroles.errors import SettingError

Start = Callable[..., "Server"]


class Server:
    """A server in a process of its own."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mlroles", "serve", "--port", "0", *arguments],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stderr is not None
        self.banner = self.process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.banner)
        assert found is not None, self.banner + self.process.stderr.read()
        self.port = int(found[1])

    def get(self, path: str, **parameters: str) -> tuple[int, bytes]:
        """Return the status and the body of a response."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as link:
            link.request("GET", f"{path}?{urlencode(parameters)}")
            response = link.getresponse()
            return response.status, response.read()

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal; return the exit code and what else was said."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said

    def family(self) -> set[int]:
        """Return the processes that the server started, and itself."""
        found = {self.process.pid}
        for _ in range(4):
            for path in Path("/proc").glob("[0-9]*/stat"):
                try:
                    parent = int(path.read_text().rpartition(")")[2].split()[1])
                except (FileNotFoundError, ProcessLookupError):
                    continue
                if parent in found:
                    found.add(int(path.parent.name))
        return found


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that starts a server; each is ended at the end."""
    servers: list[Server] = []

    def started(*arguments: str) -> Server:
        servers.append(Server(*arguments))
        return servers[-1]

    yield started
    for server in servers:
        server.process.kill()
        server.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_starts_answers_and_ends(start: Start, number: int) -> None:
    server = start()
    counts = re.search(
        r"\(([\d,]+) asserted \+ ([\d,]+) inferred = ([\d,]+) triples", server.banner
    )
    assert counts is not None
    asserted, inferred, total = (int(count.replace(",", "")) for count in counts.groups())
    assert asserted > 0
    assert inferred > 0
    assert asserted + inferred == total
    status, body = server.get("/sparql", query="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert status == 200
    assert int(json.loads(body)["results"]["bindings"][0]["n"]["value"]) == total
    status, body = server.get("/queries/roles-needing-a-skill/results", skill="mathematics")
    assert status == 200
    assert b"role/research-scientist" in body
    family = server.family()
    assert len(family) > 2
    assert server.end(number) == (0, "")
    assert not [pid for pid in family if Path(f"/proc/{pid}").exists()]


def test_ctrl_c_at_a_terminal_reaches_all_and_ends_as_well(start: Start) -> None:
    server = start()
    os.killpg(server.process.pid, signal.SIGINT)
    _, said = server.process.communicate(timeout=20)
    assert (server.process.returncode, said) == (0, "")


@pytest.mark.slow
def test_a_query_under_way_does_not_hold_up_the_end(start: Start) -> None:
    server = start()
    with closing(socket.create_connection(("127.0.0.1", server.port))) as link:
        query = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})
        link.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.5)
        begun = time.monotonic()
        assert server.end() == (0, "")
        assert time.monotonic() - begun < 10
        answer = link.recv(100_000)
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"shutting down" in answer


@pytest.mark.slow
def test_more_data_is_loaded_from_every_option(start: Start, tmp_path: Path) -> None:
    server = start(*extra.write(tmp_path))
    for name in extra.NAMES:
        _, body = server.get("/sparql", query=f"ASK {{ <https://example.org/{name}> a ?c }}")
        assert json.loads(body)["boolean"] is True


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mlroles", "serve", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_port_in_use_is_told() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        done = run("--port", str(port))
    assert done.returncode == 1
    assert f"port {port}: Address already in use" in done.stderr
    assert "Traceback" not in done.stderr


def test_turtle_that_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("@prefix mlr: <https://w3id.org/mlroles/ontology#> .\nmlr:a mlr:b .\n")
    done = run("--port", "0", "--data", str(path))
    assert done.returncode == 1
    assert f"{path}:2" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--port", "x"], ["--colour", "red"], ["extra"]])
def test_wrong_usage_has_its_own_exit_code(arguments: list[str]) -> None:
    assert CliRunner().invoke(command, arguments).exit_code == 2


@pytest.mark.parametrize(
    "arguments", [["--port", "65536"], ["--port", "-1"], ["--threads", "0"], ["--timeout", "-1"]]
)
def test_a_setting_out_of_bounds_is_told(arguments: list[str]) -> None:
    outcome = CliRunner().invoke(command, arguments)
    assert isinstance(outcome.exception, SettingError)


def test_every_setting_is_an_option_with_help() -> None:
    text = " ".join(CliRunner().invoke(command, ["--help"]).output.split())
    for setting in SETTINGS:
        assert f"--{setting.name.replace('_', '-')} " in text
        assert setting.help[1:] in text
