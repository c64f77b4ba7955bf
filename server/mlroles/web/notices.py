"""What a page says beside a result: names of ours that the graph has not, and what follows."""

import difflib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from mlroles import vocab
from mlroles.engine.interface import Engine
from mlroles.errors import MlrolesError
from mlroles.rows import read_solutions
from mlroles.saved.mentions import named
from mlroles.sparql import Form
from mlroles.store import QueryRequest
from mlroles.terms import Iri
from mlroles.web import headers
from mlroles.web.inquiry import Inquiry
from mlroles.web.services import Services

_TSV = "text/tab-separated-values"
_SIZE = 4 << 20
#: Terms of a query that are looked up at most, and names that are offered for each.
_MOST = 50
_OFFERED = 3
#: How like a name has to be, from 0 to 1: one of the same namespace, and any other.
_LIKE, _VERY_LIKE = 0.6, 0.8


@dataclass(frozen=True)
class Unknown:
    """A name that a query has and the graph has not; ``near`` are IRIs of names like it."""

    name: str
    near: tuple[str, ...]


def unknown(inquiry: Inquiry, services: Services) -> tuple[Unknown, ...]:
    """Return the terms of our namespace in the query that no triple of the dataset has.

    It has none if the engine is too busy to tell.
    """
    ours = {iri for iri in named(inquiry.checked.text) if _is_term(iri)}
    try:
        known = services.names
        rest = sorted(ours - {vocab.BASE + name for name in known})[:_MOST]
        absent = list(_absent(services, rest)) if rest else []
    except MlrolesError:
        headers.keep_none()
        return ()
    return tuple(Unknown(vocab.shorten(iri), tuple(near(iri, known))) for iri in absent)


def near(iri: str, names: Sequence[str]) -> Iterator[str]:
    """Yield IRIs whose names are like that of ``iri``, those of its own namespace first."""
    space, wanted = _split(iri.removeprefix(vocab.BASE))
    own = {local: name for name in names for part, local in (_split(name),) if part == space}
    any_ = {_split(name)[1]: name for name in reversed(names)}
    found = [own[key] for key in _like(wanted, own, _LIKE)]
    found = found or [any_[key] for key in _like(wanted, any_, _VERY_LIKE)]
    yield from (vocab.BASE + name for name in found)


def follows(inquiry: Inquiry, services: Services) -> str:
    """Return what a query gives of all that holds, if it was asked of what is stated alone.

    That is how many rows, of which no more are counted than a page has, or “yes”. It is empty if
    that is nothing either, or the query was asked of other graphs, or the engine is too busy.
    """
    if inquiry.default_graphs != (vocab.ASSERTED,) or inquiry.named_graphs:
        return ""
    whole = replace(inquiry, default_graphs=())
    try:
        return _told(whole, services)
    except MlrolesError:
        headers.keep_none()
        return ""


def _told(inquiry: Inquiry, services: Services) -> str:
    if inquiry.checked.form is Form.ASK:
        with closing(inquiry.run(services.engine, "application/sparql-results+json")) as answer:
            return "yes" if json.loads(b"".join(answer.chunks))["boolean"] else ""
    if inquiry.checked.form is not Form.SELECT:
        return ""
    with closing(inquiry.run(services.engine, _TSV)) as answer:
        found = read_solutions(answer.chunks, services.settings.page_rows, _SIZE)
    number = f"{'more than ' if found.more else ''}{len(found.rows):,}"
    return f"{number} row{'' if len(found.rows) == 1 else 's'}" if found.rows else ""


def _is_term(iri: str) -> bool:
    """Return whether an IRI may be of a thing of ours; a namespace or a graph is none."""
    return (
        iri.startswith(vocab.BASE)
        and not iri.endswith(("/", "#"))
        and iri not in (vocab.ASSERTED, vocab.INFERRED)
    )


def _absent(services: Services, iris: Iterable[str]) -> Iterator[str]:
    """Yield those of the IRIs that are in no triple and name no graph."""
    values = " ".join(str(Iri(iri)) for iri in iris)
    text = f"""SELECT ?it WHERE {{ VALUES ?it {{ {values} }}
  FILTER NOT EXISTS {{ ?it ?p ?o }} FILTER NOT EXISTS {{ ?s ?it ?o }}
  FILTER NOT EXISTS {{ ?s ?p ?it }} }}"""
    graphs = services.graphs()
    for (it,) in _rows(services.engine, text):
        if isinstance(it, Iri) and it.value not in graphs:
            yield it.value


def _rows(engine: Engine, text: str) -> Iterable[tuple[object, ...]]:
    with closing(engine.run(QueryRequest(text, _TSV))) as answer:
        return read_solutions(answer.chunks, _MOST, _SIZE).rows


def _split(name: str) -> tuple[str, str]:
    """Return a name's namespace, and what it is called there in small letters."""
    place = max(name.rfind("/"), name.rfind("#")) + 1
    return name[:place], name[place:].casefold()


def _like(wanted: str, known: Iterable[str], how: float) -> list[str]:
    return difflib.get_close_matches(wanted, known, _OFFERED, how)
