"""``mlroles explain``: why a triple holds, or what it would follow from."""

import json
import sys
from typing import Any

import click

from mlroles import vocab
from mlroles.cli._options import given, setting_option
from mlroles.cli._progress import progress
from mlroles.config import settings


@click.command("explain")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help="Turtle is a graph in PROV-O.",
)
@setting_option("data")
def command(subject: str, predicate: str, object_: str, format_: str, **options: Any) -> None:
    """Explain the triple SUBJECT PREDICATE OBJECT, down to what is stated and where.

    Terms are prefixed names such as role:ml-engineer, IRIs, "a", or literals of Turtle. The exit
    code is 1 if the triple does not hold; then what it would follow from is told.
    """
    from mlroles.knowledge import explanation, explanation_formats, load, ntriples  # noqa: PLC0415 - rdflib
    from mlroles.knowledge.formats import FORMATS  # noqa: PLC0415
    from mlroles.knowledge.places import Places  # noqa: PLC0415
    from mlroles.knowledge.reasoning.known import Held  # noqa: PLC0415

    triple = explanation.parse(subject, predicate, object_)
    chosen = settings(given(options))
    with progress() as tell:
        known = load(chosen.data, cache_dir=chosen.cache_dir, progress=tell)
    graphs = {
        vocab.ASSERTED: ntriples.parse(known.asserted),
        vocab.INFERRED: ntriples.parse(known.inferred),
    }
    explainer = explanation.Explainer(
        graphs[vocab.ASSERTED], Held(graphs), lambda: Places.of(known.sources)
    )
    found = explainer.explain(triple)
    if format_ == "turtle":
        sys.stdout.buffer.write(FORMATS["ttl"].write(explanation_formats.provenance(found)))
    elif format_ == "json":
        click.echo(json.dumps(explanation_formats.plain(found), ensure_ascii=False, indent=2))
    else:
        click.echo(explanation_formats.text(found))
    sys.exit(1 if found.status == "absent" else 0)
