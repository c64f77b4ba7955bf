"""Explanations as text, as JSON and as RDF in PROV-O."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import pyoxigraph as ox

from mlroles import vocab
from mlroles.knowledge.explanation_parts import Explanation, Need, Part, Step, Way
from mlroles.knowledge.formats import Graphs

_PROV = vocab.PREFIXES["prov"]
_TRIPLE = ("subject", "predicate", "object")


def text(explanation: Explanation) -> str:
    """Return the explanation as an indented tree."""
    lines = [f"{explanation.sentence}: {explanation.status}"]
    for number, step in enumerate(explanation.derivations, 1):
        if len(explanation.derivations) > 1:
            lines.append(f"{number}.")
        lines += _lines(step, 1)
    if explanation.note:
        lines.append(f"  {explanation.note}")
    for way in explanation.missing:
        lines += [f"  would follow by {way.rule} ({way.axiom}):"]
        lines += [
            f"    {'is there' if need.met else 'missing '}: {need.sentence}" for need in way.needs
        ]
        lines += [f"    ({way.example})"] if way.example else []
    return "\n".join(lines)


def _lines(step: Step, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if not step.rule:
        yield f"{indent}{step.sentence}{_source(step)}"
        return
    yield f"{indent}{step.sentence}"
    place = f"  [{_place(step)}]" if step.file else ""
    yield f"{indent}  by {step.rule}{': ' if step.axiom else ''}{step.axiom}{place}"
    for premise in step.premises:
        yield from _lines(premise, depth + 1)


def _source(step: Step) -> str:
    said = f"{step.origin} of {step.section}" if step.section else step.origin
    told = [_place(step), said]
    return f"  [{', '.join(filter(None, told)) or 'asserted'}]"


def _place(step: Step) -> str:
    return f"{step.file}:{step.line}" if step.line else step.file


def plain(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as JSON has it; what is not known is left out."""
    return {
        "triple": _terms(explanation.triple),
        "sentence": explanation.sentence,
        "status": explanation.status,
        "derivations": [_step(step) for step in explanation.derivations],
        "missing": [_way(way) for way in explanation.missing],
        **({"note": explanation.note} if explanation.note else {}),
    }


def _step(step: Step) -> dict[str, Any]:
    told = {
        "triple": _terms(step.triple),
        "sentence": step.sentence,
        "rule": step.rule,
        "axiom": step.axiom,
        "premises": [_step(premise) for premise in step.premises],
        "file": step.file,
        "line": step.line,
        "section": step.section,
        "origin": step.origin,
    }
    return {name: value for name, value in told.items() if value}


def _way(way: Way) -> dict[str, Any]:
    return {
        "rule": way.rule,
        "axiom": way.axiom,
        "needs": [_need(need) for need in way.needs],
        **({"example": way.example} if way.example else {}),
    }


def _need(need: Need) -> dict[str, Any]:
    return {"triple": _terms(need.triple), "sentence": need.sentence, "met": need.met}


def _terms(triple: Sequence[Part]) -> dict[str, str]:
    return {
        name: part.text if part.term is None else str(part.term)
        for name, part in zip(_TRIPLE, triple, strict=True)
    }


def provenance(explanation: Explanation) -> Graphs:
    """Return the derivations in PROV-O: statements, reified, derived from others by a rule."""
    numbers = count()
    triples = [
        triple
        for step in explanation.derivations
        for triple in _provenance(step, ox.BlankNode(f"d{next(numbers)}"), numbers)
    ]
    return {f"{vocab.BASE}graph/explanation": triples}


def _provenance(step: Step, node: ox.BlankNode, numbers: "count[int]") -> Iterator[ox.Triple]:
    for kind in (f"{vocab.RDF}Statement", f"{_PROV}Entity"):
        yield ox.Triple(node, _iri(f"{vocab.RDF}type"), _iri(kind))
    yield ox.Triple(node, _iri(f"{vocab.RDFS}label"), ox.Literal(step.sentence, language="en"))
    for name, part in zip(_TRIPLE, step.triple, strict=True):
        if part.term is not None:
            yield ox.Triple(node, _iri(f"{vocab.RDF}{name}"), part.term)
    if step.file:
        yield ox.Triple(node, _iri(f"{_PROV}atLocation"), ox.Literal(f"{step.file}:{step.line}"))
    if step.rule:
        activity = ox.BlankNode(f"d{next(numbers)}")
        yield ox.Triple(node, _iri(f"{_PROV}wasGeneratedBy"), activity)
        yield ox.Triple(activity, _iri(f"{vocab.RDF}type"), _iri(f"{_PROV}Activity"))
        yield ox.Triple(activity, _iri(f"{vocab.RDFS}label"), ox.Literal(step.rule))
    for premise in step.premises:
        other = ox.BlankNode(f"d{next(numbers)}")
        yield ox.Triple(node, _iri(f"{_PROV}wasDerivedFrom"), other)
        yield from _provenance(premise, other, numbers)


def _iri(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)
