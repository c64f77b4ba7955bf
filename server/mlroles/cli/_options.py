"""The settings as command-line options: one each, from the one table."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from mlroles.config import SETTINGS, Setting

_Command = TypeVar("_Command", bound=Callable[..., Any])

_TYPES: dict[object, "click.ParamType[Any]"] = {
    int: click.INT,
    float: click.FLOAT,
    Path: click.Path(path_type=Path),
}


def setting_options(function: _Command) -> _Command:
    """Add an option for every setting; what is not given is None."""
    for setting in reversed(SETTINGS):
        function = _option(setting)(function)
    return function


def setting_option(name: str) -> Callable[[_Command], _Command]:
    """Return a decorator that adds the option of one setting."""
    return _option(next(setting for setting in SETTINGS if setting.name == name))


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that options state: an empty list states nothing."""
    return {name: value for name, value in options.items() if value not in (None, ())}


def _option(setting: Setting) -> Callable[[_Command], _Command]:
    several = isinstance(setting.default, tuple)
    default = "" if setting.default in ((), "") else f"  [default: {setting.default}]"
    return click.option(
        f"--{setting.name.replace('_', '-')}",
        setting.name,
        type=click.Path(path_type=Path) if several else _TYPES.get(setting.parse, click.STRING),
        multiple=several,
        default=None,
        help=f"{setting.help[0].upper()}{setting.help[1:]}"
        f"{'; may be given several times' if several else ''}.{default}",
    )
