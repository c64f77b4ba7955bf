"""An invented organisation of any size over our ontology, for benchmarks and tests.

The same number of people gives the same triples: about nine for each person.
"""

import random
import re
from collections.abc import Iterator, Sequence

from mlroles import vocab

NAMESPACE = "https://example.org/organisation/"
_ORGANISATION = f"<{NAMESPACE}it>"
_TYPE = f"<{vocab.RDF}type>"
_LABEL = f"<{vocab.RDFS}label>"

#: People in a team, and teams that somebody is in besides their own: projects are teams as well.
_IN_TEAM = 8
_SKILLS = (3, 5)


def ntriples(people: int, known: bytes) -> Iterator[str]:
    """Yield lines of N-Triples: ``people`` with roles and skills, in teams and project teams.

    ``known`` are the N-Triples that have the roles and skills to choose from.
    """
    roles, skills = members(known, "Role"), members(known, "Skill")
    chance = random.Random(people)  # noqa: S311 - an invented organisation keeps no secret
    teams = max(1, people // _IN_TEAM)
    yield f"{_ORGANISATION} {_TYPE} <{vocab.MLR}Organisation> .\n"
    yield f'{_ORGANISATION} {_LABEL} "An organisation"@en .\n'
    for number in range(teams):
        yield from team(number)
    for number in range(people):
        yield from person(
            number,
            teams=[number // _IN_TEAM % teams, chance.randrange(teams)],
            roles=[chance.choice(roles)],
            skills=chance.sample(skills, chance.randint(*_SKILLS)),
        )


def members(known: bytes, name: str) -> list[str]:
    """Return the IRIs of what is said to be in a class of ours, sorted."""
    said = re.compile(
        rf"^<([^>]*)> {re.escape(_TYPE)} <{re.escape(vocab.MLR + name)}> \.$", re.MULTILINE
    )
    return sorted(said.findall(known.decode()))


def team(number: int) -> Iterator[str]:
    """Yield what is said of a team."""
    iri = f"<{NAMESPACE}team/{number}>"
    yield f"{iri} {_TYPE} <{vocab.MLR}Team> .\n"
    yield f'{iri} {_LABEL} "Team {number}"@en .\n'
    yield f"{iri} <{vocab.MLR}teamOf> {_ORGANISATION} .\n"


def person(
    number: int, *, teams: Sequence[int], roles: Sequence[str], skills: Sequence[str]
) -> Iterator[str]:
    """Yield what is said of a person."""
    iri = f"<{NAMESPACE}person/{number}>"
    yield f"{iri} {_TYPE} <{vocab.MLR}Person> .\n"
    yield f'{iri} {_LABEL} "Person {number}"@en .\n'
    for team_ in sorted(set(teams)):
        yield f"{iri} <{vocab.MLR}memberOf> <{NAMESPACE}team/{team_}> .\n"
    for role in roles:
        yield f"{iri} <{vocab.MLR}holdsRole> <{role}> .\n"
    for skill in skills:
        yield f"{iri} <{vocab.MLR}hasSkill> <{skill}> .\n"
