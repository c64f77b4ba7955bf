"""Prefixes come sorted, and a small document has only its own."""

import io
import itertools
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from mlroles.store.prologue import SortedPrologue

_TURTLE = (
    b"@prefix b: <http://b/> .\n@prefix c: <http://c/> .\n@prefix a: <http://a/> .\n"
    b"b:x a:y <http://c/not> .\n"
)
_XML = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<rdf:RDF xmlns:b="http://b/" xmlns:rdf="http://r/" xmlns:a="http://a/">\n'
    b"\t<rdf:Description><b:y>1</b:y></rdf:Description>\n</rdf:RDF>"
)


def _through(*pieces: bytes) -> bytes:
    out = io.BytesIO()
    tidy = SortedPrologue(out)
    for piece in pieces:
        assert tidy.write(piece) == len(piece)
        tidy.flush()
    tidy.finish()
    return out.getvalue()


def test_a_small_document_keeps_the_prefixes_it_uses_in_order() -> None:
    assert _through(_TURTLE) == (
        b"@prefix a: <http://a/> .\n@prefix b: <http://b/> .\nb:x a:y <http://c/not> .\n"
    )


def test_a_large_document_keeps_all_prefixes_in_order() -> None:
    body = b"a:x a:y a:z .\n" * 3000
    written = _through(_TURTLE, body)
    assert written.startswith(
        b"@prefix a: <http://a/> .\n@prefix b: <http://b/> .\n@prefix c: <http://c/> .\n"
    )
    assert written.endswith(body)


def test_rdf_xml_keeps_the_namespaces_it_uses_and_stays_well_formed() -> None:
    written = _through(_XML)
    assert b'<rdf:RDF xmlns:b="http://b/" xmlns:rdf="http://r/">' in written
    assert ET.canonicalize(written.decode()) == ET.canonicalize(
        _XML.decode().replace(' xmlns:a="http://a/"', "")
    )


def test_an_empty_document_stays_empty() -> None:
    assert _through() == b""


@given(st.lists(st.binary(max_size=20_000), max_size=6))
def test_what_has_no_prologue_passes_unchanged(pieces: list[bytes]) -> None:
    whole = b"<http://s> <http://p> <http://o> .\n" + b"".join(pieces)
    assert _through(whole[:1], whole[1:]) == whole


@given(st.lists(st.integers(1, len(_TURTLE)), max_size=5))
def test_where_the_writes_are_cut_makes_no_difference(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(_TURTLE)]
    pieces = [_TURTLE[a:b] for a, b in itertools.pairwise(places)]
    assert _through(*pieces) == _through(_TURTLE)
