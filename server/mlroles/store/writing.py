"""Results written in a media type wherever they come from."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TypeAlias, cast

import pyoxigraph as ox

from mlroles import jsonld, vocab
from mlroles.errors import NotAcceptableError
from mlroles.store.media import require
from mlroles.store.prologue import SortedPrologue
from mlroles.store.returns import ReferencedReturns

#: The formats that shorten IRIs by prefixes.
_PREFIXED = {"text/turtle", "application/trig", "application/rdf+xml"}
_XML_NAME_END = re.compile(r"[^\W\d][\w.\-]*\Z")

Results: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]


def write(results: Results, media_type: str, out: BinaryIO) -> None:
    """Write solutions, a boolean or triples to ``out``, a piece at a time.

    Raises NotAcceptableError for a media type that is not of the results' form.
    """
    if media_type.endswith("+xml"):
        out = cast("BinaryIO", ReferencedReturns(out))
    if isinstance(results, ox.QuerySolutions | ox.QueryBoolean):
        _write_solutions(results, media_type, out)
    else:
        _write_graph(results, media_type, out)


def _write_solutions(
    results: ox.QuerySolutions | ox.QueryBoolean, media_type: str, out: BinaryIO
) -> None:
    form = "ASK" if isinstance(results, ox.QueryBoolean) else "SELECT"
    require(form, media_type)
    results.serialize(out, ox.QueryResultsFormat.from_media_type(media_type))


def _write_graph(results: Iterable[ox.Triple], media_type: str, out: BinaryIO) -> None:
    require("CONSTRUCT", media_type)
    if media_type == "application/ld+json":
        jsonld.write(results, out)
        return
    triples = _nameable(results) if media_type == "application/rdf+xml" else results
    rdf_format = ox.RdfFormat.from_media_type(media_type)
    if media_type not in _PREFIXED:
        ox.serialize(triples, out, rdf_format)
        return
    tidy = SortedPrologue(out)
    ox.serialize(triples, cast("BinaryIO", tidy), rdf_format, prefixes=vocab.PREFIXES)
    tidy.finish()


def _nameable(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield the triples; refuse a predicate that RDF/XML has no name for (its section 5.3)."""
    seen: set[str] = set()
    for triple in triples:
        predicate = triple.predicate.value
        if predicate not in seen and not _XML_NAME_END.search(predicate):
            raise NotAcceptableError(
                f"RDF/XML cannot write the property <{predicate}>: it ends in no XML name.",
                hint="Ask for Turtle, N-Triples or JSON-LD.",
                offending=predicate,
            )
        seen.add(predicate)
        yield triple
