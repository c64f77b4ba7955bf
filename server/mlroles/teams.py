"""What the teams of a dataset cover and lack, by the saved queries about teams."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

from mlroles.engine.interface import Engine
from mlroles.rows import read_solutions
from mlroles.saved import Catalogue, Choice, Choices, bind
from mlroles.saved.labels import labels
from mlroles.store import QueryRequest
from mlroles.terms import Iri, Literal, Term
from mlroles.vocab import MLR

MOST_TEAMS, MOST_PEOPLE = 20, 100
_ROWS, _SIZE = 10_000, 8 << 20
_NEAREST = 3  # roles that are told of a person
_PLANNED = 12  # gaps that a hiring plan is made for
_TSV = "text/tab-separated-values"

#: A term as JSON has it: ``iri`` and ``label``, or ``text``.
Told = dict[str, str]
Row = dict[str, Told | None]
Json = dict[str, Any]


class Reporter:
    """Asks the saved queries of an engine whose dataset has somebody's teams."""

    def __init__(self, engine: Engine, catalogue: Catalogue) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._choices = Choices(engine)

    def report(self, roles: Sequence[str] = ()) -> Json:
        """Return what is to be told of every team and person; gaps are of the work of ``roles``.

        ``roles`` are names or IRIs; none means every role. Raises BadRequestError for an unknown
        one, and what the engine raises.
        """
        teams = self._choices.of(f"{MLR}Team")
        people = self._choices.of(f"{MLR}Person")
        return {
            "teams": [self._team(team, roles) for team in teams[:MOST_TEAMS]],
            "people": [self._person(person) for person in people[:MOST_PEOPLE]],
            "left_out": max(len(teams) - MOST_TEAMS, 0) + max(len(people) - MOST_PEOPLE, 0),
        }

    def _team(self, team: Choice, roles: Sequence[str]) -> Json:
        of = {"team": [team.iri]}
        wanted = list(roles) or [role.iri for role in self._choices.of(f"{MLR}Role")]
        gaps = _grouped(self._ask("gaps-of-a-team", {**of, "role": wanted}), "responsibility")
        missing = [gap["responsibility"]["iri"] for gap in gaps]
        plan: list[Row] = []
        if roles and 0 < len(missing) <= _PLANNED:
            plan = self._ask("hiring-plan", {**of, "responsibility": missing})
        return {
            "team": _choice(team),
            "covers": _grouped(self._ask("coverage-of-a-team", of), "responsibility"),
            "gaps": gaps,
            "stepping_in": self._ask("who-could-step-in", of),
            "resting_on_one": self._ask("bus-factor", of),
            "hiring_plan": plan,
        }

    def _person(self, person: Choice) -> Json:
        rows = self._ask("roles-closest-to-a-person", {"person": [person.iri]})
        roles = _grouped(rows, "role")[:_NEAREST]
        return {"person": _choice(person), "nearest": roles}

    def _ask(self, name: str, given: Mapping[str, Sequence[str]]) -> list[Row]:
        bound = bind(self._catalogue.get(name), given, self._choices)
        with closing(self._engine.run(QueryRequest(bound.text, _TSV))) as answer:
            found = read_solutions(answer.chunks, _ROWS, _SIZE)
        called = labels(self._engine, {t for row in found.rows for t in row if isinstance(t, Iri)})
        return [
            {name: _term(term, called) for name, term in zip(found.names, row, strict=True)}
            for row in found.rows
        ]


def _grouped(rows: Sequence[Row], name: str) -> list[Json]:
    """Return what the rows say of each value of a column, in their order."""
    found: dict[str, Json] = {}
    for row in rows:
        key = row[name] or {}
        entry = found.setdefault(str(key), {name: key, "rows": []})
        entry["rows"].append({other: term for other, term in row.items() if other != name})
    return list(found.values())


def _term(term: Term | None, called: Mapping[str, str]) -> Told | None:
    if isinstance(term, Iri):
        return {"iri": term.value, "label": called.get(term.value, term.value)}
    if term is None:
        return None
    return {"text": term.value if isinstance(term, Literal) else str(term)}


def _choice(choice: Choice) -> Told:
    return {"iri": choice.iri, "label": choice.label}
