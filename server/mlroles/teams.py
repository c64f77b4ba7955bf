"""What the teams of a dataset cover and lack, by the saved queries about teams."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import combinations
from math import comb
from typing import Any

from mlroles.engine.interface import Engine
from mlroles.rows import read_solutions
from mlroles.saved import Catalogue, Choice, Choices, bind
from mlroles.saved.labels import labels
from mlroles.store import QueryRequest
from mlroles.terms import Iri, Literal, Term
from mlroles.vocab import ASSERTED, MLR

MOST_TEAMS, MOST_PEOPLE = 20, 100
_ROWS, _SIZE = 10_000, 8 << 20
_NEAREST = 3  # roles that are told of a person
LARGEST = 5  # roles in a hiring plan
_TRIED = 300_000  # sets of roles that are tried for one
_TOLD = 5  # sets that are told
_TSV = "text/tab-separated-values"

#: A term as JSON has it: ``iri`` and ``label``, or ``text``.
Told = dict[str, str]
Row = dict[str, Told | None]
Json = dict[str, Any]

_ABOUT = f"PREFIX mlr: <{MLR}> "
#: What a person lacks for a role of their own.
_OWN = f"""{_ABOUT}SELECT ?role ?missing WHERE {{
  ?person mlr:holdsRole ?role .
  OPTIONAL {{
    ?role mlr:requiresSkill ?missing .
    FILTER NOT EXISTS {{ ?person mlr:hasSkill ?missing }}
    FILTER NOT EXISTS {{
      ?part mlr:specialisationOf ?missing .
      ?role mlr:requiresSkill ?part .
      FILTER NOT EXISTS {{ ?need mlr:requirementOf ?role ; mlr:ofSkill ?missing }}
    }}
  }}
}} ORDER BY ?role ?missing"""
_STATED = f"""{_ABOUT}SELECT DISTINCT ?person ?what ?thing WHERE {{
  ?person a mlr:Person .
  {{ ?person mlr:memberOf ?thing BIND ("teams" AS ?what) }}
  UNION {{ ?person mlr:holdsRole ?thing BIND ("roles" AS ?what) }}
  UNION {{ GRAPH <{ASSERTED}> {{ ?person mlr:hasSkill ?thing }} BIND ("skills" AS ?what) }}
}} ORDER BY ?person ?what ?thing"""
_NOTHING: Json = {"teams": [], "roles": [], "skills": []}
_OF_NO_ROLE = f"""{_ABOUT}SELECT ?responsibility WHERE {{
  ?responsibility a mlr:Responsibility .
  FILTER NOT EXISTS {{ ?role a mlr:Role ; mlr:hasResponsibility ?responsibility }}
}}"""


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
        stated = self._stated()
        return {
            "teams": [self._team(team, roles) for team in teams[:MOST_TEAMS]],
            "people": [
                self._person(person) | stated.get(person.iri, _NOTHING)
                for person in people[:MOST_PEOPLE]
            ],
            "of_no_role": _by_label(self._run(_OF_NO_ROLE), "responsibility"),
            "left_out": max(len(teams) - MOST_TEAMS, 0) + max(len(people) - MOST_PEOPLE, 0),
        }

    def _team(self, team: Choice, roles: Sequence[str]) -> Json:
        of = {"team": [team.iri]}
        wanted = list(roles) or [role.iri for role in self._choices.of(f"{MLR}Role")]
        gaps = _grouped(self._ask("gaps-of-a-team", {**of, "role": wanted}), "responsibility")
        missing = [gap["responsibility"]["iri"] for gap in gaps]
        plan = self._plan(missing) if roles and missing else None
        return {
            "team": _choice(team),
            "covers": _grouped(self._ask("coverage-of-a-team", of), "responsibility"),
            "gaps": gaps,
            "stepping_in": self._ask("who-could-step-in", of),
            "resting_on_one": _by_label(self._ask("bus-factor", of), "kind", "what"),
            "hiring_plan": plan,
        }

    def _plan(self, gaps: Sequence[str]) -> Json:
        """Return the smallest sets of roles that close the gaps, and those that no role closes."""
        values = " ".join(f"<{gap}>" for gap in gaps)
        rows = self._run(
            f"SELECT DISTINCT ?role ?gap WHERE {{ VALUES ?gap {{ {values} }}"
            f" ?role a <{MLR}Role> ; <{MLR}hasResponsibility> ?gap }} ORDER BY ?role ?gap"
        )
        does: dict[str, set[str]] = {}
        called: dict[str, Told] = {}
        for row in rows:
            role, gap = row["role"] or {}, row["gap"] or {}
            does.setdefault(role["iri"], set()).add(gap["iri"])
            called[role["iri"]] = role
        closable = set[str]().union(*does.values())
        sets = covers(does, closable)
        return {
            "sets": [[called[role] for role in one] for one in sets[:_TOLD]],
            "too_many": bool(closable) and not sets,
            "nobody_does": [gap for gap in gaps if gap not in closable],
        }

    def _person(self, person: Choice) -> Json:
        rows = self._ask("roles-closest-to-a-person", {"person": [person.iri]})
        own = self._run(_OWN.replace("?person", f"<{person.iri}>"))
        return {
            "person": _choice(person),
            "own": _ranked(own),
            "nearest": _ranked(rows)[:_NEAREST],
        }

    def _stated(self) -> dict[str, Json]:
        """Return of each person the teams, the roles, and the skills that are stated."""
        found: dict[str, Json] = {}
        for row in self._run(_STATED):
            person, thing = row["person"] or {}, row["thing"] or {}
            entry = found.setdefault(person["iri"], {name: [] for name in _NOTHING})
            entry[(row["what"] or {})["text"]].append(thing)
        return found

    def _ask(self, name: str, given: Mapping[str, Sequence[str]]) -> list[Row]:
        return self._run(bind(self._catalogue.get(name), given, self._choices).text)

    def _run(self, text: str) -> list[Row]:
        with closing(self._engine.run(QueryRequest(text, _TSV))) as answer:
            found = read_solutions(answer.chunks, _ROWS, _SIZE)
        called = labels(self._engine, {t for row in found.rows for t in row if isinstance(t, Iri)})
        return [
            {name: _term(term, called) for name, term in zip(found.names, row, strict=True)}
            for row in found.rows
        ]


def covers(does: Mapping[str, set[str]], wanted: set[str]) -> list[tuple[str, ...]]:
    """Return the smallest sets of roles that together do all that is ``wanted``, in order.

    None where more than ``LARGEST`` roles are needed, or too many sets would have to be tried.
    """
    useful = {role: done & wanted for role, done in sorted(does.items()) if done & wanted}
    tried = 0
    for size in range(1, LARGEST + 1):
        tried += comb(len(useful), size)
        if not wanted or tried > _TRIED:
            return []
        found = [
            some
            for some in combinations(useful, size)
            if set[str]().union(*(useful[role] for role in some)) == wanted
        ]
        if found:
            return found
    return []


def _grouped(rows: Sequence[Row], name: str) -> list[Json]:
    """Return what the rows say of each value of a column, by its label."""
    return sorted(_ranked(rows, name), key=lambda entry: _name(entry[name]))


def _by_label(rows: Sequence[Row], *names: str) -> list[Row]:
    """Return rows by what is called what in these columns."""
    return sorted(rows, key=lambda row: [_name(row[name]) for name in names])


def _name(told: Told | None) -> str:
    return (told or {}).get("label", (told or {}).get("text", "")).casefold()


def _ranked(rows: Sequence[Row], name: str = "role") -> list[Json]:
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
