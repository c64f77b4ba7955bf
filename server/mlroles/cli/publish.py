"""``mlroles publish``: put both graphs into another store."""

from typing import Any

import click

from mlroles.cli._options import given, setting_option
from mlroles.cli._progress import progress
from mlroles.config import settings


@click.command("publish")
@click.option("--to", "query_url", required=True, help="Address of the store's SPARQL endpoint.")
@click.option("--update", "update_url", help="Address for updates, if it is another one.")
@setting_option("data")
def command(query_url: str, update_url: str | None, **options: Any) -> None:
    """Put what is stated into another SPARQL 1.1 store, and reason there by the same rules.

    Both graphs are put together under other names, compared with what is expected, and moved
    into place at the end: who asks for these two never sees half of them. The environment variables
    MLROLES_STORE_USER and MLROLES_STORE_PASSWORD are sent if the store asks who is there.
    """
    from mlroles.knowledge import load  # noqa: PLC0415 - wrong usage is told at once
    from mlroles.store.exchange import credentials  # noqa: PLC0415
    from mlroles.store.publishing import publish  # noqa: PLC0415
    from mlroles.store.remote import RemoteStore  # noqa: PLC0415

    chosen = settings(given(options))
    store = RemoteStore(query_url, update_url, credentials=credentials())
    with progress() as tell:
        known = load(chosen.data, cache_dir=chosen.cache_dir, progress=tell)
        asserted, inferred = publish(known, store, tell or (lambda _: None)).values()
    click.echo(f"{query_url}: {asserted:,} triples asserted, {inferred:,} inferred")
