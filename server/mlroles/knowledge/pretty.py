"""Turtle for people and for diffs: sorted, prefixed, one predicate a line, blank nodes nested.

Nothing depends on chance: the same triples always give the same text. No ``@base`` and no
relative IRIs. A blank node that is the object of one triple stands where it is used, as
``[ … ]`` or ``( … )``; any other has its label, or is ``[]`` if nothing refers to it.
"""

import re
from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.nesting import FIRST, Nesting, Value

_INDENT = "    "
_TYPE = f"{vocab.RDF}type"
_NIL = f"{vocab.RDF}nil"
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_SHORT = 60

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\x00-\x1f\x7f]')


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> str:
    """Return Turtle (RDF 1.1 Turtle) of the triples, with those prefixes that it uses."""
    names = _Names(prefixes)
    body = _blocks(triples, names, ())
    return names.header() + body


def trig(graphs: Mapping[str, Collection[ox.Triple]], prefixes: Mapping[str, str]) -> str:
    """Return TriG (RDF 1.1 TriG) of the named graphs, in the order given.

    A blank node of two graphs is one node, and has its label in both.
    """
    names = _Names(prefixes)
    seen: set[ox.BlankNode] = set()
    shared: set[ox.BlankNode] = set()
    for triples in graphs.values():
        here = {t for x in triples for t in (x.subject, x.object) if isinstance(t, ox.BlankNode)}
        shared |= seen & here
        seen |= here
    parts = []
    for graph, triples in graphs.items():
        body = _blocks(triples, names, shared)
        inner = "".join(f"{_INDENT}{line}\n" if line else "\n" for line in body.splitlines())
        parts.append(f"{names.iri(graph)} {{\n{inner}}}\n")
    return names.header() + "\n".join(parts)


class _Names:
    """Prefixed names, and which prefixes they used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = sorted(prefixes.items(), key=lambda pair: -len(pair[1]))
        self._used: dict[str, str] = {}

    def iri(self, iri: str) -> str:
        for prefix, namespace in self._prefixes:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self._used[prefix] = namespace
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def header(self) -> str:
        lines = [f"@prefix {prefix}: <{space}> .\n" for prefix, space in sorted(self._used.items())]
        return "".join([*lines, "\n"]) if lines else ""


def _blocks(triples: Iterable[ox.Triple], names: _Names, pinned: Collection[ox.BlankNode]) -> str:
    nesting = Nesting(triples, pinned)
    writer = _Writer(nesting, names)
    named = sorted(node.value for node in nesting.roots if isinstance(node, ox.NamedNode))
    texts = [writer.block(names.iri(iri), ox.NamedNode(iri)) for iri in named]
    blank = (node for node in nesting.roots if isinstance(node, ox.BlankNode))
    texts += sorted(
        writer.block(str(node) if node in nesting.labelled else "[]", node) for node in blank
    )
    return "\n".join(texts)


class _Writer:
    def __init__(self, nesting: Nesting, names: _Names) -> None:
        self._nesting = nesting
        self._names = names

    def block(self, head: str, subject: ox.NamedNode | ox.BlankNode) -> str:
        return f"{head}\n{self._predicates(subject, _INDENT)} .\n"

    def _predicates(self, subject: ox.NamedNode | ox.BlankNode, indent: str) -> str:
        about = self._nesting.about[subject]
        lines = []
        for predicate in sorted(about, key=lambda p: (p.value != _TYPE, self._names.iri(p.value))):
            verb = "a" if predicate.value == _TYPE else self._names.iri(predicate.value)
            deeper = indent + _INDENT
            values = sorted(self._value(value, indent, deeper) for value in about[predicate])
            lines.append(f"{indent}{verb} " + f" ,\n{deeper}".join(values))
        return " ;\n".join(lines)

    def _value(self, value: Value, indent: str, deeper: str) -> str:
        if isinstance(value, ox.Literal):
            return self._literal(value)
        if isinstance(value, ox.NamedNode):
            return "()" if value.value == _NIL else self._names.iri(value.value)
        if value not in self._nesting.nested:
            return str(value)
        if value in self._nesting.lists:
            return self._list(value, indent, deeper)
        if not self._nesting.about[value]:
            return "[]"
        return f"[\n{self._predicates(value, deeper)}\n{indent}]"

    def _list(self, head: ox.BlankNode, indent: str, deeper: str) -> str:
        items = [
            self._value(self._nesting.about[cell][FIRST][0], deeper, deeper + _INDENT)
            for cell in self._nesting.cells(head)
        ]
        line = f"( {' '.join(items)} )"
        if len(line) <= _SHORT and "\n" not in line:
            return line
        return "(\n" + "".join(f"{deeper}{item}\n" for item in items) + f"{indent})"

    def _literal(self, literal: ox.Literal) -> str:
        datatype = literal.datatype.value
        if datatype == f"{vocab.XSD}integer" and _INTEGER.fullmatch(literal.value):
            return literal.value
        if datatype == f"{vocab.XSD}boolean" and literal.value in ("true", "false"):
            return literal.value
        text = f'"{_SPECIAL.sub(_escaped, literal.value)}"'
        if literal.language:
            return f"{text}@{literal.language}"
        if datatype == f"{vocab.XSD}string":
            return text
        return f"{text}^^{self._names.iri(datatype)}"


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0], f"\\u{ord(match[0]):04X}")
