"""``mlroles team``: what the teams of a Turtle file cover and lack."""

import json
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mlroles import paths
from mlroles.cli import _report
from mlroles.cli._options import given, setting_option
from mlroles.cli._progress import progress
from mlroles.config import Settings, settings
from mlroles.engine.opening import open_pool
from mlroles.errors import KnowledgeError
from mlroles.knowledge import KnowledgeBase, examine
from mlroles.saved import Catalogue
from mlroles.teams import LARGEST, Json, Reporter, Told


@click.command("team")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--role", "roles", multiple=True, help="A role whose work the team is to do.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@setting_option("data")
@setting_option("timeout")
@setting_option("memory")
def command(file: Path, roles: tuple[str, ...], format_: str, **options: Any) -> None:
    """Say what the teams in the Turtle FILE cover, lack, and rest on, and who is near which role.

    The file is loaded beside ours, checked as by validate, and reasoned over; nothing of it is
    kept. All of it takes at most --timeout seconds of a processor and adds --memory MiB. The exit
    code is 1 if the file has a problem.
    """
    with tempfile.TemporaryDirectory() as kept, progress() as tell:
        chosen = settings({**given(options), "workers": 1, "cache_dir": Path(kept)})
        _bound(chosen)
        problems = _problems((*chosen.data, file), chosen.cache_dir)
        told = None if problems else _told(file, chosen, roles, tell)
    if told is not None:
        click.echo(_json({"problems": [], **told}) if format_ == "json" else _text(told))
        return
    if format_ == "json":
        click.echo(_json({"problems": json.loads(_report.as_json(problems))}))
    else:
        click.echo(_report.text(problems), err=True)
    sys.exit(1)


def _problems(files: tuple[Path, ...], cache_dir: Path) -> Sequence[KnowledgeError]:
    """Return every problem: of the text, else of the logic, else of the shapes."""
    try:
        found = examine(files, cache_dir=cache_dir)
    except KnowledgeError as error:
        return (error,)
    if not isinstance(found, KnowledgeBase):
        return found
    from mlroles.knowledge.shapes import violations  # noqa: PLC0415 - brings rdflib and pyshacl

    return violations(found)


def _told(file: Path, chosen: Settings, roles: Sequence[str], tell: Any) -> Json:
    with closing(open_pool(replace(chosen, data=(*chosen.data, file)), tell)) as engine:
        return Reporter(engine, Catalogue.read(paths.QUERIES)).report(roles)


def _bound(chosen: Settings) -> None:
    """Let this process and those that it starts take no more than the settings say."""
    seconds = int(chosen.timeout) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    size = _size() + (chosen.memory << 20)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _size() -> int:
    """Return the bytes of address space that this process has (proc(5))."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    return pages * resource.getpagesize()


def _json(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _text(found: Json) -> str:
    return "\n".join(line for part in (_teams(found), _people(found)) for line in part)


def _teams(found: Json) -> Iterator[str]:
    if not found["teams"]:
        yield "The file has no team (mlr:Team)."
    for team in found["teams"]:
        yield team["team"]["label"]
        yield f"  does {len(team['covers'])} things:"
        for entry in team["covers"]:
            people = dict.fromkeys(_name(row["person"]) for row in entry["rows"])
            yield f"    {_name(entry['responsibility'])}: {', '.join(people)}"
        yield f"  leaves out {len(team['gaps'])}:"
        for entry in team["gaps"]:
            may = dict.fromkeys(
                _name(row["mayTakeItOn"]) for row in entry["rows"] if row["mayTakeItOn"]
            )
            hint = f" ({', '.join(may)} may)" if may else ""
            yield f"    {_name(entry['responsibility'])}{hint}"
        for row in team["resting_on_one"]:
            yield f"  rests on {_name(row['person'])} alone: {_name(row['what'])}"
        yield from _plan(
            team["hiring_plan"],
            {gap["responsibility"]["iri"]: _name(gap["responsibility"]) for gap in team["gaps"]},
        )


def _plan(plan: Json | None, gaps: dict[str, str]) -> Iterator[str]:
    if plan is None:
        return
    for roles in plan["sets"]:
        yield f"  to hire: {' and '.join(map(_name, roles))}"
    if plan["too_many"]:
        yield f"  to hire: more than {LARGEST} roles, or too many to be tried"
    for gap in plan["nobody_does"]:
        yield f"  no role does this: {gaps[gap]}"


def _people(found: Json) -> Iterator[str]:
    for one in found["people"]:
        name = one["person"]["label"]
        if not one["skills"]:
            continue
        for entry in one["own"]:
            yield f"{name} is {_name(entry['role'])}: {_lacks(entry)}"
        for entry in one["nearest"][:1]:
            yield f"{name} is nearest to {_name(entry['role'])}: {_lacks(entry)}"


def _lacks(entry: Json) -> str:
    missing = [_name(row["missing"]) for row in entry["rows"] if row["missing"]]
    return f"lacks {', '.join(missing)}" if missing else "lacks nothing"


def _name(told: Told) -> str:
    return told.get("label") or told["text"]
