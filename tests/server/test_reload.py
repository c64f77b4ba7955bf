"""SIGHUP: the data as it is now takes the place of what was served, and nobody notices but by it."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from serving import Serving, serving
from talking import SMALL, Client

pytestmark = pytest.mark.slow

IT = "https://example.org/it"
VERSION = f"SELECT ?v {{ <{IT}> <http://www.w3.org/2000/01/rdf-schema#label> ?v }}"
SLOW = "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c } LIMIT 1000 } ?d ?e ?f } # "


class Served:
    """A server over a file that the tests change."""

    def __init__(self, found: Serving, file: Path, client: Client) -> None:
        self.pid = found.pid
        self.client = client
        self._file = file

    def write(self, version: str, class_: str = "Role") -> None:
        """Change the file."""
        self._file.write_text(_turtle(version, class_), "utf-8")

    def reload(self) -> dict[str, str]:
        """Send the signal; return what ``/health`` says of the reload when it has ended."""
        before = self.told()
        os.kill(self.pid, signal.SIGHUP)
        patience = time.monotonic() + 30
        while (found := self.told()) == before and time.monotonic() < patience:
            time.sleep(0.05)
        return found

    def told(self) -> dict[str, str]:
        """Return what ``/health`` says of the last reload."""
        status, _, body = self.client.exchange(
            b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        assert status == 200
        found: dict[str, str] = json.loads(body)["reload"] or {}
        return found

    def version(self) -> str:
        """Return the version that is served."""
        status, body = self.client.ask(VERSION)
        assert status == 200
        ((row,),) = [json.loads(body)["results"]["bindings"]]
        found: str = row["v"]["value"]
        return found


def _turtle(version: str, class_: str) -> str:
    return (
        f"<{IT}> a <https://w3id.org/mlroles/ontology#{class_}> ;\n"
        f'  <http://www.w3.org/2000/01/rdf-schema#label> "{version}"@en .\n'
    )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, closures: Path) -> Iterator[Served]:
    place = tmp_path_factory.mktemp("reload")
    file = place / "it.ttl"
    file.write_text(_turtle("1", "Role"), "utf-8")
    environment = {"MLROLES_CACHE_DIR": str(closures), "MLROLES_TIMEOUT": "10"}
    with serving(
        f"exec {sys.executable} -m mlroles serve --data it.ttl", place, environment
    ) as found:
        yield Served(found, file, Client(urlsplit(found.address).port or 0))


def test_changed_turtle_is_served_and_so_is_what_was_before(served: Served) -> None:
    for version in ("2", "1", "2"):  # the last has the digest of the first: no kept answer mixes
        served.write(version)
        assert served.reload()["outcome"] == "done"
        assert served.version() == version
    assert served.reload()["outcome"] == "unchanged"


def test_turtle_that_is_wrong_is_told_and_the_old_data_stays(served: Served) -> None:
    before = served.version()
    served.write("wrong", "Rolf")
    told = served.reload()
    assert told["outcome"] == "failed"
    assert "it.ttl:1:" in told["reason"]
    assert "mlr:Rolf is not declared" in told["reason"]
    assert served.version() == before


def test_no_request_fails_or_mixes_while_the_data_is_swapped(served: Served) -> None:
    served.write("1")
    served.reload()
    stop = threading.Event()
    seen: list[list[int]] = [[] for _ in range(4)]
    failures: list[object] = []

    def asking(mine: list[int]) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                status, body = served.client.ask(f"{VERSION} # {number} {id(mine)}")
                assert status == 200, body
                mine.append(int(json.loads(body)["results"]["bindings"][0]["v"]["value"]))
            except (OSError, AssertionError) as error:
                failures.append(error)

    threads = [threading.Thread(target=asking, args=(mine,)) for mine in seen]
    for thread in threads:
        thread.start()
    for version in ("2", "3"):
        served.write(version)
        assert served.reload()["outcome"] == "done"
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    for mine in seen:
        assert mine == sorted(mine)
        assert set(mine) == {1, 2, 3}


def test_a_query_under_way_is_finished_by_the_old_data(served: Served) -> None:
    answers: list[int] = []
    thread = threading.Thread(target=lambda: answers.append(served.client.ask(f"{SLOW}x")[0]))
    before = _processes(served.pid)
    thread.start()
    served.write("2")
    assert served.reload()["outcome"] == "done"
    thread.join()
    assert answers == [200]
    assert _eventually(lambda: len(_processes(served.pid)) == len(before))
    assert served.client.ask(SMALL)[0] == 200


def _processes(pid: int) -> list[int]:
    """Return the process and all that descend from it, zombies too."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(it for child in children for it in _processes(int(child)))]


def _eventually(condition: Callable[[], bool]) -> bool:
    patience = time.monotonic() + 5
    while not (true := condition()) and time.monotonic() < patience:
        time.sleep(0.05)
    return true
