"""Apache's server on loopback, with a directory of its own and what w3id.org allows there."""

import http.client
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peers
import ports

_MODULES = Path("/usr/lib/apache2/modules")
_CONFIGURATION = """
ServerRoot "{root}"
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile "{root}/pid"
ErrorLog "{root}/error.log"
{modules}
DocumentRoot "{root}/sites"
<Directory "{root}/sites">
    AllowOverride All
    Options FollowSymLinks
    Require all granted
</Directory>
"""
_NEEDED = ("authz_core", "headers", "mpm_event", "rewrite")
_LONGEST_START = 20.0  # seconds


class Apache:
    """A running server."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(
        self, path: str, *, method: str = "GET", accept: str = "*/*"
    ) -> http.client.HTTPMessage:
        """Return the headers of the answer, the status among them as ``Status``."""
        asked = http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        try:
            asked.request(method, path, headers={"Accept": accept})
            answer = asked.getresponse()
            answer.read()
            answer.headers["Status"] = str(answer.status)
            return answer.headers
        finally:
            asked.close()


@contextmanager
def running(directory: Path) -> Iterator[Apache]:
    """Serve ``directory/sites``; end the server, by its process id, when done."""
    program = peers.need("/usr/sbin/apache2", package="apache2-bin")
    port = ports.free()
    modules = [f'LoadModule {name}_module "{_MODULES}/mod_{name}.so"' for name in _NEEDED]
    configuration = directory / "apache.conf"
    configuration.write_text(
        _CONFIGURATION.format(root=directory, port=port, modules="\n".join(modules))
    )
    with subprocess.Popen([program, "-f", configuration, "-DFOREGROUND"], cwd=directory) as process:
        try:
            _wait(process, directory)
            yield Apache(port)
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], directory: Path) -> None:
    end = time.monotonic() + _LONGEST_START
    while not (directory / "pid").exists():
        assert process.poll() is None, "Apache did not start"
        assert time.monotonic() < end, "Apache did not start in time"
        time.sleep(0.05)
