"""Results read as rows."""

import io
from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mlroles.rows import read_solutions, read_text, read_triples
from mlroles.store import QueryRequest
from mlroles.store.oxigraph import OxigraphStore
from mlroles.terms import Iri, Literal

TSV = '?a\t?b\n<urn:x>\t\n1\t"é"\n'.encode()


def ask(text: str, media_type: str) -> bytes:
    data = b'<urn:s> <urn:p> "a b . <c>\\n\\t\\"d\\"" .\n<urn:s> <urn:p> _:b .\n'
    out = io.BytesIO()
    OxigraphStore.from_ntriples(data, b"").query(QueryRequest(text, media_type), out)
    return out.getvalue()


@given(st.lists(st.integers(0, len(TSV))))
def test_chunks_may_end_anywhere(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(TSV)]
    chunks = [TSV[a:b] for a, b in pairwise(places)]
    rows = read_solutions(chunks, 10, 1000)
    assert rows.names == ("a", "b")
    assert rows.rows[0] == (Iri("urn:x"), None)
    assert rows.rows[1][1] == Literal("é")
    assert not rows.more


def test_what_the_store_writes_is_read() -> None:
    rows = read_solutions([ask("SELECT ?o ?none { ?s ?p ?o } ORDER BY ?o", TSV_TYPE)], 10, 1000)
    assert rows.rows[1] == (Literal('a b . <c>\n\t"d"'), None)
    triples = read_triples([ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")], 10, 1000)
    assert (Iri("urn:s"), Iri("urn:p"), Literal('a b . <c>\n\t"d"')) in triples.rows
    assert len(triples.rows) == 2


TSV_TYPE = "text/tab-separated-values"


def test_a_result_without_variables_has_rows_all_the_same() -> None:
    rows = read_solutions([ask("SELECT * { <urn:s> <urn:p> [] }", TSV_TYPE)], 10, 1000)
    assert rows.names == ()
    assert len(rows.rows) == 2


def endless() -> Iterator[bytes]:
    yield b"?n\n"
    for n in range(10_000):
        if n > 100:
            raise AssertionError("More was read than is needed.")
        yield f"{n}\n".encode()


def test_no_more_is_read_than_is_needed() -> None:
    rows = read_solutions(endless(), 10, 1_000_000)
    assert len(rows.rows) == 10
    assert rows.more
    assert read_solutions(endless(), 1000, 100).more


def test_exactly_as_many_rows_as_are_wanted_is_not_more() -> None:
    assert not read_solutions([TSV], 2, 1000).more
    assert read_solutions([TSV], 1, 1000).more


def test_text_ends_with_a_whole_line() -> None:
    assert read_text([b"a\nb\nc", b"d\ne"], 6) == ("a\nb\ncd", True)
    assert read_text([b"a\nb\n"], 100) == ("a\nb", False)
    assert read_text([b"x" * 1000], 10) == ("", True)
