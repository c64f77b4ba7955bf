"""Load by ``wrk``, whose script is generated: requests by turns, repeated or never the same."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = """
local paths = {%s}
local run = "%s"
local made, thread = 0, 0
local threads = 0
function setup(t) threads = threads + 1; t:set("thread_number", threads) end
function init(args) made = thread_number * 7 end
function request()
  made = made + 1
  local path = paths[made %% #paths + 1]
  if run ~= "" then
    path = path .. "%%0A%%23" .. run .. "-" .. thread_number .. "-" .. made
  end
  return wrk.format("GET", path, {["Accept"] = "%s"})
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("\\nMEASURED [%%d, %%d, %%d, %%f]\\n", summary.requests,
    summary.duration, e.status + e.connect + e.read + e.write, latency:percentile(99)))
end
"""


@dataclass(frozen=True)
class Rate:
    """Answers in a second, those that were none, and the 99th percentile in milliseconds."""

    rate: float
    failed: int
    slowest: float


def load(  # noqa: PLR0913 - wrk's own arguments
    url: str, paths: Sequence[str], accept: str, *, connections: int, seconds: int, fresh: str = ""
) -> Rate:
    """Ask for ``paths`` by turns over some connections.

    ``fresh`` makes each query's text another, by a comment at its end: ``fresh`` and a number.
    """
    program = shutil.which("wrk")
    if program is None:
        sys.exit("wrk is missing: apt-get install wrk")
    listed = ",\n".join(json.dumps(path) for path in paths)
    threads = min(2, connections)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT % (listed, fresh, accept))
        script.flush()
        ended = subprocess.run(
            [
                *(program, "-t", str(threads), "-c", str(connections), "-d", f"{seconds}s"),
                *("--timeout", "60s", "-s", str(Path(script.name)), url),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    _, found, told = ended.stdout.partition("MEASURED ")
    if not found:
        sys.exit(ended.stdout + ended.stderr)
    requests, microseconds, failed, slowest = json.loads(told)
    return Rate((requests - failed) / microseconds * 1e6, failed, slowest / 1000)
