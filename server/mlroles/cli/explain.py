"""``mlroles explain``: why a triple holds, or what it would follow from."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from mlroles import vocab
from mlroles.cli._options import given, setting_option
from mlroles.cli._progress import progress
from mlroles.config import Settings, settings

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from mlroles.knowledge.explanation_parts import Explanation


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
@setting_option("store")
@setting_option("timeout")
def command(subject: str, predicate: str, object_: str, format_: str, **options: Any) -> None:
    """Explain the triple SUBJECT PREDICATE OBJECT, down to what is stated and where.

    Terms are prefixed names such as role:ml-engineer, IRIs, "a", or literals of Turtle. With
    --store a directory or another store is asked, as by serve. The exit code is 1 if the triple
    does not hold; then what it would follow from is told.
    """
    from mlroles.knowledge import explanation_formats  # noqa: PLC0415 - rdflib
    from mlroles.knowledge.explanation_terms import parse  # noqa: PLC0415
    from mlroles.knowledge.formats import FORMATS  # noqa: PLC0415

    triple = parse(subject, predicate, object_)
    chosen = settings({**given(options), "workers": 1})
    found = _asked(triple, chosen) if chosen.store else _held(triple, chosen)
    if format_ == "turtle":
        sys.stdout.buffer.write(FORMATS["ttl"].write(explanation_formats.provenance(found)))
    elif format_ == "json":
        click.echo(json.dumps(explanation_formats.plain(found), ensure_ascii=False, indent=2))
    else:
        click.echo(explanation_formats.text(found))
    sys.exit(1 if found.status == "absent" else 0)


def _held(triple: Triple, chosen: Settings) -> Explanation:
    """Return the explanation by the files."""
    from mlroles.knowledge import explanation, load, ntriples  # noqa: PLC0415 - rdflib
    from mlroles.knowledge.places import Places  # noqa: PLC0415
    from mlroles.knowledge.reasoning.known import Held  # noqa: PLC0415

    with progress() as tell:
        known = load(chosen.data, cache_dir=chosen.cache_dir, progress=tell)
    graphs = {
        vocab.ASSERTED: ntriples.parse(known.asserted),
        vocab.INFERRED: ntriples.parse(known.inferred),
    }
    places = partial(Places.of, known.sources)
    return explanation.Explainer(graphs[vocab.ASSERTED], Held(graphs), places).explain(triple)


def _asked(triple: Triple, chosen: Settings) -> Explanation:
    """Return the explanation by what a store holds; files are told of those that are ours here."""
    from mlroles.engine.opening import open_engine  # noqa: PLC0415 - rdflib
    from mlroles.knowledge import explanation, sources  # noqa: PLC0415
    from mlroles.knowledge.places import Places  # noqa: PLC0415
    from mlroles.knowledge.reasoning.known import Asked  # noqa: PLC0415
    from mlroles.web import contents  # noqa: PLC0415

    with progress() as tell:
        engine = open_engine(chosen, tell)
    with closing(engine):
        return explanation.Explainer(
            contents.ontology(engine),
            Asked(partial(contents.select, engine)),
            lambda: Places.of(source.path for source in sources.find(chosen.data)),
            seconds=chosen.timeout,
        ).explain(triple)
