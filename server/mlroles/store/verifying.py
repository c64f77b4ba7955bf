"""What another store holds, read back and compared triple by triple, some thousand at a time."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import chain, groupby
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import StoreError
from mlroles.store.portions import portions
from mlroles.store.remote import RemoteStore

#: Triples that are asked for at once: stores cut long results, Virtuoso at 10,000 rows.
_ROWS = 4_000
#: Subjects that are named in one question.
_NAMED = 150

#: Kinds of terms that are no literals.
_NAMES = ("IRI", "blank node")
#: A term as it is compared: its kind or datatype, and its value in one form.
Term: TypeAlias = tuple[str, str]
Triple: TypeAlias = tuple[Term, Term, Term]


def _number(text: str) -> str:
    """Return a decimal number in one form, with all its digits. Raises ValueError if it is none."""
    if "e" in text.lower():
        raise ValueError(text)
    told = format(Decimal(text), "f")
    if "." in told:
        told = told.rstrip("0").rstrip(".")
    return "0" if told == "-0" else told


def _time(text: str) -> str:
    """Return a time in one form: no zeros at the end of a second's fraction, and UTC as Z."""
    return re.sub(r"\.0+(?!\d)|(?<=\.)(\d*[1-9])0+(?!\d)", r"\1", text).replace("+00:00", "Z")


_NUMBERS = (
    "integer int long short byte unsignedInt unsignedLong unsignedShort unsignedByte"
    " nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger decimal"
)
#: Datatype to what is compared of it, and how a value is written in one way.
_KINDS: dict[str, tuple[str, Callable[[str], str]]] = {
    f"{vocab.XSD}string": ("", str),
    f"{vocab.XSD}boolean": ("boolean", lambda text: {"1": "true", "0": "false"}.get(text, text)),
    **{f"{vocab.XSD}{name}": ("number", _number) for name in _NUMBERS.split()},
    **{
        f"{vocab.XSD}{name}": ("float", lambda text: repr(float(text)))
        for name in ("double", "float")
    },
    **{f"{vocab.XSD}{name}": (name, _time) for name in ("dateTime", "date", "time")},
}


def verify(store: RemoteStore, graph: str, expected: Iterable[ox.Triple]) -> int:
    """Return how many triples are expected, which the graph holds, and no more; else StoreError.

    The triples of a subject come together. All of them are read back; literals are the same if
    their values are, since stores write some of them in another way.
    """
    size = 0
    for triples, questions in _questions(graph, expected):
        wanted = Counter(map(_written, triples))
        found = Counter(map(_written, chain.from_iterable(map(store.construct, questions))))
        if found != wanted:
            raise _different(wanted, found)
        size += len(triples)
    count = store.count(f"GRAPH <{graph}> {{ ?s ?p ?o }}")
    if count != size:
        raise StoreError(
            f"The store holds {count:,} triples in the place of {size:,}.",
            hint="Nothing was changed. Does the store reason by itself?",
        )
    return size


def _questions(
    graph: str, expected: Iterable[ox.Triple]
) -> Iterator[tuple[list[ox.Triple], list[str]]]:
    """Yield triples that must be found, and queries that find them and no others."""
    some: list[ox.Triple] = []
    subjects: list[str] = []
    for subject, group in groupby(expected, key=lambda triple: str(triple.subject)):
        triples = list(dict.fromkeys(group))
        if len(triples) > _ROWS:
            yield from _of_one(graph, triples)
            continue
        if subjects and (len(some) + len(triples) > _ROWS or len(subjects) == _NAMED):
            yield some, [_about(graph, subjects)]
            some, subjects = [], []
        some += triples
        subjects.append(subject)
    if subjects:
        yield some, [_about(graph, subjects)]


def _about(graph: str, subjects: Sequence[str]) -> str:
    return (
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {' '.join(subjects)} }}"
        f" GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    )


def _of_one(
    graph: str, triples: Iterable[ox.Triple]
) -> Iterator[tuple[list[ox.Triple], list[str]]]:
    """Yield what must be found of a subject of which much is said, property by property."""
    for (subject, predicate), group in groupby(triples, lambda t: (t.subject, t.predicate)):
        those, pattern = list(group), f"{subject} {predicate} ?o"
        wheres = (
            f"GRAPH <{graph}> {{ {pattern} {condition} }}"
            for condition in portions(["?o"], len(those), _ROWS)
        )
        yield those, [f"CONSTRUCT {{ {pattern} }} WHERE {{ {where} }}" for where in wheres]


def _written(triple: ox.Triple) -> Triple:
    return _term(triple.subject), _term(triple.predicate), _term(triple.object)


def _term(term: object) -> Term:
    if isinstance(term, ox.Literal):
        return _literal(term.value, term.language or "", term.datatype.value)
    return _NAMES[isinstance(term, ox.BlankNode)], str(term)


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


def _different(wanted: Counter[Triple], found: Counter[Triple]) -> StoreError:
    lost, other = min(wanted - found, default=None), min(found - wanted, default=None)
    told = [
        f"{verb} {' '.join(map(_shown, triple))}"
        for verb, triple in (("lacks", lost), ("has", other))
        if triple is not None
    ]
    doubt = "" if other else " Does it cut results?"
    return StoreError(
        "The store does not hold what it was given.",
        hint=f"Nothing was changed. It {' and '.join(told)}.{doubt}",
    )


def _shown(term: Term) -> str:
    kind, value = term
    return value if kind in _NAMES else f'"{value}" ({kind or "string"})'
