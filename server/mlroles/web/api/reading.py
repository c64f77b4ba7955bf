"""The description arranged for people: operations by subject, each with a request to copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from mlroles.web.api.schemas import Json


@dataclass(frozen=True)
class Operation:
    """One operation; ``example`` is the path and query of a request that can be made as it is."""

    method: str
    path: str
    told: Json
    example: str

    @property
    def media_types(self) -> list[str]:
        """What the answer can be."""
        return list(self.told["responses"]["200"]["content"])


#: What to put in the place of what has no default.
_EXAMPLES = {
    "iri": "https://w3id.org/mlroles/role/ml-engineer",
    "query": "ASK {}",
    "s": "role:mlops-engineer",
    "p": "rdf:type",
    "o": "mlr:DualSkillRole",
}


def groups(document: Json) -> dict[str, list[Operation]]:
    """Return the operations by their tag, in the order of the tags."""
    every = list(_operations(document))
    tags = [tag["name"] for tag in document["tags"]]
    grouped = {tag: [one for one in every if tag in one.told["tags"]] for tag in tags}
    return {tag: found for tag, found in grouped.items() if found}


def _operations(document: Json) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            yield Operation(method.upper(), path, told, _example(path, told))


def _example(path: str, told: Json) -> str:
    query: list[tuple[str, str]] = []
    for parameter in told["parameters"]:
        name, schema = parameter["name"], parameter["schema"]
        if parameter["in"] == "path":
            possible = schema.get("enum") or schema.get("examples") or [name]
            path = path.replace(f"{{{name}}}", quote(possible[0]))
        elif parameter.get("required") or name == "query":
            query.append((name, _EXAMPLES.get(name, name)))
        else:
            default = schema.get("default", [])
            values = default if isinstance(default, list) else [default]
            query += [(name, str(value)) for value in values]
    return f"{path}?{urlencode(query)}" if query else path
