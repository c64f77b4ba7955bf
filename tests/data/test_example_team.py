"""The example team loads beside the data, is sound, and something follows from it."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from mlroles import vocab
from mlroles.knowledge import KnowledgeBase, load, sources
from mlroles.paths import EXAMPLES
from reading import EXAMPLE_FILES, Facts, iri, local

TEAM = EXAMPLES / "team.ttl"


@pytest.fixture(scope="module")
def team() -> Facts:
    return Facts([TEAM])


@pytest.fixture(scope="module")
def base(closures: Path) -> KnowledgeBase:
    return load([TEAM], cache_dir=closures)


@pytest.fixture(scope="module")
def inferred(base: KnowledgeBase) -> set[tuple[str, str, str]]:
    return {
        (local(str(quad.subject.value)), local(quad.predicate.value), local(str(quad.object.value)))
        for quad in ox.parse(base.inferred, ox.RdfFormat.N_TRIPLES)
    }


def test_there_is_one_example() -> None:
    assert EXAMPLE_FILES == [TEAM]


def test_the_example_points_only_at_what_is_there(team: Facts, facts: Facts) -> None:
    there = {triple.subject for triple in [*facts.triples, *team.triples]}
    pointed = {
        triple.value
        for triple in team.triples
        if triple.property != iri("rdf:type") and triple.kind == "NamedNode"
    }
    assert pointed
    assert pointed <= there


def test_the_people_are_kept_out_of_our_namespaces(team: Facts) -> None:
    assert not any(triple.subject.startswith(vocab.BASE) for triple in team.triples)


def test_the_example_is_not_loaded_by_default() -> None:
    assert TEAM not in [source.path for source in sources.find()]


def test_the_team_covers_what_its_members_roles_are_responsible_for(
    inferred: set[tuple[str, str, str]],
) -> None:
    covered = {
        value for one, property_, value in inferred if (one, property_) == ("ranking", "covers")
    }
    assert covered == {
        # the ML engineer's
        "train-models",
        "deploy-models",
        "write-prediction-code",
        # the data engineer's
        "build-data-pipelines",
        "aggregate-data",
        "store-data",
        "monitor-data",
        # the product manager's
        "meet-goals",
        "meet-timelines",
        "meet-technical-requirements",
    }


def test_only_the_one_who_holds_the_role_of_ml_engineer_may_step_in(
    inferred: set[tuple[str, str, str]],
) -> None:
    assert [triple for triple in sorted(inferred) if triple[1] == "mayStepInFor"] == [
        ("ada", "mayStepInFor", "mlops-engineer")
    ]
