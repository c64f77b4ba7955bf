"""``mlroles validate``: check Turtle files."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from mlroles import config
from mlroles.cli import _report
from mlroles.cli._progress import progress
from mlroles.errors import KnowledgeError
from mlroles.knowledge import KnowledgeBase, examine


@click.command("validate")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(_report.FORMATS)),
    default="text",
    show_default=True,
    help="How problems are told: lines of text on standard error, JSON or SARIF on standard output.",
)
def command(files: tuple[Path, ...], format_: str) -> None:
    """Check Turtle FILES, or directories of them, together with ours.

    Syntax and undeclared terms first; then whether anything contradicts the ontology; then
    whether each thing is described as the SHACL shapes in ontology/shapes.ttl ask. What comes
    later is looked at once what comes before is sound. The exit code is 1 if there is a problem.
    """
    settings = config.settings()
    with progress() as tell:
        found = _examine((*settings.data, *files), settings.cache_dir, tell)
        problems = _violations(found, tell) if isinstance(found, KnowledgeBase) else found
    if format_ != "text":
        click.echo(_report.FORMATS[format_](problems))
    elif problems:
        click.echo(_report.text(problems), err=True)
    elif isinstance(found, KnowledgeBase):
        triples = found.asserted.count(b"\n")
        click.echo(f"{len(found.sources)} files, {triples:,} triples: sound")
    sys.exit(1 if problems else 0)


def _examine(
    files: tuple[Path, ...], cache_dir: Path, tell: Callable[[str], None] | None
) -> KnowledgeBase | tuple[KnowledgeError, ...]:
    try:
        return examine(files, cache_dir=cache_dir, progress=tell)
    except KnowledgeError as error:
        return (error,)


def _violations(
    knowledge: KnowledgeBase, tell: Callable[[str], None] | None
) -> Sequence[KnowledgeError]:
    from mlroles.knowledge.shapes import violations  # noqa: PLC0415 - brings rdflib and pyshacl

    if tell is not None:
        tell("looking at the shapes")
    return violations(knowledge)
