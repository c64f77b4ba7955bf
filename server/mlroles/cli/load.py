"""``mlroles load``: put the dataset on disk, for ``mlroles serve --store`` to find."""

from typing import Any

import click

from mlroles.cli._options import given, setting_option
from mlroles.cli._progress import progress
from mlroles.config import settings
from mlroles.errors import SettingError
from mlroles.store.interface import is_address


@click.command("load")
@setting_option("store")
@setting_option("data")
def command(**options: Any) -> None:
    """Put what is stated and what follows into the directory --store, unless it is there already.

    It is loaded beside what is there, and takes its place at the end: servers go on answering from
    the old, and a load that is killed changes nothing. A server that starts with the same --store
    and --data has nothing left to load.
    """
    from mlroles.engine.opening import prepare  # noqa: PLC0415 - wrong usage is told at once
    from mlroles.store import manifest  # noqa: PLC0415 - as above
    from mlroles.vocab import ASSERTED, INFERRED  # noqa: PLC0415 - as above

    chosen = settings(given(options))
    if not chosen.store or is_address(chosen.store):
        raise SettingError(
            "The setting store must be a directory to load into.",
            hint="Give --store DIRECTORY. For another store there is mlroles publish.",
        )
    with progress() as tell:
        dataset = prepare(chosen, tell)
    found = manifest.read(dataset)
    sizes = found.sizes if found else {}
    click.echo(
        f"{chosen.store}: {sizes.get(ASSERTED, 0):,} triples asserted,"
        f" {sizes.get(INFERRED, 0):,} inferred"
    )
