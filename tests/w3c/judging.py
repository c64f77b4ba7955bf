"""Whether a case of the suite passes, whoever is asked."""

import written
from askers import Ask, RejectedError
from cases import Case, Kind, file
from sameness import same
from written import Answer

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
