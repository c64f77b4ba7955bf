"""The page of a role: what it does and needs, who may step in, what is said of it and why."""

from flask import render_template, url_for

from mlroles.engine.interface import Engine
from mlroles.saved import mentions
from mlroles.terms import Iri
from mlroles.vocab import MLR
from mlroles.web import documents
from mlroles.web.guide import needs
from mlroles.web.guide.asking import Row, ask
from mlroles.web.profile import Profile
from mlroles.web.services import services

#: Statements about a role as its page tells them: by class, what stands above them.
_REMARKS = {
    "DifficultyObservation": "Hard to fill",
    "RarityObservation": "Rare",
    "Observation": "Also",
    "HiringAdvice": "Advice",
    "QualificationRequirement": "Asks for",
    "ResponsibilityExclusion": "Does not",
    "RoleOverlap": "Overlaps",
    "TitleMapping": "Titles",
    "EnvironmentPlacement": "Works in",
}
_MATCHES = {
    "exactMatch": "the same",
    "closeMatch": "nearly the same",
    "broadMatch": "something wider",
    "narrowMatch": "something narrower",
    "relatedMatch": "related",
}


def page(found: Profile) -> str:
    """Return the page of a role."""
    shared = services()
    engine, role = shared.engine, {"role": [Iri(found.iri)]}
    classes = {cell.address for cell in found.types}
    return render_template(
        "role.html",
        found=found,
        skills=needs.of(ask(engine, "skills", role)),
        work=needs.of(ask(engine, "responsibilities", role)),
        cover=ask(engine, "cover", role),
        remarks=_remarks(engine, role),
        follows=_by(ask(engine, "follows", role), "property"),
        elsewhere=_elsewhere(engine, role),
        near=ask(engine, "near", role),
        aliases=[row["name"].text for row in ask(engine, "names-of", role)],
        asked=list(mentions(shared.catalogue, found.iri, classes)),
        compare=url_for("compare.compare"),
        formats=documents.NAMES,
    )


def _remarks(engine: Engine, role: dict[str, list[Iri]]) -> dict[str, list[Row]]:
    """Return the statements by what stands above them, in the order of the table."""
    rows = _by(ask(engine, "remarks", role), "kind")
    told = {f"{MLR}{kind}": title for kind, title in _REMARKS.items()}
    return {title: rows[kind] for kind, title in told.items() if kind in rows}


def _elsewhere(engine: Engine, role: dict[str, list[Iri]]) -> dict[str, list[Row]]:
    rows = _by(ask(engine, "elsewhere", role), "match")
    skos = "http://www.w3.org/2004/02/skos/core#"
    return {words: rows[skos + name] for name, words in _MATCHES.items() if skos + name in rows}


def _by(rows: tuple[Row, ...], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[name].address, []).append(row)
    return found
