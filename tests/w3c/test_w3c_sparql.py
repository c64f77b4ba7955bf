"""The W3C's SPARQL 1.1 suite, through ``POST /sparql``: query evaluation, syntax, result formats.

A case in ``known_failures.csv`` must fail; when it no longer does, take it out of the list.
"""

from collections import Counter
from pathlib import Path

import pytest

import conformance
from askers import ask_endpoint, ask_engine
from cases import EXCLUDED, SUITE, Case, Kind, known_failures, read, read_folder
from judging import WrongAnswerError, judge, passes

if not SUITE.is_dir():
    pytest.skip(f"the W3C suite is not at ../{'/'.join(SUITE.parts[-4:])}", allow_module_level=True)

KNOWN = known_failures()


def _data(case: Case) -> tuple[tuple[str, ...], ...]:
    return case.data, case.named


#: By their data, so the server reloads but seldom.
CASES: list[Case] = sorted(read(), key=_data)


@pytest.mark.check("W3C SPARQL 1.1 query, syntax and result cases", "Oxigraph")
@pytest.mark.parametrize(
    "case",
    CASES,
    ids=lambda case: case.name,
)
def test_the_endpoint_answers_as_the_suite_has_it(
    case: Case, request: pytest.FixtureRequest
) -> None:
    if reason := KNOWN.get(case.name):
        known = pytest.mark.xfail(reason=reason, raises=WrongAnswerError, strict=True)
        request.applymarker(known)
    judge(case, ask_endpoint)


def test_no_case_is_missed() -> None:
    assert Counter(case.kind for case in read()) == {
        Kind.ANSWER: 232,
        Kind.CSV: 3,
        Kind.ACCEPT: 63,
        Kind.REJECT: 40,
    }
    assert KNOWN.keys() <= {case.name for case in read()}


@pytest.mark.slow
def test_the_endpoint_passes_what_its_engine_passes_and_more() -> None:
    alone = {case.name for case in read() if passes(case, ask_engine)}
    assert alone < {case.name for case in read() if case.name not in KNOWN}


@pytest.mark.slow
def test_the_readme_has_the_table_of_conformance() -> None:
    readme = Path(__file__).resolve().parents[2] / "README.md"
    assert "\n".join(conformance.table()) in readme.read_text("utf-8")


@pytest.mark.parametrize("folder", EXCLUDED)
def test_a_query_of_an_excluded_folder_is_refused(folder: str) -> None:
    for case in read_folder(folder):
        with pytest.raises(AssertionError, match="refused"):
            ask_endpoint(case, "*/*")
