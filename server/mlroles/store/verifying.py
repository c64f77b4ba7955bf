"""What another store holds, read back and compared triple by triple, some hundred at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import StoreError
from mlroles.store.portions import Portions
from mlroles.store.remote import RemoteStore

#: Triples that are asked for at once: stores cut long results, Virtuoso at 10,000 rows.
_ROWS = 4_000
#: Subjects that are named in one question.
_NAMED = 150

#: A term as it is compared: its kind or datatype, and its value in one form.
Term: TypeAlias = tuple[str, str]
Triple: TypeAlias = tuple[Term, Term, Term]

_NUMBERS = (
    "integer int long short byte unsignedInt unsignedLong unsignedShort unsignedByte"
    " nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger decimal"
)
#: Datatype to what is compared of it, and how a value is written in one way.
_KINDS: dict[str, tuple[str, Callable[[str], str]]] = {
    f"{vocab.XSD}string": ("", str),
    f"{vocab.XSD}boolean": ("boolean", lambda text: {"1": "true", "0": "false"}.get(text, text)),
    **{
        f"{vocab.XSD}{name}": ("number", lambda text: format(Decimal(text).normalize(), "f"))
        for name in _NUMBERS.split()
    },
    **{
        f"{vocab.XSD}{name}": ("float", lambda text: repr(float(text)))
        for name in ("double", "float")
    },
    **{
        f"{vocab.XSD}{name}": (name, lambda text: text.replace("+00:00", "Z"))
        for name in ("dateTime", "date", "time")
    },
}


def verify(store: RemoteStore, graph: str, expected: Iterable[ox.Triple], size: int) -> None:
    """Raise StoreError unless the graph holds the triples expected, ``size`` of them, and no more.

    The triples of a subject come together. All of them are read back; literals are the same if
    their values are, since stores write some of them in another way.
    """
    (row,) = store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    count = int(row["n"].value)
    if count != size:
        raise StoreError(
            f"The store holds {count:,} triples in the place of {size:,}.",
            hint="Nothing was changed. Does the store reason by itself, or cut results?",
        )
    for wanted, question in _questions(graph, expected):
        found = {_read(row) for row in store.select(question)}
        if found != wanted:
            raise _different(wanted, found)


def _questions(graph: str, expected: Iterable[ox.Triple]) -> Iterator[tuple[set[Triple], str]]:
    """Yield triples that must be found, and the query that finds them and no others."""
    some: list[ox.Triple] = []
    subjects: list[str] = []
    for subject, group in groupby(expected, key=lambda triple: str(triple.subject)):
        triples = list(group)
        if len(triples) > _ROWS:
            yield from _of_one(graph, triples)
            continue
        if subjects and (len(some) + len(triples) > _ROWS or len(subjects) == _NAMED):
            yield set(map(_written, some)), _about(graph, subjects)
            some, subjects = [], []
        some += triples
        subjects.append(subject)
    if subjects:
        yield set(map(_written, some)), _about(graph, subjects)


def _about(graph: str, subjects: Sequence[str]) -> str:
    return (
        f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {' '.join(subjects)} }}"
        f" GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    )


def _of_one(graph: str, triples: Sequence[ox.Triple]) -> Iterator[tuple[set[Triple], str]]:
    """Yield what must be found of a subject of which much is said: its values, some at a time.

    Literals are in nobody's place, since the number of all triples is right.
    """
    for (subject, predicate), group in groupby(triples, lambda t: (t.subject, t.predicate)):
        values = [t.object for t in group if isinstance(t.object, ox.NamedNode)]
        portions = Portions(["?o"], len(values), _ROWS)
        wanted: list[set[Triple]] = [set() for _ in portions.conditions]
        for value in values:
            triple = ox.Triple(subject, predicate, value)
            wanted[portions.place([value.value])].add(_written(triple))
        question = f"SELECT ({subject} AS ?s) ({predicate} AS ?p) ?o"
        where = f"GRAPH <{graph}> {{ {subject} {predicate} ?o }} FILTER(isIRI(?o))"
        for some, condition in zip(wanted, portions.conditions, strict=True):
            yield some, f"{question} WHERE {{ {where} {condition} }}"


def _written(triple: ox.Triple) -> Triple:
    return _term(triple.subject), _term(triple.predicate), _term(triple.object)


def _read(row: ox.QuerySolution) -> Triple:
    return _term(row["s"]), _term(row["p"]), _term(row["o"])


def _term(term: object) -> Term:
    if isinstance(term, ox.Literal):
        return _literal(term.value, term.language or "", term.datatype.value)
    assert isinstance(term, ox.NamedNode | ox.BlankNode)  # noqa: S101 - no other is in a graph
    return "uri" if isinstance(term, ox.NamedNode) else "bnode", term.value


def _literal(value: str, language: str, datatype: str) -> Term:
    """Return a literal in the one form of its value; a malformed one as it is."""
    if language:
        return f"@{language.lower()}", value
    kind = _KINDS.get(datatype)
    if kind is None:
        return datatype, value
    try:
        return kind[0], kind[1](value)
    except (ValueError, InvalidOperation):
        return datatype, value


def _different(wanted: set[Triple], found: set[Triple]) -> StoreError:
    lost = min(wanted - found, default=None)
    other = min(found - wanted, default=None)
    told = [
        f"{verb} {' '.join(value for _, value in triple)}"
        for verb, triple in (("lacks", lost), ("has", other))
        if triple is not None
    ]
    return StoreError(
        "The store holds other triples than it was given, though as many.",
        hint=f"Nothing was changed. It {' and '.join(told)}.",
    )
