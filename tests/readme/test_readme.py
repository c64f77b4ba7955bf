"""What the README says is true: commands, outputs, settings, routes, formats, links, packages."""

import csv
import os
import re
import shutil
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import node
import page
import peers
from mlroles import config, errors
from mlroles.cli import COMMANDS
from mlroles.engine.opening import open_pool
from mlroles.knowledge import load, release
from mlroles.knowledge.formats import FORMATS
from mlroles.store.media import GRAPH_FORMS, RESULT_FORMS
from mlroles.store.media import serving as media_of
from mlroles.web import create_app
from page import README, ROOT, Block
from serving import Serving, serving

#: The headings under which commands may stand that are not run here, and why.
NOT_RUN = {
    "Run it": "test_fresh_install.py runs it",
    "Test it": "it runs this test",
    "Bigger data": "test_served_store.py serves in front of real stores",
    "Load it into another store": "these programs are not ours",
    "Developing": "it runs this test",
}

#: Settings whose default is not the same everywhere, as the README words it.
WORDED = {
    "data": "none",
    "store": "none",
    "access_log": "none",
    "cache_dir": "the user's cache directory; on Linux `~/.cache/mlroles`",
    "workers": "three more than processors, at least 5",
}

ADDRESS = "http://127.0.0.1:8000"
ENVIRONMENT = {
    "PATH": os.pathsep.join(
        [sysconfig.get_path("scripts"), str(node.NODE.parent), os.environ["PATH"]]
    ),
    "COLUMNS": "80",
    "PYTHONUTF8": "1",
}

SHELL = page.blocks("sh")
RUN = [block for block in SHELL if block.output is not None]


def _name(block: Block) -> str:
    return f"{block.heading}: {block.content.splitlines()[0][:40]}"


def _is_slow(block: Block) -> bool:
    """Return whether a command reasons anew, or starts a large program."""
    return any(word in block.content for word in ("validate ", "pandas", "Rscript ", "node "))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with the example team, and the files whose content the README shows."""
    directory = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "data", directory / "data")
    for block in page.blocks("turtle"):
        name = block.content.partition("\n")[0].removeprefix("# ")
        (directory / name).write_text(block.content, "utf-8")
    return directory


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[Serving]:
    """Yield the server that the README's commands ask."""
    with serving("mlroles serve", place, ENVIRONMENT) as started:
        yield started


@pytest.mark.parametrize(
    "block",
    [pytest.param(it, marks=[pytest.mark.slow] * _is_slow(it), id=_name(it)) for it in RUN],
)
def test_a_command_gives_the_output_shown(block: Block, place: Path, server: Serving) -> None:
    said = run(block.content, place, server)
    assert _plain(said) == _plain(block.output or "")


#: The exit code of a program whose reader has left.
_PIPE_CLOSED = 141
#: Commands that are shown failing: the word by which each is known, and its exit code.
FAILING = {"typo.ttl": 1, "undefined.ttl": 1}


def run(command: str, place: Path, server: Serving) -> str:
    """Return what commands of the README say, with the port that the README names."""
    if command.strip() == "mlroles serve":
        return server.banner.replace(server.address, ADDRESS)
    for program, package in (("curl", "curl"), ("Rscript", "r-base-core")):
        if f"{program} " in command:
            peers.need(program, package=package)
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command.replace(ADDRESS, server.address)],
        cwd=place,
        env={**os.environ, **ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    expected = next((code for word, code in FAILING.items() if word in command), 0)
    left = {_PIPE_CLOSED} if "| head" in command else set()  # which need not read to the end
    assert ended.returncode in {expected, *left}, ended.stdout
    return ended.stdout


def _plain(said: str) -> str:
    said = re.sub(r"ready in [\d.]+ s", "ready in … s", said)
    return re.sub(r'"request": "[0-9a-f]{16}"', '"request": "…"', said).strip()


def test_no_command_is_left_out_unseen() -> None:
    assert len(RUN) > 8
    assert {block.heading for block in SHELL if block.output is None} == set(NOT_RUN)


@pytest.mark.parametrize("heading", ["Run it", "Test it"])
def test_setting_up_is_one_line(heading: str) -> None:
    (block,) = [block for block in SHELL if block.heading == heading]
    assert block.content.count("\n") == 1
    assert block.content.startswith("python3 -m venv .venv && ")


def test_every_setting_is_told_as_it_is() -> None:
    (told,) = page.tables("Settings")
    assert told == [
        [
            f"`--{setting.name.replace('_', '-')}`",
            f"`{setting.variable}`",
            WORDED.get(setting.name, f"{setting.default}"),
            setting.help,
        ]
        for setting in config.SETTINGS
    ]


def test_every_route_is_told() -> None:
    routes, *_ = page.tables("What the endpoint speaks")
    with closing(open_pool(config.settings({"workers": 1}))) as engine:
        app = create_app(engine=engine)
    known = {rule.rule for rule in app.url_map.iter_rules() if not rule.endpoint.endswith("static")}
    assert set().union(*(page.words(cell) for cell, _ in routes)) == known


def test_every_status_of_an_error_is_told() -> None:
    *_, told = page.tables("What the endpoint speaks")
    ours = {error.status for error in errors.MlrolesError.__subclasses__()} - {500}
    assert {int(status) for status, _ in told} == ours | {405, 414, 501}


@pytest.mark.parametrize(
    ("row", "forms"),
    [("SELECT and ASK in", RESULT_FORMS), ("CONSTRUCT and DESCRIBE in", GRAPH_FORMS)],
)
def test_every_format_is_told(row: str, forms: tuple[str, ...]) -> None:
    _, _, about, _ = page.tables("What the endpoint speaks")
    told = page.words(dict(about)[row])
    for form in forms:
        assert told == {media.extension for media in media_of(form)} | {"html"}


def test_every_file_of_a_release_is_told() -> None:
    (told,) = page.tables("The command line")
    names = {name for name, _ in release.files(load(cache_dir=config.settings().cache_dir))}
    known = set()
    for name in names:
        stem, _, extension = name.partition(".")
        plain = re.sub("^alignment-.+", "alignment-…", stem)
        known.add(plain if extension in FORMATS else name)
    assert set().union(*(page.words(cell) for cell, _ in told)) == known


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_told(command: str) -> None:
    assert f"mlroles {command}" in page.text()


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [project["dependencies"], project["optional-dependencies"]["test"]]
    _, *told = page.tables("Developing")
    for packages, rows in zip(asked, told, strict=True):
        assert [name for name, _ in rows] == [re.split("[<>=~;]", one)[0] for one in packages]
        assert all(reason for _, reason in rows)


def test_every_room_is_told() -> None:
    folders, *_ = page.tables("Developing")
    server = ROOT / "server" / "mlroles"
    rooms = {path.parent.relative_to(ROOT) for path in server.glob("*/__init__.py")}
    assert rooms <= {Path(re.sub(r"^\[([^]]+)\].*", r"\1", folder)) for folder, _ in folders}


def test_the_known_failures_are_as_many_as_told() -> None:
    with (ROOT / "tests" / "w3c" / "known_failures.csv").open(encoding="utf-8") as file:
        count = len(list(csv.DictReader(file)))
    assert f"{count} are known to fail" in page.section("Limits")


PAGES = [README, *(ROOT / name / "README.md" for name in ("data", "ontology", "queries", "tests"))]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_every_local_link_leads_somewhere(path: Path) -> None:
    links = list(page.links(path))
    assert links
    assert [link for link in links if not link.exists()] == []
