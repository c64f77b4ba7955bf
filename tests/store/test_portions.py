"""Each solution is in one portion."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles.store.portions import portions

_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(_texts, _texts, st.integers(0, 400))
def test_a_solution_meets_one_of_the_conditions(one: str, other: str, size: int) -> None:
    told = f"VALUES (?a ?b) {{ ({ox.Literal(one)} {ox.Literal(other)}) }}"
    conditions = portions(["?a", "?b"], size, 10)
    met = [bool(ox.Store().query(f"ASK {{ {told} {condition} }}")) for condition in conditions]
    assert met.count(True) == 1


@pytest.mark.parametrize(("size", "number"), [(0, 1), (10, 1), (11, 2), (10**9, 16**4)])
def test_there_are_as_many_as_it_takes(size: int, number: int) -> None:
    assert len(portions(["?a"], size, 10)) == number
