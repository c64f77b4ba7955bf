"""The grammar beside the W3C's own syntax cases, and beside the saved queries."""

from pathlib import Path

import pytest

from mlroles.sparql.parser import UnexpectedError, parse

ROOT = Path(__file__).resolve().parents[2]
SUITE = ROOT.parent / "shared" / "w3c" / "sparql" / "sparql11"
SAVED = sorted((ROOT / "queries").glob("*.rq"))


def test_every_saved_query_is_grammatical() -> None:
    assert len(SAVED) == 36
    for path in SAVED:
        assert parse(path.read_text("utf-8")).data == "query"


@pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C suite is not at ../shared/w3c")
def test_the_w3c_cases_of_sound_syntax_are_grammatical() -> None:
    """Negative cases are left out, and SERVICE, which this endpoint refuses before."""
    sound = [
        path
        for path in sorted((SUITE / "syntax-query").glob("*.rq"))
        if "bad" not in path.name
        and path.name != "syntax-bindings-09.rq"
        and "SERVICE" not in path.read_text("utf-8").upper()
    ]
    rejected = []
    for path in sound:
        try:
            parse(path.read_text("utf-8"))
        except UnexpectedError:
            rejected.append(path.name)
    assert len(sound) > 50
    assert rejected == []
