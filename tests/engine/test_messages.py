"""Requests and errors survive the way between processes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles import errors
from mlroles.engine.messages import dump_error, dump_request, load_error, load_request
from mlroles.errors import MlrolesError
from mlroles.store import QueryRequest

TEXT = st.text(st.characters(codec=None))  # halves of surrogate pairs too
GRAPHS = st.lists(TEXT, max_size=3).map(tuple)


@given(st.builds(QueryRequest, TEXT, TEXT, st.none() | TEXT, GRAPHS, GRAPHS), st.floats(0, 1e6))
def test_a_request_arrives_as_it_was(request: QueryRequest, seconds: float) -> None:
    assert load_request(dump_request(request, seconds)) == (request, seconds)


@pytest.mark.parametrize("kind", [MlrolesError, *MlrolesError.__subclasses__()])
def test_an_error_keeps_its_class_and_all_it_says(kind: type[MlrolesError]) -> None:
    error = kind("What.", "Hint.", Path("a/b.ttl"), 3, 4, "bad", {"limit": 5})
    again = load_error(dump_error(error))
    assert type(again) is kind
    assert again == error


def test_an_error_of_an_unknown_class_is_still_an_error_of_ours() -> None:
    class OddError(errors.MlrolesError):
        pass

    assert type(load_error(dump_error(OddError("What.")))) is MlrolesError
