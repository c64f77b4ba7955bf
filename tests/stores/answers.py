"""The saved queries, the rows that they must give, and answers as those rows are written."""

import csv
import json
from pathlib import Path

from mlroles.paths import QUERIES
from mlroles.vocab import shorten

#: A header line with the columns, then a line for each solution.
Table = list[list[str]]

_ALL = sorted(QUERIES.glob("*.rq"))

#: The queries of a team of one's own, by their default, and the others, which ask our data alone.
TEAM_FILES = [path for path in _ALL if "PREFIX team:" in path.read_text("utf-8")]
FILES = [path for path in _ALL if path not in TEAM_FILES]
TEAM_NAMES = [path.stem for path in TEAM_FILES]
NAMES = [path.stem for path in FILES]

_EXPECTED = Path(__file__).parents[1] / "queries" / "expected"


def expected(name: str) -> Table:
    """Return the rows that were read off the article, or off the article and the example team."""
    place = _EXPECTED / "team" if name in TEAM_NAMES else _EXPECTED
    with (place / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def table(answer: str | bytes) -> Table:
    """Return an answer in SPARQL 1.1 Query Results JSON Format, IRIs shortened."""
    read = json.loads(answer)
    columns = read["head"]["vars"]
    rows = read["results"]["bindings"]
    return [columns, *([_cell(row.get(column)) for column in columns] for row in rows)]


def _cell(term: dict[str, str] | None) -> str:
    if term is None:
        return ""
    return shorten(term["value"]) if term["type"] == "uri" else term["value"]
