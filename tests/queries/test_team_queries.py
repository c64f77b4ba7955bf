"""The queries of a team of one's own, with the example team loaded beside our data."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from asking import EXPECTED, TEAM_NAMES, ask, expected, needs_reasoning, text_of
from mlroles.knowledge import KnowledgeBase, load
from mlroles.paths import EXAMPLES
from mlroles.sparql import replace_values
from mlroles.store.oxigraph import OxigraphStore
from mlroles.vocab import PREFIXES

TEAM = "https://example.org/team/"

#: Beside the example: a second data engineer, who knows some ML, and somebody of another team.
OTHERS = """
@prefix mlr: <https://w3id.org/mlroles/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix role: <https://w3id.org/mlroles/role/> .
@prefix skill: <https://w3id.org/mlroles/skill/> .
@prefix team: <https://example.org/team/> .

team:bo
    a mlr:Person ;
    rdfs:label "Bo"@en ;
    mlr:memberOf team:ranking ;
    mlr:holdsRole role:data-engineer ;
    mlr:hasSkill skill:communication , skill:databases , skill:machine-learning .

team:search
    a mlr:Team ;
    rdfs:label "Search team"@en .

team:kim
    a mlr:Person ;
    rdfs:label "Kim"@en ;
    mlr:memberOf team:search ;
    mlr:holdsRole role:data-scientist ;
    mlr:hasSkill skill:leadership , skill:statistics .
"""


@pytest.fixture(scope="module")
def grown(closures: Path, tmp_path_factory: pytest.TempPathFactory) -> OxigraphStore:
    """Return a store of ours, the example team, and those beside it."""
    path = tmp_path_factory.mktemp("grown") / "others.ttl"
    path.write_text(OTHERS, "utf-8")
    base = load([EXAMPLES / "team.ttl", path], cache_dir=closures)
    return OxigraphStore.from_ntriples(base.asserted, base.inferred)


def _asked(store: OxigraphStore, name: str, **values: Sequence[str]) -> list[list[str]]:
    """Return the rows for other values, which are given as prefixed names."""
    prefixes = {**PREFIXES, "team": TEAM}
    terms = {
        parameter: [f"<{prefixes[prefix]}{local}>" for prefix, _, local in map(_parts, given)]
        for parameter, given in values.items()
    }
    return ask(store, replace_values(text_of(name), terms))[1:]


def _parts(name: str) -> tuple[str, str, str]:
    return name.partition(":")


def test_there_are_six_queries_of_a_team_and_each_has_its_expected_rows() -> None:
    assert len(TEAM_NAMES) == 6
    there = sorted(path.stem for path in (EXPECTED / "team").iterdir())
    assert there == TEAM_NAMES


@pytest.mark.parametrize("name", TEAM_NAMES)
def test_a_query_gives_the_rows_read_off_article_and_team(
    team_full: OxigraphStore, name: str
) -> None:
    rows = expected(name)
    assert rows[1:], "an empty answer shows nothing"
    assert ask(team_full, text_of(name)) == rows


@pytest.mark.parametrize("name", TEAM_NAMES)
def test_without_reasoning_there_is_no_row(team_base: KnowledgeBase, name: str) -> None:
    assert needs_reasoning(name)
    store = OxigraphStore.from_ntriples(team_base.asserted, b"")
    assert ask(store, text_of(name)) == expected(name)[:1]


@pytest.mark.parametrize("name", TEAM_NAMES)
def test_without_a_team_there_is_no_row_and_the_description_says_what_to_do(
    full: OxigraphStore, name: str
) -> None:
    assert ask(full, text_of(name)) == expected(name)[:1]
    header = " ".join(text_of(name).replace("#+", " ").split())
    assert "Load your own file with --data to ask this" in header


def test_what_two_of_the_team_do_or_know_does_not_rest_on_one(grown: OxigraphStore) -> None:
    """Bo shares Emil's responsibilities, Emil's databases, and Ada's machine learning.

    What Kim knows is another team's, and no role in the team requires Bo's communication.
    """
    rows = _asked(grown, "bus-factor")
    assert [(what, who.removeprefix(f"<{TEAM}").removesuffix(">")) for _, what, who in rows] == [
        ("resp:deploy-models", "ada"),
        ("resp:meet-goals", "grace"),
        ("resp:meet-technical-requirements", "grace"),
        ("resp:meet-timelines", "grace"),
        ("resp:train-models", "ada"),
        ("resp:write-prediction-code", "ada"),
        ("skill:distributed-systems", "emil"),
        ("skill:leadership", "grace"),
        ("skill:project-management", "grace"),
        ("skill:software-engineering", "ada"),
        ("skill:statistics", "ada"),
    ]


def test_a_team_is_told_from_another(grown: OxigraphStore) -> None:
    rows = _asked(grown, "coverage-of-a-team", team=["team:search"])
    assert rows == [
        [f"resp:{what}", f"<{TEAM}kim>", "role:data-scientist"]
        for what in ("build-models", "extract-insights", "generate-business-insights")
    ]
    assert _asked(grown, "who-could-step-in", team=["team:search"]) == []


def test_a_gap_is_one_for_each_role_that_has_it_until_somebody_fulfils_it(
    grown: OxigraphStore,
) -> None:
    roles = ["role:data-analyst", "role:data-scientist"]
    ranking = _asked(grown, "gaps-of-a-team", role=roles)
    assert [row[:2] for row in ranking if row[0] == "resp:extract-insights"] == [
        ["resp:extract-insights", role] for role in roles
    ]
    search = _asked(grown, "gaps-of-a-team", team=["team:search"], role=roles)
    assert search == [
        [f"resp:{what}", "role:data-analyst", ""]
        for what in ("create-metrics", "drive-decisions", "manage-metrics", "track-business-health")
    ]


def test_nobody_of_another_team_is_said_to_take_a_gap_on(grown: OxigraphStore) -> None:
    rows = _asked(grown, "gaps-of-a-team", team=["team:search"], role=["role:mlops-engineer"])
    assert len(rows) == 4
    assert {who for *_, who in rows} == {""}


def test_the_closest_role_is_that_which_lacks_least(team_full: OxigraphStore) -> None:
    """Emil knows databases and distributed systems; only one other role asks for either."""
    assert _asked(team_full, "roles-closest-to-a-person", person=["team:emil"]) == [
        ["role:ml-infrastructure-engineer", "1", "2", "skill:infrastructure"],
        ["role:ml-infrastructure-engineer", "1", "2", "skill:parallel-computing-optimisation"],
    ]


def test_a_skill_counts_as_what_it_is_a_specialisation_of(closures: Path, tmp_path: Path) -> None:
    """Lin uses ML in hardware: that is hardware and ML, and no other part of either."""
    path = tmp_path / "lin.ttl"
    path.write_text(
        OTHERS.partition("team:bo")[0]
        + "team:lin a mlr:Person ; mlr:memberOf team:ranking ; mlr:hasSkill skill:ml-in-hardware ;"
        ' rdfs:label "Lin"@en .\n',
        "utf-8",
    )
    base = load([EXAMPLES / "team.ttl", path], cache_dir=closures)
    store = OxigraphStore.from_ntriples(base.asserted, base.inferred)
    rows = _asked(store, "roles-closest-to-a-person", person=["team:lin"])
    assert rows[:3] == [
        ["role:ml-hardware-engineer", "2", "0", ""],
        ["role:mlops-engineer", "1", "1", "skill:software-engineering"],
        ["role:research-scientist", "1", "2", "skill:mathematics"],
    ]
    missing = {row[3] for row in rows}
    assert "skill:machine-learning" not in missing
    assert "skill:ml-systems" in missing


@pytest.mark.parametrize(
    ("work", "plans"),
    [
        (["resp:monitor-ml-systems"], [["1", "role:mlops-engineer", "", "0"]]),
        (
            ["resp:extract-insights", "resp:monitor-data"],
            [["1", "role:data-analyst", "", "0"], ["1", "role:data-scientist", "", "0"]],
        ),
        # One role has both; with another beside it, one of the two could be left out.
        (
            ["resp:extract-insights", "resp:drive-decisions"],
            [["1", "role:data-analyst", "", "0"], ["1", "role:data-scientist", "", "1"]],
        ),
        # The team does this already.
        (["resp:train-models"], []),
        # Three roles are needed: two leave one thing open, and that is told.
        (
            ["resp:manufacture-hardware", "resp:monitor-ml-systems", "resp:educate-users"],
            [
                ["2", "role:developer-advocate", "role:ml-hardware-engineer", "1"],
                ["2", "role:developer-advocate", "role:mlops-engineer", "1"],
                ["2", "role:ml-hardware-engineer", "role:mlops-engineer", "1"],
                ["1", "role:developer-advocate", "", "2"],
                ["1", "role:ml-hardware-engineer", "", "2"],
                ["1", "role:mlops-engineer", "", "2"],
            ],
        ),
        # Nobody does the first, as the article says who does not.
        (
            ["resp:implement-solutions-in-practice", "resp:monitor-ml-systems"],
            [["1", "role:mlops-engineer", "", "1"]],
        ),
        (["resp:implement-solutions-in-practice"], []),
    ],
)
def test_a_hiring_plan_has_the_fewest_roles_that_close_the_gaps(
    team_full: OxigraphStore, work: list[str], plans: list[list[str]]
) -> None:
    assert _asked(team_full, "hiring-plan", responsibility=work) == plans
