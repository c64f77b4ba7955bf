"""Blank nodes get stable labels."""

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from mlroles.knowledge import blanks, ntriples

_PREFIX = "@prefix : <http://e/> . "


def _relabelled(text: str) -> bytes:
    triples = [q.triple for q in ox.parse(_PREFIX + text, format=ox.RdfFormat.TURTLE)]
    return ntriples.dump(blanks.relabel(triples))


def _canonical(text: bytes) -> list[str]:
    data = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in data)


def test_the_same_text_gets_the_same_labels() -> None:
    text = ":a :b [ :c ( 1 2 [ :d 3 ] ) ] . [] :e [ :f [] ] ."
    assert _relabelled(text) == _relabelled(text)


def test_order_and_the_labels_of_the_text_do_not_matter() -> None:
    assert _relabelled("_:x :p 1 . _:y :p _:x .") == _relabelled("_:q :p _:r . _:r :p 1 .")


def test_a_change_elsewhere_leaves_a_label_alone() -> None:
    before, after = _relabelled(":a :b [ :c 1 ] ."), _relabelled(":a :b [ :c 1 ], [ :c 2 ] .")
    assert set(before.splitlines()) < set(after.splitlines())


def test_nodes_of_which_the_same_is_said_stay_apart() -> None:
    assert len(_relabelled(":a :b [ :c 1 ], [ :c 1 ], [ :c 1 ] .").splitlines()) == 6


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from("pq"), st.integers(0, 7)),
        min_size=1,
        max_size=12,
    )
)
def test_relabelling_keeps_the_graph(edges: list[tuple[int, str, int]]) -> None:
    text = "".join(
        f"_:n{s} :{p} {f'_:n{o}' if o < 6 else f'<http://e/{o}>'} . " for s, p, o in edges
    )
    original = ntriples.dump(q.triple for q in ox.parse(_PREFIX + text, format=ox.RdfFormat.TURTLE))
    assert _canonical(_relabelled(text)) == _canonical(original)
