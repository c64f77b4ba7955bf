"""The W3C's SPARQL 1.1 suite, through ``POST /sparql``: query evaluation, syntax, result formats.

A case in ``known_failures.csv`` must fail; when it no longer does, take it out of the list.
"""

from collections import Counter

import pytest

import written
from askers import Ask, RejectedError, ask_endpoint, ask_engine
from cases import EXCLUDED, SUITE, Case, Kind, file, known_failures, read, read_folder
from sameness import same
from written import Answer

if not SUITE.is_dir():
    pytest.skip(f"the W3C suite is not at ../{'/'.join(SUITE.parts[-4:])}", allow_module_level=True)

KNOWN = known_failures()
_MEDIA_TYPES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}


class WrongAnswerError(Exception):
    """The case was answered, but not as the suite has it."""


def judge(case: Case, ask: Ask) -> None:
    """Raise WrongAnswerError unless ``case`` passes."""
    if case.result is not None:
        _judge_answer(case, ask, case.result)
        return
    try:
        ask(case, "*/*")
    except RejectedError as error:
        if case.kind is Kind.ACCEPT:
            raise WrongAnswerError(f"{case.text} was rejected: {error}") from error
        return
    if case.kind is Kind.REJECT:
        raise WrongAnswerError(f"{case.text} was taken for SPARQL")


def passes(case: Case, ask: Ask) -> bool:
    """Return whether ``case`` passes."""
    try:
        judge(case, ask)
    except WrongAnswerError:
        return False
    return True


def _judge_answer(case: Case, ask: Ask, result: str) -> None:
    media_type, expected = _expected(result)
    try:
        content = ask(case, media_type)
    except RejectedError as error:
        raise WrongAnswerError(f"{case.text} was rejected: {error}") from error
    given = written.read(media_type, content)
    if not same(expected, given):
        raise WrongAnswerError(f"{case.text}\n\nexpected: {expected}\n\ngiven: {given}")


def _expected(result: str) -> tuple[str, Answer]:
    """Return the media type to ask for and the answer it must write."""
    content = file(result).read_bytes()
    media_type = _MEDIA_TYPES.get(file(result).suffix)
    if media_type is not None:
        return media_type, written.read(media_type, content)
    if written.is_result_set(content, result):
        return _MEDIA_TYPES[".srj"], written.read_result_set(content, result)
    return "application/n-triples", written.read_turtle(content, result)


@pytest.mark.check("W3C SPARQL 1.1 query, syntax and result cases", "Oxigraph")
@pytest.mark.parametrize("case", read(), ids=lambda case: case.name)
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


def test_the_endpoint_passes_what_its_engine_passes() -> None:
    alone = [case.name for case in read() if passes(case, ask_engine)]
    assert [case.name for case in read() if passes(case, ask_endpoint)] == alone
    assert [case.name for case in read() if case.name not in KNOWN] == alone


@pytest.mark.parametrize("folder", EXCLUDED)
def test_a_query_of_an_excluded_folder_is_refused(folder: str) -> None:
    for case in read_folder(folder):
        with pytest.raises(AssertionError, match="refused"):
            ask_endpoint(case, "*/*")
