"""Problems of Turtle files as text, as JSON and as SARIF."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mlroles import __version__
from mlroles.errors import KnowledgeError

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SYNTAX = "turtle"  # the rule of an error that names none


def text(problems: Sequence[KnowledgeError]) -> str:
    """Return ``file:line:column: detail`` for each, and how many there are."""
    count = f"{len(problems)} problem{'s' if problems[1:] else ''}"
    return "\n".join([*(str(problem) for problem in problems), count])


def as_json(problems: Sequence[KnowledgeError]) -> str:
    """Return a JSON list of objects: terms as Turtle writes them, null what is not known."""
    return json.dumps([_plain(problem) for problem in problems], ensure_ascii=False, indent=2)


def sarif(problems: Sequence[KnowledgeError]) -> str:
    """Return a log as code hosts and editors read it: SARIF 2.1.0, section 3.13."""
    rules = sorted({_rule(problem) for problem in problems})
    driver = {
        "name": "mlroles validate",
        "version": __version__,
        "rules": [{"id": rule} for rule in rules],
    }
    run = {"tool": {"driver": driver}, "results": [_result(problem) for problem in problems]}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


#: By the name of the option ``--format``.
FORMATS: Mapping[str, Callable[[Sequence[KnowledgeError]], str]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
}


def _plain(problem: KnowledgeError) -> dict[str, object]:
    named = {name: problem.extra.get(name) for name in ("subject", "property", "value")}
    return {
        "rule": _rule(problem),
        "severity": "error",
        "message": problem.detail,
        "hint": problem.hint,
        "file": _file(problem),
        "line": problem.line,
        "column": problem.column,
        **named,
    }


def _result(problem: KnowledgeError) -> dict[str, Any]:
    message = f"{problem.detail}\n{problem.hint}" if problem.hint else problem.detail
    result: dict[str, Any] = {
        "ruleId": _rule(problem),
        "level": "error",
        "message": {"text": message},
    }
    location: dict[str, Any] = {}
    if problem.file is not None:
        location["physicalLocation"] = {"artifactLocation": {"uri": _file(problem)}}
        if problem.line is not None:
            region = {"startLine": problem.line, "startColumn": problem.column or 1}
            location["physicalLocation"]["region"] = region
    if "subject" in problem.extra:
        location["logicalLocations"] = [{"name": problem.extra["subject"], "kind": "resource"}]
    return result | ({"locations": [location]} if location else {})


def _rule(problem: KnowledgeError) -> str:
    return str(problem.extra.get("rule", _SYNTAX))


def _file(problem: KnowledgeError) -> str | None:
    """Return the file, from here if it is below, with slashes."""
    if problem.file is None:
        return None
    path, here = problem.file.absolute(), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
