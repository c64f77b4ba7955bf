"""``mlroles team``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mlroles import paths
from mlroles.cli import group
from mlroles.teams import covers

pytestmark = pytest.mark.slow

EXAMPLE = paths.EXAMPLES / "team.ttl"


@pytest.fixture(autouse=True)
def unbounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave this process its limits, which a command in a process of its own lowers."""
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)


def test_it_tells_what_a_team_covers_lacks_and_rests_on() -> None:
    done = CliRunner().invoke(
        group, ["team", str(EXAMPLE), "--role", "mlops-engineer", "--format", "json"]
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    (team,) = told["teams"]
    assert team["team"]["label"] == "Ranking team"
    assert len(team["covers"]) == 10
    assert {entry["responsibility"]["label"] for entry in team["gaps"]} == {
        "automate the deployment of prediction code",
        "deploy ML systems to production",
        "monitor ML systems in production",
        "oversee ML systems in production",
    }
    assert {row["mayTakeItOn"]["label"] for gap in team["gaps"] for row in gap["rows"]} == {"Ada"}
    plan = team["hiring_plan"]
    assert [[role["label"] for role in roles] for roles in plan["sets"]] == [["MLOps engineer"]]
    assert (plan["too_many"], plan["nobody_does"]) == (False, [])
    assert [one["person"]["label"] for one in told["people"]] == ["Ada", "Emil", "Grace"]


def test_it_tells_in_order_and_what_each_lacks_for_the_role_that_is_held() -> None:
    done = CliRunner().invoke(group, ["team", str(EXAMPLE)])
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    does = [line.strip() for line in lines[2:12]]
    assert does == sorted(does, key=str.casefold)
    assert "monitor data: Emil" in does
    assert (
        "Ada is ML engineer: lacks algorithms, data structures, mathematics, probability" in lines
    )
    assert "  rests on Ada alone: software engineering" in lines
    assert "  rests on Ada alone: engineering" not in lines


@pytest.mark.parametrize(
    ("does", "wanted", "sets"),
    [
        ({"a": {"1"}, "b": {"2"}, "c": {"3"}}, {"1", "2", "3"}, [("a", "b", "c")]),
        ({"a": {"1"}, "b": {"2", "3"}, "c": {"3"}}, {"1", "2", "3"}, [("a", "b")]),
        ({"a": {"1", "2"}, "b": {"2", "1"}}, {"1", "2"}, [("a",), ("b",)]),
        ({str(n): {str(n)} for n in range(6)}, {str(n) for n in range(6)}, []),
        ({"a": {"1"}}, set(), []),
    ],
)
def test_a_plan_is_of_the_fewest_roles(
    does: dict[str, set[str]], wanted: set[str], sets: list[tuple[str, ...]]
) -> None:
    assert covers(does, wanted) == sets


def test_a_problem_of_the_file_is_told_with_its_place(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(EXAMPLE.read_text("utf-8").replace("mlr:holdsRole", "mlr:holdRole"))
    done = CliRunner().invoke(group, ["team", str(wrong)])
    assert done.exit_code == 1
    assert "wrong.ttl:23:5: mlr:holdRole is not declared." in done.stderr
    assert "mlr:holdsRole" in done.stderr


def test_nothing_of_the_file_is_kept(closures: Path) -> None:
    before = sorted(closures.iterdir())
    assert CliRunner().invoke(group, ["team", str(EXAMPLE)]).exit_code == 0
    assert sorted(closures.iterdir()) == before
