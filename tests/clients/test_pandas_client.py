"""pandas, which reads CSV from an address."""

from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd

from questions import DUAL, ROLES


def test_pandas_reads_rows_by_the_suffix(endpoint: str, note: Callable[..., None]) -> None:
    found = pd.read_csv(f"{endpoint}.csv?{urlencode({'query': DUAL})}")
    note(f"pandas.read_csv('{endpoint}.csv?query=…')", found)
    assert list(found["role"]) == ROLES


def test_pandas_reads_rows_by_the_header(endpoint: str, note: Callable[..., None]) -> None:
    address = f"{endpoint}?{urlencode({'query': DUAL})}"
    found = pd.read_csv(address, sep="\t", storage_options={"Accept": "text/tab-separated-values"})
    note("pandas.read_csv(…, sep='\\t', storage_options={'Accept': …})", found)
    assert list(found["?role"]) == [f"<{role}>" for role in ROLES]


def test_pandas_reads_numbers_as_numbers(server: str, note: Callable[..., None]) -> None:
    found = pd.read_csv(f"{server}/queries/most-required-skills/results?format=csv")
    note("pandas.read_csv('…/queries/most-required-skills/results?format=csv')", found)
    assert found.select_dtypes("number").shape[1] >= 1
