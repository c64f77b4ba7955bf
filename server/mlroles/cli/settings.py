"""``mlroles settings``: every setting, and the value that it has here."""

import json

import click

from mlroles.config import SETTINGS, settings


@click.command("settings")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def command(as_json: bool) -> None:
    """List the settings: option, variable, the value in force, and what it means.

    The value is the environment's, or the default; options of a command win over both.
    """
    values = settings()
    rows = [
        {
            "option": f"--{setting.name.replace('_', '-')}",
            "variable": setting.variable,
            "value": _shown(getattr(values, setting.name)),
            "default": _shown(setting.default),
            "help": setting.help,
        }
        for setting in SETTINGS
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    widths = {name: max(len(str(row[name])) for row in rows) for name in rows[0]}
    for row in rows:
        told = (f"{row[name]!s:{widths[name]}}" for name in ("option", "variable", "value"))
        click.echo(f"{'  '.join(told)}  {row['help']}")


def _shown(value: object) -> str | int | float | list[str]:
    """Return a value as JSON can hold it."""
    if isinstance(value, tuple):
        return [str(part) for part in value]
    return value if isinstance(value, int | float) else str(value)
