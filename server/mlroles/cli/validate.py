"""``mlroles validate``: check Turtle files."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from mlroles import config
from mlroles.cli._progress import progress
from mlroles.errors import KnowledgeError
from mlroles.knowledge import KnowledgeBase, examine


@click.command("validate")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> None:
    """Check Turtle FILES, or directories of them, together with ours.

    Syntax, undeclared terms, and whether anything contradicts the ontology. Each problem is told
    as file:line:column: message on standard error, and the exit code is 1.
    """
    settings = config.settings()
    with progress() as tell:
        found = _examine((*settings.data, *files), settings.cache_dir, tell)
    if isinstance(found, KnowledgeBase):
        triples = found.asserted.count(b"\n")
        click.echo(f"{len(found.sources)} files, {triples:,} triples: sound")
        return
    for problem in found:
        click.echo(str(problem), err=True)
    click.echo(f"{len(found)} problem{'s' if found[1:] else ''}", err=True)
    sys.exit(1)


def _examine(
    files: tuple[Path, ...], cache_dir: Path, tell: Callable[[str], None] | None
) -> KnowledgeBase | tuple[KnowledgeError, ...]:
    try:
        return examine(files, cache_dir=cache_dir, progress=tell)
    except KnowledgeError as error:
        return (error,)
