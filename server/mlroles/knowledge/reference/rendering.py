"""The reference as HTML: a fragment for a page of the server, or a document that stands alone."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mlroles.knowledge.reference import diagram
from mlroles.knowledge.reference.expressions import Keyword
from mlroles.knowledge.reference.names import Name
from mlroles.knowledge.reference.reference import Reference

#: The directory with the style of the fragment, ``reference.css``.
STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"


def fragment(reference: Reference, formats: Mapping[str, str]) -> str:
    """Return what goes into the main part of a page.

    ``formats`` are the ontology's files: what each is called, and its address.
    """
    template = _environment().get_template("fragment.html")
    return template.render(reference=reference, formats=formats)


def document(reference: Reference, formats: Mapping[str, str]) -> str:
    """Return a page with all its style in it. The same reference gives the same text."""
    styles = [(STATIC / name).read_text("utf-8") for name in ("document.css", "reference.css")]
    return (
        _environment()
        .get_template("document.html")
        .render(reference=reference, main=fragment(reference, formats), style="\n".join(styles))
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(drawing=diagram)
    environment.tests.update(
        name=lambda piece: isinstance(piece, Name),
        keyword=lambda piece: isinstance(piece, Keyword),
    )
    return environment
