"""What the pages ask counts a part of a skill as the skill, and tells which of them is stated."""

from asking import Table, ask
from mlroles.store.oxigraph import OxigraphStore
from mlroles.terms import Iri
from mlroles.vocab import PREFIXES
from mlroles.web.guide.asking import bound

HARDWARE, ADVOCATE = "role:ml-hardware-engineer", "role:developer-advocate"


def _rows(store: OxigraphStore, name: str, **values: str) -> Table:
    terms = {}
    for parameter, value in values.items():
        prefix, _, local = value.partition(":")
        terms[parameter] = [Iri(PREFIXES[prefix] + local)]
    return ask(store, bound(name, terms))[1:]


def test_the_map_has_a_need_that_is_stated_of_a_part_of_the_skill(full: OxigraphStore) -> None:
    rows = _rows(full, "needs", skill="skill:machine-learning")
    section = "section:ml-hardware-engineer"
    assert [row for row in rows if row[0] == HARDWARE] == [
        [HARDWARE, "skill:machine-learning", "skill:ml-in-hardware", "", section, "origin:prose"]
    ]
    assert ADVOCATE not in {row[0] for row in rows}


def test_a_given_skill_covers_what_it_is_a_part_of(full: OxigraphStore) -> None:
    rows = _rows(full, "fit", skill="skill:ml-in-hardware")
    assert [row[1:] for row in rows if row[0] == HARDWARE] == [
        ["skill:hardware", "true"],
        ["skill:ml-in-hardware", "true"],
    ]
    assert [row[1:] for row in rows if row[0] == "role:mlops-engineer"] == [
        ["skill:machine-learning", "true"],
        ["skill:software-engineering", "false"],
    ]


def test_where_a_position_is_found_is_an_observation_and_no_rarity(full: OxigraphStore) -> None:
    rows = _rows(full, "remarks", role="role:research-engineer")
    found = {row[0]: row[1] for row in rows if row[1].endswith("Observation")}
    assert found == {
        "stmt:research-engineer-in-large-laboratories": "mlr:Observation",
        "stmt:research-engineer-is-rare": "mlr:RarityObservation",
    }
