"""The redirects for w3id.org, as Apache carries them out."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from apache import Apache, running
from mlroles import paths

pytestmark = [
    pytest.mark.slow,
    pytest.mark.check("Redirects of w3id.org: as Apache carries them out", "Apache"),
]

SERVER = "https://mlroles.example.org"


@pytest.fixture(scope="module")
def apache() -> Iterator[Apache]:
    """Run Apache with the redirects where w3id.org has them."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own are shut to Apache's user
        directory = Path(name)
        directory.chmod(0o755)
        site = directory / "sites" / "mlroles"
        site.mkdir(parents=True)
        shutil.copy(paths.REDIRECTS, site / ".htaccess")
        with running(directory) as server:
            yield server


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("", "302"),
        ("ontology", "302"),
        ("ontology/0.1.0", "302"),
        ("alignment/esco", "302"),
        ("shapes", "302"),
        ("shape/Role", "303"),
        ("dataset", "302"),
        ("graph/inferred", "302"),
        ("role/ml-engineer", "303"),
        ("skill/machine-learning", "303"),
        ("environment/research", "303"),
        ("organisation/lyft", "303"),
        ("statement/ml-engineer-is-hard-to-fill", "303"),
        (".well-known/genid/b0123", "303"),
        ("sparql?query=ASK%20%7B%7D", "307"),
    ],
)
def test_an_iri_leads_to_the_same_path_of_the_server(
    apache: Apache, path: str, status: str
) -> None:
    answer = apache.ask(f"/mlroles/{path}", accept="text/turtle")
    assert answer["Location"] == f"{SERVER}/{path}"
    assert answer["Status"] == status


def test_a_query_that_is_posted_is_posted_again(apache: Apache) -> None:
    answer = apache.ask("/mlroles/sparql", method="POST")
    assert (answer["Status"], answer["Location"]) == ("307", f"{SERVER}/sparql")


@pytest.mark.parametrize("path", ["ontology", "role/ml-engineer", "sparql"])
def test_a_program_in_a_web_page_may_follow(apache: Apache, path: str) -> None:
    assert apache.ask(f"/mlroles/{path}")["Access-Control-Allow-Origin"] == "*"


def test_the_address_of_the_server_stands_in_one_place() -> None:
    assert paths.REDIRECTS.read_text("utf-8").count(SERVER) == 1
