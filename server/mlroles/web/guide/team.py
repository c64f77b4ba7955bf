"""``/team``: what a team covers and lacks; it comes in a file, or is put together on the page."""

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from mlroles import paths
from mlroles.errors import BadRequestError
from mlroles.teams import Json
from mlroles.vocab import MLR
from mlroles.web import headers, operation, problems
from mlroles.web.guide import fit, isolation, roster
from mlroles.web.guide.choosing import chosen
from mlroles.web.services import Services, services

blueprint = Blueprint("team", __name__)

_FIRST = 3  # people that the form has room for at first
_TITLE = "Our team"


@blueprint.get("/team")
def team() -> str:
    """Show the form for a team."""
    operation.only(request)
    return render_template("team.html", **_context(services(), []))


@blueprint.post("/team")
def report() -> Response:
    """Say what the team of the request covers and lacks. It is read, answered, and forgotten."""
    headers.keep_none()
    shared = services()
    request.max_content_length = request.max_form_memory_size = shared.settings.max_body
    pairs = list(request.form.items(multi=True))
    context = _context(shared, pairs)
    problems.on_page("team.html", **context)
    if "add" in request.form:
        return make_response(render_template("team.html", **context))
    text = _text(pairs)
    if "download" in request.form:
        return _file(text)
    wanted = chosen("role", context["roles"], operation.every(pairs, "role"))
    found = isolation.report(text, [choice.iri for choice in wanted], shared.settings)
    context |= _form(context, found)
    page = render_template("team.html", **context, found=found, text=text, wanted=wanted)
    return make_response(page, 400 if found["problems"] else 200)


def _text(pairs: operation.Pairs) -> str:
    """Return the Turtle of the file, else of the box, else of the people picked."""
    file = request.files.get("file")
    content = file.read() if file is not None else b""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRequestError("The file is not in UTF-8.", hint="Save it as UTF-8.") from error
    text = text or operation.single(pairs, "turtle") or ""
    if text.strip():
        return text
    people = roster.read(pairs)
    if not people:
        raise BadRequestError(
            "There is no team yet.",
            hint="Put somebody in, with a name, a role or a skill, or choose a file.",
            extra={"missing": "people"},
        )
    try:
        return roster.write(operation.single(pairs, "team") or _TITLE, people)
    except ValueError as error:
        raise BadRequestError(
            "A role or skill is no IRI.", hint="Choose from the lists."
        ) from error


def _file(text: str) -> Response:
    response = Response(text, content_type="text/turtle; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="team.ttl"'
    return response


def _context(shared: Services, pairs: operation.Pairs) -> dict[str, Any]:
    skills = shared.choices.of(f"{MLR}Skill")
    people = roster.read(pairs)
    more = any(name == "add" for name, _ in pairs)
    room = min(max(_FIRST, len(people) + more), roster.MOST)
    return {
        "roles": shared.choices.of(f"{MLR}Role"),
        "groups": fit.groups(shared.engine, skills),
        "people": [*people, *(roster.Person("", "", ()) for _ in range(room - len(people)))],
        "title": operation.single(pairs, "team") or _TITLE,
        "picked": operation.every(pairs, "role"),
    }


def _form(context: dict[str, Any], found: Json) -> dict[str, Any]:
    """Return what the form holds of a team that did not come from it."""
    title, people, more = roster.of_report(found)
    if any(person.name for person in context["people"]) or not people:
        return {}
    return {"title": title, "people": people, "more": more}


@blueprint.get("/team/example.ttl")
def example() -> Response:
    """Return the Turtle file of an invented team, as a model."""
    return _file((paths.EXAMPLES / "team.ttl").read_text("utf-8"))
