"""What is sent and received, as JSON Schema 2020-12."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeAlias

from mlroles.saved import Choice, Choices, Parameter
from mlroles.terms import Iri, Literal, Term

Json: TypeAlias = dict[str, Any]

#: Values that a program is told by name; of more it is told the class alone.
_LISTED = 200

_TYPES: dict[str, Json] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}


def of_parameter(parameter: Parameter, choices: Choices) -> Json:
    """Return the schema of what a saved query's parameter takes, with its default."""
    if parameter.class_iri is not None:
        one, default = _of_choice(parameter, choices.of(parameter.class_iri))
    else:
        one, default = _of_literal(parameter)
    if parameter.multiple:
        schema: Json = {"type": "array", "items": one}
        return {**schema, "default": default} if default else schema
    return {**one, "default": default[0]} if default else one


def _of_choice(parameter: Parameter, allowed: Sequence[Choice]) -> tuple[Json, list[str]]:
    """Return the schema of one value, and the defaults that the graph has."""
    wanted = [term.value for term in parameter.default if isinstance(term, Iri)]
    if not 0 < len(allowed) <= _LISTED:
        known = {choice.iri for choice in allowed}.intersection(wanted)
        return {"type": "string"}, [iri for iri in wanted if iri in known]
    uses = Counter(choice.local for choice in allowed)
    names = {c.iri: c.local if uses[c.local] == 1 else c.iri for c in allowed}
    default = [names[iri] for iri in wanted if iri in names]
    return {"type": "string", "enum": sorted(names.values())}, default


def _of_literal(parameter: Parameter) -> tuple[Json, list[Any]]:
    kind = parameter.type
    assert kind is not None  # noqa: S101 - tells mypy what a parameter without a class has
    schema = dict(_TYPES[kind.name])
    bounds = {"minimum": parameter.minimum, "maximum": parameter.maximum}
    numeric = schema["type"] in ("integer", "number")
    if numeric:
        schema |= {key: _number(value) for key, value in bounds.items() if value is not None}
    if parameter.values:
        schema["enum"] = [_plain(kind.name, value) for value in parameter.values]
    default = [_plain(kind.name, kind.parse(_text(term))) for term in parameter.default]
    return schema, default


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term)


def _plain(name: str, value: Any) -> Any:
    """Return a value as JSON has it."""
    if name == "decimal":
        return _number(value)
    return value if name in ("string", "integer", "boolean") else str(value)


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


_TERM: Json = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode", "triple"]},
        "value": {},
        "datatype": {"type": "string"},
        "xml:lang": {"type": "string"},
    },
}
_STRINGS: Json = {"type": "array", "items": {"type": "string"}}
_SUMMARY: Json = {
    "type": "object",
    "required": ["name", "number", "summary", "description", "parameters", "url", "results"],
    "properties": {
        "name": {"type": "string"},
        "number": {"type": "integer"},
        "summary": {"type": "string"},
        "description": {"type": "string"},
        "tags": _STRINGS,
        "audience": _STRINGS,
        "url": {"type": "string", "format": "uri"},
        "results": {"type": "string", "format": "uri"},
    },
}

#: The schemas that several operations share, by name.
COMPONENTS: dict[str, Json] = {
    "Problem": {
        "description": "An error (RFC 9457).",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "hint": {"type": "string"},
            "line": {"type": "integer"},
            "column": {"type": "integer"},
            "offending": {"type": ["string", "null"]},
            "near": _STRINGS,
        },
    },
    "Results": {
        "description": "SPARQL 1.1 Query Results JSON Format: rows, or true or false.",
        "type": "object",
        "required": ["head"],
        "properties": {
            "head": {"type": "object", "properties": {"vars": _STRINGS}},
            "boolean": {"type": "boolean"},
            "results": {
                "type": "object",
                "required": ["bindings"],
                "properties": {
                    "bindings": {
                        "type": "array",
                        "items": {"type": "object", "additionalProperties": _TERM},
                    }
                },
            },
        },
        "oneOf": [{"required": ["boolean"]}, {"required": ["results"]}],
    },
    "SavedQuerySummary": _SUMMARY,
    "SavedQueries": {"type": "array", "items": {"$ref": "#/components/schemas/SavedQuerySummary"}},
    "SavedQuery": {
        **_SUMMARY,
        "required": [*_SUMMARY["required"], "query"],
        "properties": {
            **_SUMMARY["properties"],
            "query": {"type": "string"},
            "parameters": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "label", "help", "multiple", "default"],
                },
            },
        },
    },
    "Explanation": {
        "type": "object",
        "required": ["triple", "sentence", "status", "derivations", "missing"],
        "properties": {
            "sentence": {"type": "string"},
            "status": {"enum": ["asserted", "inferred", "absent"]},
            "derivations": {"type": "array"},
            "missing": {"type": "array"},
        },
    },
    "Found": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["iri", "label", "matched", "kind", "page"],
            "properties": {
                "iri": {"type": "string", "format": "iri"},
                "label": {"type": "string"},
                "matched": {"type": "string"},
                "kind": {"type": "string"},
                "page": {"type": "string"},
            },
        },
    },
    "Life": {
        "type": "object",
        "required": ["live"],
        "properties": {"live": {"const": True}},
    },
    "Health": {
        "type": "object",
        "required": ["live", "ready", "version", "digest"],
        "properties": {
            "live": {"type": "boolean"},
            "ready": {"type": "boolean"},
            "version": {"type": "string"},
            "digest": {"type": "string"},
            "questions": {
                "type": "object",
                "required": ["answered", "failed"],
                "properties": {"answered": {"type": "integer"}, "failed": {"type": "object"}},
            },
            "reason": {"type": "string"},
        },
    },
}


def named(name: str) -> Json:
    """Return a reference to one of COMPONENTS."""
    return {"$ref": f"#/components/schemas/{name}"}
