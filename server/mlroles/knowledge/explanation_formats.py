"""Explanations as text and as JSON; as RDF see ``explanation_provenance``."""

from collections.abc import Iterator, Sequence
from typing import Any

from mlroles.knowledge.explanation_parts import Explanation, Need, Part, Step, Way
from mlroles.knowledge.explanation_provenance import provenance

__all__ = ["plain", "provenance", "text"]

_TRIPLE = ("subject", "predicate", "object")


def text(explanation: Explanation) -> str:
    """Return the explanation as an indented tree."""
    lines = [f"{explanation.sentence}: {explanation.status}"]
    for number, step in enumerate(explanation.derivations, 1):
        if len(explanation.derivations) > 1:
            lines.append(f"{number}.")
        lines += _lines(step, 1)
    lines += [f"  {remark}" for remark in explanation.remarks]
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
        **({"note": " ".join(explanation.remarks)} if explanation.remarks else {}),
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
