"""Linked data: every IRI of ours answers here under the same path, as a page or as RDF.

The address here is not the IRI, which is w3id.org's and leads here: so the document itself is
given, and where its one format has an address of its own, Content-Location tells it (RFC 9110, 8.7).
"""

import difflib
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, urljoin

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from mlroles import vocab
from mlroles.errors import BadRequestError, NotFoundError
from mlroles.terms import Iri
from mlroles.web import documents, listing, operation, problems, profile, statements, suffixes
from mlroles.web.guide import role, skill
from mlroles.web.links import here
from mlroles.web.profile import Profile
from mlroles.web.services import services

blueprint = Blueprint("resources", __name__)

#: The page of a thing, by its class: the first class of the table that the thing has decides.
PAGES: Mapping[str, Callable[[Profile], str]] = {
    f"{vocab.MLR}Role": role.page,
    f"{vocab.MLR}Skill": skill.page,
}

_ARTICLE = "article/machine-learning-roles"
_IN_PATH = "/%:@!$&'()*+,;=~-._"  # what an IRI's path may hold unescaped (RFC 3986, 3.3)
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


@blueprint.get("/<path:iri>")
def resource(iri: str) -> BaseResponse:
    """Describe the thing whose IRI has this path after our base; ``.ttl`` and the like choose."""
    if iri.endswith("/"):
        return _without_slash(iri)
    for name, suffix in _readings(iri):
        found = _profile(f"{vocab.BASE}{name}")
        if found is not None:
            response = _respond(found, suffix)
            chosen = documents.extension(response)
            response.headers["Content-Location"] = _location(found.iri, chosen)
            return response
        if _is_shape(name):
            place = None if suffix else name
            return redirect(url_for("ontology.shapes", format=suffix, _anchor=place), 303)
        things = listing.gather(services().engine, name)
        if things is not None:
            return listing.respond(things, suffix)
        if kind := listing.singular(name):
            return redirect(url_for("resources.resource", iri=kind, format=suffix), 301)
    raise _unknown(iri)


def _without_slash(iri: str) -> BaseResponse:
    """Lead to what is there without the slash at the end. Raises NotFoundError."""
    name = iri.strip("/")
    kind = listing.singular(name) or name
    if listing.gather(services().engine, kind) is not None:
        return redirect(url_for("resources.resource", iri=kind), 301)
    found = _profile(f"{vocab.BASE}{name}")
    if found is None:
        raise _unknown(iri)
    return redirect(here(found.iri), 301)


@blueprint.get("/about")
def about() -> Response:
    """Describe the thing of any IRI, given as the parameter ``iri``; without one, all of this."""
    iri = operation.single(operation.parameters(request), "iri")
    if iri is None:
        return make_response(
            render_template("about.html", facts=services().facts, article=_article())
        )
    try:
        found = profile.gather(services().engine, Iri(iri))
    except ValueError as error:
        raise BadRequestError(
            f"“{iri[:200]}” is no absolute IRI.",
            hint="Give iri=, such as iri=https://w3id.org/mlroles/role/ml-engineer.",
            offending=iri[:200],
        ) from error
    if found is None:
        raise NotFoundError(f"The graph says nothing of <{iri[:200]}>.", offending=iri[:200])
    return _respond(found)


def _article() -> str:
    """Return the IRI of the article that all was read off, empty if the graph has none."""
    return f"{vocab.BASE}{_ARTICLE}" if _ARTICLE in services().names else ""


def _readings(path: str) -> list[tuple[str, str | None]]:
    """Return what a path may mean: a name; a name and the suffix of a format."""
    name, _, suffix = path.rpartition(".")
    known = name and suffix in suffixes.SUFFIXES
    return [(path, None), (name, suffix)] if known else [(path, None)]


def _is_shape(name: str) -> bool:
    """Return whether a name is that of a shape: these are no part of the dataset."""
    if not name.startswith("shape/"):
        return False
    subjects = {t.subject for graph in services().parts["shapes"].values() for t in graph}
    return f"<{vocab.BASE}{name}>" in map(str, subjects)


def _profile(iri: str) -> Profile | None:
    """Return what the graph says of an IRI, which may have been sent escaped or not."""
    exact = quote(_LONE_PERCENT.sub("%25", iri), safe=_IN_PATH)
    for written in dict.fromkeys((iri, quote(iri, safe=_IN_PATH), exact)):
        try:
            found = profile.gather(services().engine, Iri(written))
        except ValueError:
            continue
        if found is not None:
            return found
    return None


def _location(iri: str, extension: str) -> str:
    """Return the address of a thing's document in one format."""
    if "#" in iri:  # a suffix would be a part of the fragment
        return url_for("resources.about", iri=iri, format=extension)
    return f"{here(iri)}.{extension}"


def _respond(found: Profile, suffix: str | None = None) -> Response:
    return documents.respond(
        lambda: statements.graphs(services().engine, found, _document(found.iri)),
        lambda: _page(found),
        wanted=(suffix,) if suffix else None,
    )


def _document(iri: str) -> str:
    """Return the address of the document about a thing, in whatever format."""
    if iri.startswith(vocab.BASE) and "#" not in iri:
        return urljoin(request.url_root, here(iri))
    return url_for("resources.about", iri=iri, _external=True)


def _page(found: Profile) -> str:
    classes = {cell.address for cell in found.types}
    page = next((page for class_iri, page in PAGES.items() if class_iri in classes), page_of_any)
    return page(found)


def page_of_any(found: Profile) -> str:
    """Return the page of a thing of whatever class."""
    classes = {cell.address for cell in found.types}
    asked = services().questions.of(found.iri, classes)
    return render_template("resource.html", found=found, asked=asked, formats=documents.NAMES)


def _unknown(path: str) -> NotFoundError:
    near = _near(path[:100])
    problems.on_page("problem.html", near=[(name, here(f"{vocab.BASE}{name}")) for name in near])
    return NotFoundError(
        f"There is nothing at “/{path[:100]}”.",
        hint=f"Did you mean {' or '.join(f'/{name}' for name in near)}?" if near else None,
        offending=path[:100],
        extra={"near": near},
    )


def _near(path: str) -> list[str]:
    """Return the paths most like one: of pages, and of things by their whole or last name."""
    pages = (rule.rule[1:] for rule in current_app.url_map.iter_rules() if not rule.arguments)
    names = {name.casefold(): name for name in (*services().names, *pages) if name}
    last = {name.rpartition("/")[2].rpartition("#")[2]: whole for name, whole in names.items()}
    wanted = path.casefold()
    found = [names[key] for key in difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)]
    wanted = wanted.rpartition("/")[2]
    found += [last[key] for key in difflib.get_close_matches(wanted, last, n=3, cutoff=0.6)]
    return list(dict.fromkeys(found))[:3]
