"""What a page's form was given, as things of the graph."""

from collections.abc import Sequence

from mlroles.errors import BadRequestError
from mlroles.saved import choices as finding
from mlroles.saved.choices import Choice


def chosen(name: str, choices: Sequence[Choice], words: Sequence[str]) -> tuple[Choice, ...]:
    """Return the choices that ``words`` mean: IRIs or names; each once, none for an empty word.

    Raises BadRequestError for a word that means none.
    """
    found = [_one(name, choices, word.strip()) for word in words if word.strip()]
    return tuple(dict.fromkeys(found))


def _one(name: str, choices: Sequence[Choice], word: str) -> Choice:
    choice = finding.find(choices, word)
    if choice is None:
        near = finding.near(choices, word)
        raise BadRequestError(
            f"There is no {name} “{word[:100]}”.",
            hint=f"Did you mean {' or '.join(near)}?"
            if near
            else f"Choose from the list: the graph knows no {name} that is called so.",
            offending=word[:100],
            extra={"near": near},
        )
    return choice
