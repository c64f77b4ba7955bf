"""The cases of the W3C's SPARQL 1.1 test suite, read from its manifests.

The suite lies beside the checkout, in ``../shared/w3c``; nothing of it is part of this project.
"""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql" / "sparql11"
#: The folders of the suite that no endpoint can pass alone, and why.
EXCLUDED = {"service": "asks other endpoints, which this one refuses for every query"}

_KNOWN = Path(__file__).with_name("known_failures.csv")
_BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TESTS = "http://www.w3.org/2001/sw/DataAccess/tests/"
_MF = f"{_TESTS}test-manifest#"
_QT = f"{_TESTS}test-query#"
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)

_Graph = dict[tuple[str, str], list[str]]


class Kind(StrEnum):
    """What a case asks of an engine."""

    ANSWER = "QueryEvaluationTest"
    CSV = "CSVResultFormatTest"
    ACCEPT = "PositiveSyntaxTest11"
    REJECT = "NegativeSyntaxTest11"


@dataclass(frozen=True)
class Case:
    """One case; ``name`` is ``folder/case``, the files are IRIs that :func:`file` finds."""

    name: str
    kind: Kind
    query: str
    data: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    result: str | None = None

    @property
    def text(self) -> str:
        """The query, with its own IRI as base, as the protocol brings no base of its own."""
        return f"BASE <{self.query}>\n{file(self.query).read_text('utf-8')}"

    @property
    def named(self) -> tuple[str, ...]:
        """The named graphs that the store must hold: the case's, and those of the query's FROM."""
        asked = (urljoin(self.query, iri) for iri in _FROM.findall(self.text))
        return tuple(sorted({*self.graphs, *asked}))


def file(iri: str) -> Path:
    """Return the file that an IRI of the suite names."""
    return SUITE / iri.removeprefix(_BASE)


@cache
def read() -> tuple[Case, ...]:
    """Return every case but those of the excluded folders; an empty tuple without the suite."""
    folders = sorted(path.parent.name for path in SUITE.glob("*/manifest.ttl"))
    return tuple(
        case for folder in folders if folder not in EXCLUDED for case in read_folder(folder)
    )


def read_folder(folder: str) -> tuple[Case, ...]:
    """Return the cases that the manifest of one folder lists, in its order."""
    manifest = f"{_BASE}{folder}/manifest.ttl"
    graph: _Graph = defaultdict(list)
    for quad in ox.parse(path=file(manifest), base_iri=manifest):
        graph[_name(quad.subject), quad.predicate.value].append(_name(quad.object))
    cells = graph[manifest, f"{_MF}entries"]
    cases = []
    while (cell := cells[0]) != f"{_RDF}nil":
        cases.append(_case(folder, graph, graph[cell, f"{_RDF}first"][0]))
        cells = graph[cell, f"{_RDF}rest"]
    return tuple(cases)


def known_failures() -> dict[str, str]:
    """Return the reason for each case that is known to fail, by its name."""
    with _KNOWN.open(encoding="utf-8", newline="") as lines:
        return {row["case"]: row["reason"] for row in csv.DictReader(lines)}


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _case(folder: str, graph: _Graph, test: str) -> Case:
    kind = Kind(graph[test, f"{_RDF}type"][0].removeprefix(_MF))
    action = graph[test, f"{_MF}action"][0]
    result = graph[test, f"{_MF}result"]
    return Case(
        name=f"{folder}/{test.rpartition('#')[2]}",
        kind=kind,
        query=next(iter(graph[action, f"{_QT}query"]), action),
        data=tuple(graph[action, f"{_QT}data"]),
        graphs=tuple(graph[action, f"{_QT}graphData"]),
        result=result[0] if result else None,
    )
