"""``mlroles query`` and ``mlroles queries``."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import extra
from mlroles import paths
from mlroles.cli import group
from mlroles.cli.queries import command as queries_command
from mlroles.errors import MlrolesError
from mlroles.saved import Catalogue

PREFIX = "PREFIX mlr: <https://w3id.org/mlroles/ontology#> PREFIX role: <https://w3id.org/mlroles/role/> "
NEEDS = f"{PREFIX}SELECT ?skill {{ role:ml-engineer mlr:requiresSkill ?skill }} ORDER BY ?skill"


@dataclass
class Done:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, stdin: str = "") -> Done:
    """Run the command line in this process, which is quick."""
    outcome = CliRunner().invoke(group, arguments, input=stdin)
    if isinstance(outcome.exception, MlrolesError):
        return Done(1, outcome.stdout, str(outcome.exception))
    assert outcome.exception is None or isinstance(outcome.exception, SystemExit)
    return Done(outcome.exit_code, outcome.stdout_bytes.decode(), outcome.stderr)


def rows(done: Done) -> list[str]:
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[1:]


def test_a_text_is_run() -> None:
    assert "https://w3id.org/mlroles/skill/mathematics" in rows(run("query", NEEDS))


def test_standard_input_and_a_file_are_run(tmp_path: Path) -> None:
    path = tmp_path / "needs.rq"
    path.write_text(NEEDS)
    expected = rows(run("query", NEEDS))
    assert rows(run("query", "-", stdin=NEEDS)) == expected
    assert rows(run("query", str(path))) == expected


def test_a_saved_query_is_run_by_name_or_file_with_parameters() -> None:
    arguments = (
        "--param",
        "role=data-scientist",
        "-p",
        "skill=statistics",
        "-p",
        "skill=mathematics",
    )
    by_name = rows(run("query", "skills-missing-for-a-role", *arguments))
    path = paths.QUERIES / "skills-missing-for-a-role.rq"
    assert by_name
    assert "https://w3id.org/mlroles/skill/mathematics" not in by_name
    assert rows(run("query", str(path), *arguments)) == by_name


def test_what_is_stated_only_is_less() -> None:
    stated = rows(run("query", "--asserted", "roles-needing-a-skill"))
    assert len(stated) < len(rows(run("query", "roles-needing-a-skill")))


@pytest.mark.parametrize(
    ("wanted", "query", "beginning"),
    [
        ("json", NEEDS, '{"head"'),
        ("xml", NEEDS, "<?xml"),
        ("tsv", NEEDS, "?skill\n"),
        ("csv", NEEDS, "skill\r\n"),
        ("turtle", "DESCRIBE <https://w3id.org/mlroles/role/ml-engineer>", "@prefix"),
        ("ntriples", "DESCRIBE <https://w3id.org/mlroles/role/ml-engineer>", "<https"),
        ("table", "ASK {}", "yes\n"),
    ],
)
def test_the_result_comes_as_asked(wanted: str, query: str, beginning: str) -> None:
    done = run("query", "--format", wanted, query)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(beginning)


def test_the_defaults_that_are_asked_with_are_told_beside_the_rows() -> None:
    done = run("query", "skills-missing-for-a-role")
    told = "mlroles: by default, role=ml-engineer skill=mathematics skill=statistics\n"
    assert done.stderr == told
    assert "by default" not in done.stdout
    done = run("query", "skills-missing-for-a-role", "-p", "role=data-analyst")
    assert done.stderr == "mlroles: by default, skill=mathematics skill=statistics\n"
    assert run("query", "roles-needing-a-skill", "-p", "skill=statistics").stderr == ""
    assert run("query", "most-required-skills").stderr == ""


def test_a_question_about_teams_says_that_there_is_none() -> None:
    done = run("query", "gaps-of-a-team")
    assert done.returncode == 0
    assert rows(done) == []
    assert "there is no mlr:Team in the graph, so no answer" in done.stderr


@pytest.mark.parametrize("wanted", ["csv", "json", "tsv", "xml", "table"])
def test_every_result_ends_with_its_line(wanted: str) -> None:
    assert run("query", "-f", wanted, "ASK {}").stdout.endswith("\n")


def test_a_table_shows_labels_and_short_names() -> None:
    done = run("query", "--format", "table", NEEDS)
    assert "software engineering skill:software-engineering" in done.stdout
    assert "rows" in done.stdout


def test_a_table_passes_no_command_to_the_terminal() -> None:
    done = run("query", "-f", "table", r'SELECT ("\u001B[2J[red]x" AS ?x) {}')
    assert "\x1b" not in done.stdout
    assert "[red]x" in done.stdout


@pytest.mark.slow
def test_more_data_is_asked_as_well(tmp_path: Path) -> None:
    query = "ASK { <https://example.org/one> ?p ?o . <https://example.org/two> ?p ?o }"
    assert run("query", "-f", "table", *extra.write(tmp_path), query).stdout == "yes\n"
    assert run("query", "-f", "table", query).stdout == "no\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["SELECT *\nWHERE { ?s ?p , }"], 1, "<query>:2:"),
        (["closest-role"], 1, "closest-roles"),
        (["zzzz"], 1, "mlroles queries lists them"),
        (["no/such/file.rq"], 1, "no file"),
        (["closest-roles", "-p", "role=nobody"], 1, "Allowed are"),
        (["closest-roles", "-p", "rolle=x"], 1, "Its parameters are role"),
        (["ASK {}", "-p", "a=b"], 1, "Only a saved query"),
        (["CLEAR ALL"], 1, "read"),
        (["ASK { SERVICE <http://127.0.0.1:1/> { } }"], 1, "SERVICE"),
        (["ASK FROM <http://127.0.0.1:1/> { }"], 1, "no graph"),
        (["closest-roles", "-p", "role"], 2, "name=value"),
        (["ASK {}", "-f", "turtle"], 2, "cannot be written as turtle"),
        (["ASK {}", "-f", "docx"], 2, "docx"),
        ([], 2, "QUERY"),
    ],
)
def test_what_is_wrong_is_told(arguments: list[str], code: int, words: str) -> None:
    done = run("query", *arguments)
    assert done.returncode == code
    assert words in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_the_program_itself_tells_an_error_in_a_line_and_a_hint() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mlroles", "query", "closest-role"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("mlroles: There is no saved query “closest-role”.\n  hint: ")
    assert done.stdout == ""


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
    command = f"{sys.executable} -m mlroles query '{query}' 2>{tmp_path / 'said'} | head -1"
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "a,b,c,d,e,f\n"
    assert (tmp_path / "said").read_text() == ""


def test_the_saved_queries_are_listed() -> None:
    outcome = CliRunner().invoke(queries_command)
    lines = outcome.output.splitlines()
    assert [line.split()[0] for line in lines] == [q.name for q in Catalogue.read(paths.QUERIES)]
    assert "Job seekers" in lines[0]


def test_the_saved_queries_are_listed_for_programs() -> None:
    listed = json.loads(CliRunner().invoke(queries_command, ["--json"]).output)
    assert [query["number"] for query in listed] == list(range(1, len(listed) + 1))
    assert listed[0]["parameters"][0]["class"] == "https://w3id.org/mlroles/ontology#Skill"


@pytest.mark.parametrize(
    "arguments",
    [
        "queries",
        "queries --json",
        "query -f csv 'SELECT * { ?s ?p ?o }'",
        "query -f table 'SELECT * { ?s ?p ?o }'",
        "settings",
    ],
)
def test_a_reader_that_leaves_ends_a_command_quietly(arguments: str) -> None:
    """The exit code is what a shell says of a program that SIGPIPE has ended, or 0."""
    command = f"{sys.executable} -m mlroles {arguments} | head -c 1; echo ${{PIPESTATUS[0]}} >&2"
    ended = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert len(ended.stdout) == 1
    assert ended.stderr.strip() in {b"0", b"141"}


@pytest.mark.parametrize("word", ["SELECT", "SELEC", "construct", "Prefix"])
def test_a_word_of_sparql_alone_is_told_how_to_be_written(word: str) -> None:
    told = run("query", word)
    assert told.returncode == 1
    assert "in one pair of quotes" in told.stderr


def test_an_option_without_default_shows_none() -> None:
    assert "[default: ]" not in run("serve", "--help").stdout
    assert "[default: 8000]" in run("serve", "--help").stdout
