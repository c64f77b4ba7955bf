"""One saved query."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from mlroles.errors import SavedQueryError
from mlroles.saved import header, parameter
from mlroles.saved.header import Header
from mlroles.saved.parameter import Parameter

#: The tags that say for whom a query is, in the order of the pages, and what they are called.
AUDIENCES = {
    "job-seekers": "Job seekers",
    "hiring-managers": "Hiring managers",
    "team-leads": "Team leads",
    "learning-designers": "Learning designers",
    "teachers": "Semantic-web teachers",
}

_FIELDS = {"summary", "question", "description", "tags", "number", "parameters"}
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class SavedQuery:
    """A query with its header. ``text`` is the whole file, which any engine can run.

    ``question`` is the summary for whatever values, with the names of parameters in braces.
    """

    name: str
    number: int
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    question: str

    @property
    def audience(self) -> tuple[str, ...]:
        """The tags of those whom the query is for."""
        return tuple(tag for tag in AUDIENCES if tag in self.tags)

    @property
    def needs_reasoning(self) -> bool:
        """Whether the answer rests on inferred triples."""
        return "reasoning" in self.tags

    @property
    def about(self) -> dict[str, object]:
        """What a list of saved queries says of it, as JSON has it."""
        names = ("name", "number", "summary", "description", "tags", "audience")
        return {name: getattr(self, name) for name in names}

    @property
    def body(self) -> str:
        """The query without its header."""
        return header.strip(self.text)


def read(path: Path) -> SavedQuery:
    """Return the saved query in ``path``. Raises SavedQueryError, with file and line."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise SavedQueryError("The file is not in UTF-8.", file=path) from error
    head = header.read(path, text)
    unknown = sorted(str(name) for name in head.fields.keys() - _FIELDS)
    if unknown:
        raise head.error(
            f"The header has a field “{unknown[0]}”, which means nothing here.",
            unknown[0],
            hint=f"The fields are {', '.join(sorted(_FIELDS))}.",
        )
    parameters = parameter.read_all(head, text)
    return SavedQuery(
        name=path.stem,
        number=_number(head),
        summary=_text(head, "summary"),
        description=_text(head, "description"),
        tags=_tags(head),
        parameters=parameters,
        text=text,
        question=_question(head, {parameter.name for parameter in parameters}),
    )


def _text(head: Header, name: str) -> str:
    value = head.fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise head.error(f"The header's “{name}” must be a text, and is {value!r}.", name)
    return " ".join(value.split())


def _question(head: Header, known: Collection[str]) -> str:
    if "question" not in head.fields:
        return _text(head, "summary")
    text = _text(head, "question")
    unknown = sorted(set(_PLACE.findall(text)) - set(known))
    if unknown:
        raise head.error(
            f"The header's “question” names “{unknown[0]}”, which is no parameter.", "question"
        )
    return text


def _number(head: Header) -> int:
    value = head.fields.get("number")
    if not isinstance(value, int) or isinstance(value, bool):
        raise head.error(f"The header's “number” must be an integer, and is {value!r}.", "number")
    return value


def _tags(head: Header) -> tuple[str, ...]:
    value = head.fields.get("tags", [])
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise head.error(f"The header's “tags” must be a list of texts, and is {value!r}.", "tags")
    if not set(value) & AUDIENCES.keys():
        raise head.error(
            "The header's “tags” name nobody whom the query is for.",
            "tags",
            hint=f"Give at least one of {', '.join(AUDIENCES)}.",
        )
    return tuple(value)
