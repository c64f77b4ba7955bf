"""What the server adds to a store that it stands in front of, and what its cache takes away.

``python tests/benchmarks/front.py URL`` asks the store at URL directly, and through
``mlroles serve --store URL``, one query after the other over one connection, and prints the median
of each. Put something there first: ``mlroles publish --to URL``.
"""

import argparse
import http.client
import itertools
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from mlroles import vocab

_RUNS = 100
_DATASET = [
    (f"{kind}-graph-uri", graph)
    for kind in ("default", "named")
    for graph in (vocab.ASSERTED, vocab.INFERRED)
]
QUERIES = {
    "one role": "SELECT * WHERE { <https://w3id.org/mlroles/role/ml-engineer> ?p ?o }",
    "skills by role": f"""SELECT ?role (COUNT(?skill) AS ?n)
        WHERE {{ ?role <{vocab.MLR}requiresSkill> ?skill }} GROUP BY ?role ORDER BY DESC(?n)""",
    "5,000 triples": "SELECT * WHERE { ?s ?p ?o } LIMIT 5000",
}


def _medians(url: str, dataset: list[tuple[str, str]], vary: Callable[[str], str]) -> list[float]:
    """Return the median milliseconds of each query."""
    parts = urlsplit(url)
    link = http.client.HTTPConnection(parts.netloc)
    found = []
    for text in QUERIES.values():
        taken = []
        for _ in range(_RUNS):
            body = urlencode([("query", vary(text)), *dataset])
            begun = time.perf_counter()
            link.request("POST", parts.path, body, _HEADERS)
            response = link.getresponse()
            response.read()
            taken.append((time.perf_counter() - begun) * 1000)
            if response.status != http.client.OK:
                sys.exit(f"{url} answers {response.status}")
        found.append(statistics.median(taken))
    link.close()
    return found


_HEADERS = {
    "Accept": "application/sparql-results+json",
    "Content-Type": "application/x-www-form-urlencoded",
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    url = parser.parse_args().url
    numbers = itertools.count()

    def new(text: str) -> str:
        return f"{text} # {next(numbers)}"

    serve = [sys.executable, "-m", "mlroles", "serve", "--port", "0", "--store", url]
    with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            address = re.search(r"http://[\d.:]+", process.stderr.readline())
            if address is None:
                sys.exit(process.stderr.read())
            front = f"{address[0]}/sparql"
            rows = {
                "directly": _medians(url, _DATASET, new),
                "through the server": _medians(front, [], new),
                "the same query again": _medians(front, [], str),
            }
        finally:
            process.terminate()
    print(f"| asked | {' | '.join(f'{name}, ms' for name in QUERIES)} |")
    print(f"|---|{'--:|' * len(QUERIES)}")
    for name, medians in rows.items():
        print(f"| {name} | {' | '.join(f'{median:.2f}' for median in medians)} |")


if __name__ == "__main__":
    main()
