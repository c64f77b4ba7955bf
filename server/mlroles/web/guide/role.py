"""The page of a role: what it does and needs, who may step in, what is said of it and why."""

from flask import render_template, url_for

from mlroles.engine.interface import Engine
from mlroles.saved import bind
from mlroles.terms import Iri
from mlroles.vocab import MLR
from mlroles.web import documents
from mlroles.web.guide import needs, posting
from mlroles.web.guide.asking import Row, ask, rows
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
_MAY_DO = "what-a-role-may-end-up-doing"
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
    skills = needs.of(ask(engine, "skills", role))
    work = needs.of(ask(engine, "responsibilities", role))
    remarks, elsewhere = _remarks(engine, role), _elsewhere(engine, role)
    may = bind(shared.catalogue.get(_MAY_DO), {"role": [found.iri]}, shared.choices).text
    parts = {
        "What you do": posting.stated(work),
        "You may be asked to": posting.possible(rows(engine, may)),
        "What you need": posting.stated(skills),
        "We ask for": posting.qualifications(remarks.get("Asks for", [])),
        "The role in other vocabularies": posting.codes(elsewhere),
    }
    return render_template(
        "role.html",
        found=found,
        skills=skills,
        work=work,
        cover=ask(engine, "cover", role),
        remarks=remarks,
        follows=_by(ask(engine, "follows", role), "property"),
        elsewhere=elsewhere,
        posting=posting.write(found.label, parts),
        near=ask(engine, "near", role),
        articles=ask(engine, "articles", role),
        aliases=[row["name"].text for row in ask(engine, "names-of", role)],
        asked=shared.questions.of(found.iri, classes),
        compare=url_for("compare.compare"),
        formats=documents.NAMES,
    )


def _remarks(engine: Engine, role: dict[str, list[Iri]]) -> dict[str, list[Row]]:
    """Return the statements by what stands above them, in the order of the table."""
    found = _by(ask(engine, "remarks", role), "kind")
    told = {f"{MLR}{kind}": title for kind, title in _REMARKS.items()}
    return {title: found[kind] for kind, title in told.items() if kind in found}


def _elsewhere(engine: Engine, role: dict[str, list[Iri]]) -> dict[str, list[Row]]:
    found = _by(ask(engine, "elsewhere", role), "match")
    skos = "http://www.w3.org/2004/02/skos/core#"
    return {words: found[skos + name] for name, words in _MATCHES.items() if skos + name in found}


def _by(every: tuple[Row, ...], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in every:
        found.setdefault(row[name].address, []).append(row)
    return found
