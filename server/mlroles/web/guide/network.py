"""The network of roles and the skills that they require, laid out in two columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mlroles.engine.interface import Engine
from mlroles.web.guide.asking import ask
from mlroles.web.table import Cell

LINE, LEFT, RIGHT, WIDTH, TOP = 24, 262, 640, 900, 14
_ROLES = 40  # that a picture can take
_SWEEPS = 12


@dataclass(frozen=True)
class Link:
    """A role and a skill that it requires; ``stated`` if the text says so itself."""

    role: Cell
    skill: Cell
    stated: bool


@dataclass(frozen=True)
class Node:
    """A role or a skill in the picture, and the numbers of its curves."""

    thing: Cell
    x: int
    y: float
    curves: tuple[int, ...]


@dataclass(frozen=True)
class Curve:
    """The path of a link, as SVG writes it."""

    path: str
    stated: bool


@dataclass(frozen=True)
class Network:
    """The picture in pixels; ``left_out`` is how many roles it has no room for."""

    height: int
    roles: tuple[Node, ...]
    skills: tuple[Node, ...]
    curves: tuple[Curve, ...]
    left_out: int


def gather(engine: Engine) -> Network:
    """Return the network of the graph. Raises what the engine raises."""
    rows = ask(engine, "network")
    return draw([Link(row["role"], row["skill"], row["stated"].text == "1") for row in rows])


def draw(links: Sequence[Link]) -> Network:
    """Return the picture; the same links give the same picture."""
    every = sorted({link.role for link in links}, key=_name)
    kept = set(every[:_ROLES])
    links = [link for link in links if link.role in kept]
    roles, skills = _order(links)
    height = max(len(roles), len(skills)) * LINE + 2 * TOP
    left, right = _spread(roles, height), _spread(skills, height)
    curves = tuple(Curve(_path(left[link.role], right[link.skill]), link.stated) for link in links)
    return Network(
        height=height,
        roles=tuple(_node(role, LEFT, left, [link.role for link in links]) for role in roles),
        skills=tuple(
            _node(skill, RIGHT, right, [link.skill for link in links]) for skill in skills
        ),
        curves=curves,
        left_out=len(every) - len(kept),
    )


def _name(thing: Cell) -> tuple[str, str]:
    return (thing.label or thing.text).casefold(), thing.text


def _order(links: Sequence[Link]) -> tuple[list[Cell], list[Cell]]:
    """Return both columns, each in the order of its neighbours' middle: few lines cross."""
    roles = sorted({link.role for link in links}, key=_name)
    skills = sorted({link.skill for link in links}, key=_name)
    to_skills = {role: [link.skill for link in links if link.role == role] for role in roles}
    to_roles = {skill: [link.role for link in links if link.skill == skill] for skill in skills}
    for _ in range(_SWEEPS):
        skills = _by_middle(skills, to_roles, roles)
        roles = _by_middle(roles, to_skills, skills)
    return roles, skills


def _by_middle(
    things: Sequence[Cell], near: Mapping[Cell, list[Cell]], others: Sequence[Cell]
) -> list[Cell]:
    at = {other: place for place, other in enumerate(others)}
    middle = {thing: sum(at[other] for other in near[thing]) / len(near[thing]) for thing in things}
    return sorted(things, key=lambda thing: (middle[thing], _name(thing)))


def _spread(things: Sequence[Cell], height: int) -> dict[Cell, float]:
    step = (height - 2 * TOP) / max(len(things), 1)
    return {thing: round(TOP + step * (n + 0.5), 1) for n, thing in enumerate(things)}


def _node(thing: Cell, x: int, at: Mapping[Cell, float], ends: Sequence[Cell]) -> Node:
    return Node(thing, x, at[thing], tuple(n for n, end in enumerate(ends) if end == thing))


def _path(start: float, end: float) -> str:
    middle = (LEFT + RIGHT) // 2
    return f"M{LEFT} {start:g}C{middle} {start:g} {middle} {end:g} {RIGHT} {end:g}"
