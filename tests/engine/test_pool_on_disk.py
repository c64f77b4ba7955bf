"""Workers over a store on disk: bound as those over memory are, though they open files."""

import platform
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mlroles import vocab
from mlroles.config import settings
from mlroles.engine import confinement
from mlroles.engine.opening import open_pool
from mlroles.engine.pool import Pool
from mlroles.errors import QueryMemoryError, QueryTimeoutError, RefusedError, SettingError
from observing import ask, eventually, workers

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c LIMIT 1"

#: What is tried in a process that is confined to the directory ``sys.argv[1]``; each must fail.
_ATTEMPTS = """
import os, socket, sys
from pathlib import Path
from mlroles.engine.confinement import confine

place = Path(sys.argv[1])
inside = place / "file"
held = os.open(place, os.O_RDONLY)
confine(place)
attempts = {
    "socket": lambda: socket.socket(),
    "datagram": lambda: socket.socket(type=socket.SOCK_DGRAM),
    "pair": lambda: socket.socketpair(),
    "outside": lambda: Path("/etc/passwd").read_text(),
    "above": lambda: (place.parent / "secret").read_text(),
    "write": lambda: inside.write_text("x"),
    "append": lambda: inside.open("a"),
    "create": lambda: (place / "new").touch(),
    "held": lambda: os.open("new", os.O_CREAT | os.O_WRONLY, dir_fd=held),
    "remove": lambda: inside.unlink(),
    "rename": lambda: inside.rename(place / "other"),
    "link": lambda: (place / "link").symlink_to(inside),
    "folder": lambda: (place / "folder").mkdir(),
    "shorten": lambda: os.truncate(inside, 0),
    "program": lambda: os.execv("/bin/true", ["true"]),
}
assert inside.read_text() == "content"
assert os.listdir(place)
for name, attempt in attempts.items():
    try:
        attempt()
    except PermissionError:
        print(name)
"""


def test_a_confined_process_reads_one_directory_and_does_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "file").write_text("content")
    (tmp_path / "secret").write_text("secret")
    ended = subprocess.run(
        [sys.executable, "-c", _ATTEMPTS, str(place)], capture_output=True, text=True, check=True
    )
    tried = [line.split('"')[1] for line in _ATTEMPTS.splitlines() if line.startswith('    "')]
    expected = set(tried)
    assert len(expected) == 15
    assert set(ended.stdout.split()) == expected
    assert [path.name for path in place.iterdir()] == ["file"]
    assert (place / "file").read_text() == "content"


def test_a_system_that_cannot_confine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    confinement.require()
    monkeypatch.setattr(platform, "machine", lambda: "vax")
    with pytest.raises(SettingError, match="seccomp on vax"):
        confinement.require()


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    directory = str(tmp_path_factory.mktemp("disk") / "store")
    chosen = settings({"store": directory, "workers": 2, "timeout": 20.0, "memory": 256})
    with open_pool(chosen) as opened:
        yield opened


def test_it_answers_and_knows_what_it_holds(pool: Pool) -> None:
    assert pool.sizes is not None
    counted = ask(pool, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert counted == f"n\r\n{pool.sizes['']}\r\n".encode()
    assert pool.sizes[""] == pool.sizes[vocab.ASSERTED] + pool.sizes[vocab.INFERRED]
    assert len(pool.digest) == 64


def test_a_service_call_reaches_nobody(pool: Pool) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        for silent in ("", "SILENT"):
            text = (
                f"SELECT * WHERE {{ SERVICE {silent} <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
            )
            if silent:
                ask(pool, text)
            else:
                with pytest.raises(RefusedError):
                    ask(pool, text)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_deadline_and_memory_are_kept_and_the_worker_replaced(pool: Pool) -> None:
    with pytest.raises(QueryTimeoutError):
        ask(pool, ENDLESS, 0.2)
    with pytest.raises(QueryMemoryError):
        ask(pool, GREEDY)
    assert eventually(lambda: len(workers(pool)) == 2)
    assert ask(pool, "ASK {}") == b"true"


def test_a_worker_has_its_socket_and_files_of_the_store_only(pool: Pool) -> None:
    ask(pool, "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p")
    for pid in workers(pool):
        held = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()]
        others = [name for name in held if "/store/" not in name]
        assert sum(name.startswith("socket:") for name in others) == 1
        assert len(others) <= 5  # that, standard input to error, and the kernel's figures
    assert threading.active_count() < 10
