"""What the graph says of one thing: its statements, asserted and inferred, and what points to it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from mlroles import vocab
from mlroles.engine.interface import Engine
from mlroles.rows import read_solutions
from mlroles.saved.labels import labels
from mlroles.store import QueryRequest
from mlroles.terms import Iri, Literal, Term
from mlroles.web import table
from mlroles.web.table import Cell

SHOWN = 100  # values of a property that are shown at most
_GROUPS = 500  # properties, each of a graph and a direction, at most
_SIZE = 16 << 20  # bytes of rows at most
_TSV = "text/tab-separated-values"

TYPE = f"{vocab.RDF}type"
LABEL = f"{vocab.RDFS}label"
DEFINITIONS = (
    f"{vocab.SKOS}definition",
    f"{vocab.PREFIXES['dcterms']}description",
    f"{vocab.RDFS}comment",
)
#: What comes first on a page; the rest is in the order of its labels.
_FIRST = (TYPE, LABEL, *DEFINITIONS)
_STATED_IN = f"{vocab.MLR}statedIn"
_STATED_AS = f"{vocab.MLR}statedAs"


@dataclass(frozen=True)
class Source:
    """The section of the article that makes a statement, and whether in prose or table."""

    section: Cell
    origin: str


@dataclass(frozen=True)
class Value:
    """The other end of a triple; ``source`` if it is a statement that says where it is made."""

    term: Term
    cell: Cell
    source: Source | None = None


@dataclass(frozen=True)
class Group:
    """The triples of one property and graph; ``count`` is how many there are, shown or not."""

    predicate: Cell
    graph: str
    incoming: bool
    count: int
    values: tuple[Value, ...]

    @property
    def inferred(self) -> bool:
        """Whether the triples follow from others."""
        return self.graph == vocab.INFERRED

    @property
    def left_out(self) -> int:
        """How many triples are not among the values."""
        return self.count - len(self.values)


@dataclass(frozen=True)
class Profile:
    """All of this for the thing of one IRI. ``types`` are its classes, stated ones first."""

    iri: str
    label: str
    groups: tuple[Group, ...]
    source: Source | None

    @property
    def asserted(self) -> tuple[Group, ...]:
        """What is stated of it."""
        return tuple(g for g in self.groups if not g.incoming and not g.inferred)

    @property
    def inferred(self) -> tuple[Group, ...]:
        """What follows of it."""
        return tuple(g for g in self.groups if not g.incoming and g.inferred)

    @property
    def incoming(self) -> tuple[Group, ...]:
        """What is stated or follows of other things, and names it."""
        return tuple(g for g in self.groups if g.incoming)

    @property
    def types(self) -> tuple[Cell, ...]:
        """Its classes, those that are stated first."""
        return tuple(value.cell for value in self.values(TYPE))

    @property
    def definition(self) -> str:
        """What it is, in a sentence, as far as somebody says so."""
        texts = [
            value.term
            for predicate in DEFINITIONS
            for value in self.values(predicate)
            if isinstance(value.term, Literal)
        ]
        texts.sort(key=lambda text: not (text.language or "en").startswith("en"))
        return texts[0].value if texts else ""

    def values(self, predicate: str) -> tuple[Value, ...]:
        """Return the values that it has by a property, those that are stated first."""
        groups = [*self.asserted, *self.inferred]
        return tuple(v for g in groups if g.predicate.address == predicate for v in g.values)


@dataclass(frozen=True)
class _Found:
    """A group before its terms have labels."""

    predicate: Iri
    graph: str
    incoming: bool
    count: int
    terms: tuple[Term, ...] = ()


def gather(engine: Engine, iri: Iri) -> Profile | None:
    """Return what the graph says of ``iri``, None if nothing. Raises what the engine raises."""
    found = _filled(engine, iri, _counted(engine, iri))
    if not found:
        return None
    terms = {term for group in found for term in group.terms if isinstance(term, Iri)}
    sources = _sources(engine, {iri, *terms})
    named = {iri, *terms, *(group.predicate for group in found)}
    named.update(part for source in sources.values() for part in source if part is not None)
    called = labels(engine, named)
    told = {
        about: Source(table.cell(section, called), called.get(origin.value, "") if origin else "")
        for about, (section, origin) in sources.items()
    }
    groups = sorted((_group(group, called, told) for group in found), key=_order)
    label = called.get(iri.value) or vocab.shorten(iri.value).strip("<>")
    return Profile(iri.value, label, tuple(groups), told.get(iri))


def _counted(engine: Engine, iri: Iri) -> list[_Found]:
    text = f"""SELECT ?graph ?property ?incoming (COUNT(*) AS ?count) WHERE {{
  {{ GRAPH ?graph {{ {iri} ?property ?value }} BIND(false AS ?incoming) }}
  UNION {{ GRAPH ?graph {{ ?value ?property {iri} FILTER (!ISBLANK(?value)) }} BIND(true AS ?incoming) }}
}} GROUP BY ?graph ?property ?incoming LIMIT {_GROUPS}"""
    return [
        _Found(predicate, graph.value, incoming.value == "true", int(count.value))
        for graph, predicate, incoming, count in _rows(engine, text)
        if isinstance(graph, Iri)
        and isinstance(predicate, Iri)
        and isinstance(incoming, Literal)
        and isinstance(count, Literal)
    ]


def _filled(engine: Engine, iri: Iri, groups: Sequence[_Found]) -> list[_Found]:
    """Return the groups with their first terms, all asked for at once."""
    if not groups:
        return []
    parts = "\n  UNION ".join(_part(iri, n, group) for n, group in enumerate(groups))
    terms: dict[int, list[Term]] = {}
    for number, value in _rows(engine, f"SELECT ?number ?value WHERE {{\n  {parts}\n}}"):
        if isinstance(number, Literal) and value is not None:
            terms.setdefault(int(number.value), []).append(value)
    return [
        _Found(g.predicate, g.graph, g.incoming, g.count, tuple(terms.get(n, ())))
        for n, g in enumerate(groups)
    ]


def _part(iri: Iri, number: int, group: _Found) -> str:
    triple = (
        f"?value {group.predicate} {iri}" if group.incoming else f"{iri} {group.predicate} ?value"
    )
    inner = (
        f"SELECT ?value WHERE {{ GRAPH <{group.graph}> {{ {triple} }} }}"
        f" ORDER BY ?value LIMIT {SHOWN}"
    )
    return f"{{ {{ {inner} }} BIND({number} AS ?number) }}"


def _sources(engine: Engine, iris: Iterable[Iri]) -> dict[Iri, tuple[Iri, Iri | None]]:
    """Return section and origin of those that are statements; the first of several sections."""
    values = " ".join(sorted(str(iri) for iri in iris))
    text = f"""SELECT ?it (MIN(?in) AS ?section) (MIN(?as) AS ?origin) WHERE {{
  VALUES ?it {{ {values} }} ?it <{_STATED_IN}> ?in OPTIONAL {{ ?it <{_STATED_AS}> ?as }}
}} GROUP BY ?it"""
    return {
        it: (section, origin if isinstance(origin, Iri) else None)
        for it, section, origin in _rows(engine, text)
        if isinstance(it, Iri) and isinstance(section, Iri)
    }


def _group(group: _Found, called: dict[str, str], told: dict[Iri, Source]) -> Group:
    values = [
        Value(term, table.cell(term, called), told.get(term) if isinstance(term, Iri) else None)
        for term in group.terms
    ]
    values.sort(key=lambda value: (value.cell.label or value.cell.text).casefold())
    predicate = table.cell(group.predicate, called)
    return Group(predicate, group.graph, group.incoming, group.count, tuple(values))


def _order(group: Group) -> tuple[int, str, str]:
    address = group.predicate.address
    first = _FIRST.index(address) if address in _FIRST else len(_FIRST)
    return first, (group.predicate.label or group.predicate.text).casefold(), group.graph


def _rows(engine: Engine, text: str) -> Iterator[tuple[Term | None, ...]]:
    with closing(engine.run(QueryRequest(text, _TSV))) as answer:
        yield from read_solutions(answer.chunks, _SIZE, _SIZE).rows
