"""Each solution is in one portion, and known to be there without asking."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles.store.portions import Portions

_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(st.tuples(_texts, _texts), st.integers(0, 400))
def test_a_solution_meets_the_condition_of_its_place_alone(
    values: tuple[str, str], size: int
) -> None:
    portions = Portions(["?a", "?b"], size, 10)
    told = " ".join(str(ox.Literal(value)) for value in values)
    met = [
        bool(ox.Store().query(f"ASK {{ VALUES (?a ?b) {{ ({told}) }} {condition} }}"))
        for condition in portions.conditions
    ]
    assert met.count(True) == 1
    assert met.index(True) == portions.place(values)


@pytest.mark.parametrize(("size", "number"), [(0, 1), (10, 1), (11, 2), (10**9, 16**4)])
def test_there_are_as_many_as_it_takes(size: int, number: int) -> None:
    assert len(Portions(["?a"], size, 10).conditions) == number
