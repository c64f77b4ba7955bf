"""JSON-LD 1.1 with our prefixes as its context, written while the triples come."""

import functools
import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import NotAcceptableError

_HELD = 32_768  # bytes; a document of no more has only the prefixes that it uses
_TYPE = f"{vocab.RDF}type"
#: Integers that are the same in every reader of JSON, as XML Schema would write them.
_EXACT = re.compile(r"0|-?[1-9][0-9]{0,14}")


def context(prefixes: Iterable[str] = vocab.PREFIXES) -> dict[str, str]:
    """Return the context of the given prefixes of ours (JSON-LD 1.1, 4.1.5)."""
    return {prefix: vocab.PREFIXES[prefix] for prefix in sorted(prefixes)}


def write(triples: Iterable[ox.Triple], out: BinaryIO) -> None:
    """Write a document; triples of one subject that come in a row are one node object.

    Raises NotAcceptableError for a triple term of RDF 1.2.
    """
    used: set[str] = set()
    held: list[bytes] | None = []
    size = 0
    for node in _nodes(triples, used):
        piece = (b",\n" if size else b"") + node
        size += len(piece)
        if held is None:
            out.write(piece)
            continue
        held.append(piece)
        if size > _HELD:
            out.write(_head(vocab.PREFIXES) + b"".join(held))
            held = None
    out.write(b"\n]}\n" if held is None else _head(used) + b"".join(held) + b"\n]}\n")


def _head(prefixes: Iterable[str]) -> bytes:
    return f'{{"@context": {_dump(context(prefixes))},\n"@graph": [\n'.encode()


def _nodes(triples: Iterable[ox.Triple], used: set[str]) -> Iterator[bytes]:
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        about = list(group)
        names = _Names()
        node = _node(subject, about, names)
        if names.mistakable:
            node = {"@context": None, **_node(subject, about, _Names(plain=True))}
        else:
            used |= names.used
        yield _dump(node).encode()


def _node(subject: object, triples: Iterable[ox.Triple], names: "_Names") -> dict[str, Any]:
    node: dict[str, Any] = {"@id": names.resource(subject)}
    for triple in triples:
        _put(node, triple, names)
    return node


class _Names:
    """How IRIs are written; ``plain`` leaves them whole.

    ``used`` has the prefixes so far, ``mistakable`` says that a whole IRI would be read as a short
    one, as ``schema:x`` would.
    """

    def __init__(self, *, plain: bool = False) -> None:
        self.used: set[str] = set()
        self.mistakable = False
        self._plain = plain

    def resource(self, term: object) -> str:
        """Return what stands for an IRI or a blank node."""
        if isinstance(term, ox.BlankNode):
            return str(term)
        if not isinstance(term, ox.NamedNode):
            raise NotAcceptableError(
                f"JSON-LD 1.1 cannot write the triple term {str(term)[:200]}.",
                hint="Ask for Turtle or N-Triples.",
            )
        return self.iri(term.value)

    def iri(self, iri: str) -> str:
        """Return an IRI, short where a prefix of ours fits."""
        if self._plain:
            return iri
        prefix, short = _short(iri)
        if prefix:
            self.used.add(prefix)
        elif iri.partition(":")[0] in vocab.PREFIXES:
            self.mistakable = True
        return short


def _put(node: dict[str, Any], triple: ox.Triple, names: _Names) -> None:
    predicate, value = triple.predicate.value, triple.object
    if predicate == _TYPE and not isinstance(value, ox.Literal):
        _add(node, "@type", names.resource(value))
    elif isinstance(value, ox.Literal):
        _add(node, names.iri(predicate), _literal(value, names))
    else:
        _add(node, names.iri(predicate), {"@id": names.resource(value)})


def _add(node: dict[str, Any], key: str, value: object) -> None:
    """Put a value beside those that the key has, in an array from the second on."""
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _literal(literal: ox.Literal, names: _Names) -> object:
    """Return a JSON value that is read back as the same literal (JSON-LD 1.1 API, 8.4.2)."""
    text, datatype = literal.value, literal.datatype.value
    if literal.language is not None:
        direction = {} if literal.direction is None else {"@direction": str(literal.direction)}
        return {"@language": literal.language, **direction, "@value": text}
    if datatype == f"{vocab.XSD}string":
        return text
    if datatype == f"{vocab.XSD}boolean" and text in {"true", "false"}:
        return text == "true"
    if datatype == f"{vocab.XSD}integer" and _EXACT.fullmatch(text):
        return int(text)
    return {"@type": names.iri(datatype), "@value": text}


@functools.lru_cache(maxsize=1 << 16)
def _short(iri: str) -> tuple[str, str]:
    """Return the prefix of an IRI and what is written; an empty prefix and itself if none fits."""
    short = vocab.shorten(iri)
    return ("", iri) if short.startswith("<") else (short.partition(":")[0], short)


def _dump(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
