"""``mlroles validate`` tells of violations as text, as JSON and as SARIF."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mlroles import __version__

PREFIXES = """\
@prefix mlr: <https://w3id.org/mlroles/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix role: <https://w3id.org/mlroles/role/> .
@prefix skill: <https://w3id.org/mlroles/skill/> .
@prefix t: <https://team.example/> .
"""

#: Neither has a label, and what is a team only has a member.
TEAM = """\
t:ann a mlr:Person ;
    mlr:memberOf t:green ;
    mlr:hasSkill skill:statistics .
"""
ANN, GREEN = "<https://team.example/ann>", "<https://team.example/green>"
LABEL = f'{ANN}: A label is needed, one for each language; write rdfs:label "…"@en.'
MEMBER = (
    f"{ANN}: Each mlr:memberOf must name a team of yours, which is declared as a mlr:Team."
    f" Found: {GREEN}."
)
TEAM_TYPE = f"{GREEN}: What people are members of must be declared as a mlr:Team."
TEAM_LABEL = LABEL.replace(ANN, GREEN)

Validate = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def validate(closures: Path, tmp_path: Path) -> Validate:
    """Return what runs the command in the directory of the team's file."""

    def run(text: str, *options: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "team.ttl").write_text(PREFIXES + text, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "mlroles", "validate", *options, "team.ttl"],
            env={**os.environ, "MLROLES_CACHE_DIR": str(closures)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.slow
def test_text_has_a_line_for_each_on_standard_error(validate: Validate) -> None:
    ended = validate(TEAM)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines() == [
        f"team.ttl:6:1: {LABEL}",
        f"team.ttl:7:18: {MEMBER}",
        f"team.ttl:7:18: {TEAM_LABEL}",
        f"team.ttl:7:18: {TEAM_TYPE}",
        "4 problems",
    ]


@pytest.mark.slow
def test_json_is_a_list_of_objects(validate: Validate) -> None:
    ended = validate(TEAM, "--format", "json")
    assert (ended.returncode, ended.stderr) == (1, "")
    first, second, *_ = json.loads(ended.stdout)
    assert first == {
        "rule": "shape:label-of-yours",
        "severity": "error",
        "message": LABEL,
        "hint": None,
        "file": "team.ttl",
        "line": 6,
        "column": 1,
        "subject": ANN,
        "property": "rdfs:label",
        "value": None,
    }
    assert (second["message"], second["value"]) == (MEMBER, GREEN)


@pytest.mark.slow
def test_sarif_is_what_code_hosts_read(validate: Validate) -> None:
    ended = validate(TEAM, "--format", "sarif")
    assert (ended.returncode, ended.stderr) == (1, "")
    log = json.loads(ended.stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("mlroles validate", __version__)
    assert {rule["id"] for rule in driver["rules"]} == {r["ruleId"] for r in run["results"]}
    assert run["results"][0] == {
        "ruleId": "shape:label-of-yours",
        "level": "error",
        "message": {"text": LABEL},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "team.ttl"},
                    "region": {"startLine": 6, "startColumn": 1},
                },
                "logicalLocations": [{"name": ANN, "kind": "resource"}],
            }
        ],
    }


def test_what_is_wrong_before_the_shapes_has_its_rule_and_hint(validate: Validate) -> None:
    ended = validate("t:ann mlr:holdsRole role:ml-enginer .", "--format", "json")
    (problem,) = json.loads(ended.stdout)
    assert ended.returncode == 1
    assert problem["rule"] == "declared-terms"
    assert problem["message"] == "role:ml-enginer is described nowhere."
    assert "role:ml-engineer" in problem["hint"]
    assert (problem["file"], problem["line"], problem["column"]) == ("team.ttl", 6, 21)


def test_a_syntax_error_is_told_in_each_format(validate: Validate) -> None:
    for format_ in ("json", "sarif"):
        ended = validate("t:ann a", "--format", format_)
        assert (ended.returncode, ended.stderr) == (1, "")
        assert "This is not Turtle" in ended.stdout
        assert "team.ttl" in ended.stdout


@pytest.mark.slow
def test_a_sound_team_has_an_empty_report(validate: Validate) -> None:
    sound = 't:green a mlr:Team ; rdfs:label "Green"@en .'
    assert validate(sound).stdout.endswith(" triples: sound\n")
    for format_ in ("json", "sarif"):
        ended = validate(sound, "--format", format_)
        assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(validate(sound, "--format", "json").stdout) == []


def test_a_format_that_is_not_there_is_wrong_usage(validate: Validate) -> None:
    ended = validate(TEAM, "--format", "xml")
    assert ended.returncode == 2
    assert "'text', 'json', 'sarif'" in ended.stderr


@pytest.mark.slow
def test_of_a_value_that_a_library_does_not_know_no_traceback_is_shown(validate: Validate) -> None:
    sound = TEAM + 't:ann rdfs:label "Ann"@en . t:green a mlr:Team ; rdfs:label "Green"@en .\n'
    date = '"-0044-03-15"^^<http://www.w3.org/2001/XMLSchema#date>'
    ended = validate(f"{sound} t:ann <http://www.w3.org/2004/02/skos/core#note> {date} .")
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
