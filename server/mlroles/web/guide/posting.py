"""The beginning of a job posting for a role, made of what the graph says and nothing else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mlroles.web.guide import needs
from mlroles.web.guide.asking import Row
from mlroles.web.guide.needs import Matter
from mlroles.web.table import Cell

_MAY = "may take on"


def write(title: str, parts: Mapping[str, Sequence[str]]) -> str:
    """Return the text: a title, and each part that has a line under its heading."""
    blocks = (
        "\n".join([f"{head}:", *(f"- {line}" for line in body)])
        for head, body in parts.items()
        if body
    )
    return "\n\n".join([title, *blocks]) + "\n"


def stated(matters: Sequence[Matter]) -> list[str]:
    """Return what is stated, with its levels; what merely follows from it is left out."""
    return [_with(_called(matter.thing), *_words(matter)) for matter in matters if matter.sayings]


def _words(matter: Matter) -> Iterator[str]:
    """Yield the levels that are stated, and how what is stated is qualified everywhere."""
    yield " or ".join(matter.levels)
    qualifiers = dict.fromkeys(saying.qualifier for saying in matter.sayings)
    yield "" if "" in qualifiers or matter.levels else "; ".join(qualifiers)


def possible(rows: Iterable[Row]) -> list[str]:
    """Return what may be asked for, and if what, of rows of what a role may end up doing."""
    found: dict[Cell, list[str]] = {}
    for row in rows:
        if row["how"].text == _MAY:
            condition = row["condition"].text
            words = found.setdefault(row["responsibility"], [])
            words += [f"if {condition}"] if condition else []
    order = sorted(found, key=needs.name)
    return [_with(_called(thing), " or ".join(dict.fromkeys(found[thing]))) for thing in order]


def qualifications(rows: Iterable[Row]) -> list[str]:
    """Return what is asked for besides skills, in the words by which it is qualified."""
    return [_with(_called(row["thing"]), row["qualifiedBy"].text) for row in rows]


def codes(elsewhere: Mapping[str, Sequence[Row]]) -> list[str]:
    """Return what a role is in other vocabularies, by how well it matches."""
    lines = []
    for match, rows in elsewhere.items():
        for row in rows:
            name = " ".join(filter(None, [_called(row["scheme"]), row["code"].text]))
            link = row["thing"].link
            label = row["thing"].label
            told = ", ".join(filter(None, [name, label and f"“{label}”", link]))
            lines.append(f"{told} ({match})")
    return lines


def _called(thing: Cell) -> str:
    return thing.label or thing.text


def _with(text: str, *words: str) -> str:
    told = ", ".join(filter(None, words))
    return f"{text} ({told})" if told else text
