"""``mlroles queries``: list the saved queries."""

import json

import click

from mlroles import paths
from mlroles.saved import AUDIENCES, Catalogue, Parameter, SavedQuery


@click.command("queries")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def command(as_json: bool) -> None:
    """List the saved queries: name, for whom, and what each answers.

    Run one with: mlroles query NAME --param name=value
    """
    catalogue = Catalogue.read(paths.QUERIES)
    if as_json:
        listed = [_describe(query) for query in catalogue]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    width = max(len(query.name) for query in catalogue)
    wide = max(len(title) for title in AUDIENCES.values())
    for query in catalogue:
        audience = AUDIENCES[query.audience[0]]
        click.echo(f"{query.name:{width}}  {audience:{wide}}  {query.summary}")


def _describe(query: SavedQuery) -> dict[str, object]:
    return {
        **query.about,
        "parameters": [_describe_parameter(parameter) for parameter in query.parameters],
    }


def _describe_parameter(parameter: Parameter) -> dict[str, object]:
    kind = parameter.type.name if parameter.type else None
    return {
        "name": parameter.name,
        "label": parameter.label,
        "help": parameter.help,
        **({"type": kind} if kind else {"class": parameter.class_iri}),
        "multiple": parameter.multiple,
        "default": [str(term) for term in parameter.default],
    }
