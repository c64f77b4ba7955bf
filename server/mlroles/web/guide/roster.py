"""A team that was put together on a page, as Turtle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mlroles import vocab
from mlroles.teams import Json
from mlroles.terms import Iri, Literal
from mlroles.web import operation

MOST = 20  # people that a page has room for
_PREFIXES = ("mlr", "rdfs", "role", "skill")
_TEAM = "https://example.org/team/"


@dataclass(frozen=True)
class Person:
    """Somebody: a name, and the IRIs of a role and of skills."""

    name: str
    role: str
    skills: tuple[str, ...]


def read(pairs: operation.Pairs) -> list[Person]:
    """Return the people of a form's fields ``name-1``, ``role-1``, ``skill-1`` and so on."""
    people = []
    for number in range(1, MOST + 1):
        name = (operation.single(pairs, f"name-{number}") or "").strip()
        role = operation.single(pairs, f"role-{number}") or ""
        skills = operation.every(pairs, f"skill-{number}")
        if name or role or skills:
            people.append(Person(name or f"Person {number}", role, skills))
    return people


def of_report(found: Json) -> tuple[str, list[Person], bool]:
    """Return the first team of a report as the form holds it: its name, its people.

    The last is whether the report tells of more: other teams, more people, more roles of one.
    """
    teams = [entry["team"] for entry in found.get("teams", ())]
    if not teams:
        return "", [], False
    first = teams[0]["iri"]
    members = [one for one in found["people"] if first in {team["iri"] for team in one["teams"]}]
    people = [
        Person(
            one["person"]["label"],
            next((role["iri"] for role in one["roles"]), ""),
            tuple(skill["iri"] for skill in one["skills"]),
        )
        for one in members[:MOST]
    ]
    more = len(found["people"]) > len(people) or any(len(one["roles"]) > 1 for one in members)
    return teams[0]["label"], people, more or len(teams) > 1


def write(title: str, people: Sequence[Person]) -> str:
    """Return the Turtle of a team. Raises ValueError for what is no IRI."""
    prefixes = {name: vocab.PREFIXES[name] for name in _PREFIXES} | {"team": _TEAM}
    parts = [
        "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(prefixes.items())),
        _thing("team:team", "mlr:Team", title, {}),
        *(_person(number, person) for number, person in enumerate(people, start=1)),
    ]
    return "\n".join(parts)


def _person(number: int, person: Person) -> str:
    held = {
        "mlr:memberOf": ["team:team"],
        "mlr:holdsRole": [_short(person.role)] if person.role else [],
        "mlr:hasSkill": [_short(skill) for skill in person.skills],
    }
    return _thing(f"team:person-{number}", "mlr:Person", person.name, held)


def _thing(name: str, kind: str, label: str, properties: Mapping[str, Sequence[str]]) -> str:
    lines = [f"    a {kind}", f"    rdfs:label {Literal(label, language='en')}"]
    lines += [f"    {name} {' , '.join(values)}" for name, values in properties.items() if values]
    return name + "\n" + " ;\n".join(lines) + " .\n"


def _short(iri: str) -> str:
    """Return an IRI as the prefixes write it."""
    short = vocab.shorten(str(Iri(iri).value))
    return short if short.partition(":")[0] in _PREFIXES else f"<{iri}>"
