"""``mlroles query``: run one query."""

import difflib
import json
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from mlroles import paths, sparql
from mlroles.cli._options import given, setting_option
from mlroles.cli._progress import progress
from mlroles.cli._table import ReadConsole, show
from mlroles.config import Settings, settings
from mlroles.engine.interface import Engine
from mlroles.engine.opening import open_engine
from mlroles.errors import BadRequestError, MlrolesError, NotFoundError
from mlroles.rows import Rows, read_solutions, read_triples
from mlroles.saved import Bound, Catalogue, Choices, SavedQuery, bind
from mlroles.saved import query as saved_query
from mlroles.saved.choices import local_name
from mlroles.saved.labels import labels
from mlroles.sparql import Form
from mlroles.store.media import serving
from mlroles.terms import Iri, plain
from mlroles.vocab import ASSERTED, shorten
from mlroles.web.facts import gather
from mlroles.web.inquiry import Inquiry

_MEDIA = {
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "trig": "application/trig",
}
_FIRST_WORDS = (*Form, "PREFIX", "BASE")
_SIZE = 64 << 20  # bytes of a result that a table takes at most


@click.command("query")
@click.argument("what", metavar="QUERY")
@click.option("--param", "-p", "params", multiple=True, help="name=value; may be repeated.")
@click.option(
    "--format",
    "-f",
    "wanted",
    type=click.Choice(["table", *_MEDIA]),
    help="Format of the result.  [default: table on a terminal, else csv or turtle]",
)
@click.option("--asserted", is_flag=True, help="Ask what is stated only, not what follows.")
@setting_option("data")
@setting_option("store")
@setting_option("timeout")
def command(
    what: str, params: tuple[str, ...], wanted: str | None, asserted: bool, **options: Any
) -> None:
    """Run QUERY: a saved query's name, a file, - for standard input, or the text itself."""
    chosen = settings({**given(options), "workers": 1})
    values = _values(params)
    source, query = _find(what)
    with progress() as tell:
        engine = open_engine(chosen, tell)
    with closing(engine):
        try:
            text = _text(query, values, engine)
            _answer(_inquire(text, chosen, engine, asserted=asserted), engine, chosen, wanted)
        except MlrolesError as error:
            if error.line is not None and error.file is None:
                error.file = source
            raise


def _values(params: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{param!r} is not name=value.", param_hint="--param")
        values.setdefault(name, []).append(value)
    return values


def _find(what: str) -> tuple[Path, SavedQuery | str]:
    """Return where the query is from, and the saved query or the text."""
    if what == "-":
        return Path("<stdin>"), _decode(sys.stdin.buffer.read(), Path("<stdin>"))
    catalogue = Catalogue.read(paths.QUERIES)
    if what in catalogue:
        return paths.QUERIES / f"{what}.rq", catalogue.get(what)
    if any(char.isspace() or char == "{" for char in what):
        return Path("<query>"), what
    path = Path(what)
    if path.is_file():
        text = _decode(path.read_bytes(), path)
        return path, saved_query.read(path) if text.startswith("#+") else text
    if path.suffix or len(path.parts) > 1:
        raise NotFoundError(f"There is no file {what}.")
    if difflib.get_close_matches(what.upper(), _FIRST_WORDS, n=1, cutoff=0.7):
        raise NotFoundError(
            f"There is no saved query and no file called “{what}”.",
            hint="To ask in SPARQL, put all of it in one pair of quotes: "
            "mlroles query 'SELECT ?s WHERE { … }'.",
        )
    catalogue.get(what)  # raises, with near names
    raise NotFoundError(f"There is no query {what}.")


def _decode(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadRequestError("The query is not in UTF-8.", file=path, line=line) from error


def _text(query: SavedQuery | str, values: dict[str, list[str]], engine: Engine) -> str:
    if isinstance(query, SavedQuery):
        choices = Choices(engine)
        bound = bind(query, values, choices)
        _tell(bound, values, choices)
        return bound.text
    if values:
        raise BadRequestError(
            "Only a saved query takes parameters.",
            hint="Name one (mlroles queries lists them), or a file with a “#+” header.",
        )
    return query


def _tell(bound: Bound, values: Mapping[str, object], choices: Choices) -> None:
    """Say on standard error which defaults are asked with, and of what the graph has nothing."""
    for parameter in bound.query.parameters:
        if parameter.class_iri and not choices.of(parameter.class_iri):
            kind = shorten(parameter.class_iri)
            hint = "load your own file with --data to ask this"
            click.echo(f"mlroles: there is no {kind} in the graph, so no answer; {hint}.", err=True)
            return
    unsaid = {name: terms for name, terms in bound.values.items() if name not in values}
    if unsaid:
        told = (f"{name}={local_name(plain(it))}" for name, terms in unsaid.items() for it in terms)
        click.echo(f"mlroles: by default, {' '.join(told)}", err=True)


def _inquire(text: str, chosen: Settings, engine: Engine, *, asserted: bool) -> Inquiry:
    limits = sparql.Limits(chosen.max_query, chosen.max_depth, chosen.max_chain)
    graphs = (ASSERTED,) if asserted else ()
    inquiry = Inquiry(sparql.check(text, limits), graphs, graphs)
    inquiry.require_graphs(lambda: gather(engine).graphs)
    return inquiry


def _answer(inquiry: Inquiry, engine: Engine, chosen: Settings, wanted: str | None) -> None:
    form = inquiry.checked.form
    wanted = wanted or _default(form)
    if wanted == "table":
        _table(inquiry, engine, chosen.page_rows)
        return
    available = [name for name, media in _MEDIA.items() if media in {m.name for m in serving(form)}]
    if wanted not in available:
        raise click.UsageError(
            f"The result of {form} cannot be written as {wanted}; "
            f"choose table, {', '.join(available)}."
        )
    last = b""
    with closing(inquiry.run(engine, _MEDIA[wanted])) as answer:
        for chunk in answer.chunks:
            sys.stdout.buffer.write(chunk)
            last = chunk or last
    if not last.endswith(b"\n"):  # a shell's prompt comes after it
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def _default(form: Form) -> str:
    if sys.stdout.isatty():
        return "table"
    return "csv" if form in (Form.SELECT, Form.ASK) else "turtle"


def _table(inquiry: Inquiry, engine: Engine, limit: int) -> None:
    if inquiry.checked.form is Form.ASK:
        with closing(inquiry.run(engine, _MEDIA["json"])) as answer:
            yes = json.loads(b"".join(answer.chunks))["boolean"]
        click.echo("yes" if yes else "no")
        return
    rows = _rows(inquiry, engine, limit)
    iris = {term for row in rows.rows for term in row if isinstance(term, Iri)}
    show(ReadConsole(), rows, labels(engine, iris))


def _rows(inquiry: Inquiry, engine: Engine, limit: int) -> Rows:
    if inquiry.checked.form is Form.SELECT:
        with closing(inquiry.run(engine, _MEDIA["tsv"])) as answer:
            return read_solutions(answer.chunks, limit, _SIZE)
    with closing(inquiry.run(engine, _MEDIA["ntriples"])) as answer:
        return read_triples(answer.chunks, limit, _SIZE)
