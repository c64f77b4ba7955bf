"""``mlroles build``: write the release files."""

from pathlib import Path

import click

from mlroles import config
from mlroles.cli._progress import progress
from mlroles.knowledge import load, release


@click.command("build")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Directory to write to; made if it is not there.",
)
@click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A Turtle file or directory, loaded beside ours. May be given several times.",
)
def command(out: Path, data: tuple[Path, ...]) -> None:
    """Write the release files: graphs, their parts, checksums, redirects.

    What is asserted, what is inferred and both combined; ontology, data, shapes and each
    alignment alone; dataset describes them all. Each comes as Turtle, N-Triples, JSON-LD, RDF/XML
    and TriG. ontology.html tells every term to people; store.nq holds both graphs for a store,
    without blank nodes; mappings.sssom.tsv the alignments as a table; w3id.htaccess the redirects
    for w3id.org; SHA256SUMS the checksums. The same input always gives the same bytes. If anything
    is wrong, nothing is written and earlier output stays as it was.
    """
    settings = config.settings({"data": data or None})
    with progress() as tell:
        knowledge = load(settings.data, cache_dir=settings.cache_dir, progress=tell)
        names = release.write(knowledge, out)
    asserted, inferred = (text.count(b"\n") for text in (knowledge.asserted, knowledge.inferred))
    click.echo(f"{len(names)} files in {out}: {asserted:,} triples asserted, {inferred:,} inferred")
