"""The document itself: paths by the routes of the application and by the saved queries."""

import re
from collections import defaultdict
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from mlroles import __version__, sparql
from mlroles.errors import MlrolesError
from mlroles.saved import SavedQuery
from mlroles.web.api.details import (
    BY_ENDPOINT,
    DOWNLOAD,
    PAGE,
    PLACES,
    TIMEOUT,
    Content,
    Details,
    extensions,
    format_parameter,
    of_results,
    query_parameter,
)
from mlroles.web.api.schemas import COMPONENTS, Json, named, of_parameter
from mlroles.web.services import Services

_RESULTS = "saved.results"
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
_TAGS = {
    "saved": "Saved queries",
    "protocol": "SPARQL",
    "graph_store": "Graphs",
    "resources": "Linked data",
    "explain": "Explanations",
    "ontology": "Ontology",
    "dataset": "Dataset",
}
_OTHERWISE = "This server"
#: What is described: HEAD and OPTIONS go without saying, QUERY is not known to OpenAPI 3.1.
_METHODS = {"GET", "POST"}
_ALWAYS = (400, 406, 429, 503)
_NOT_FOUND = 404
_BODIES: Content = {
    "application/sparql-query": {"type": "string"},
    "application/x-www-form-urlencoded": {
        "type": "object",
        "required": ["query"],
        "properties": {"query": {"type": "string"}},
    },
}


def document(app: Flask, services: Services, root: str) -> Json:
    """Return the description; ``root`` is where the application is, such as ``/``.

    Raises what the engine raises.
    """
    paths: defaultdict[str, Json] = defaultdict(dict)
    for rule in app.url_map.iter_rules():
        if rule.endpoint.endswith("static") or rule.endpoint == _RESULTS:
            continue
        paths[_VARIABLE.sub(r"{\1}", rule.rule)] |= dict(_operations(app, rule, services))
    for query in services.catalogue:
        paths[f"/queries/{query.name}/results"] = {"get": _saved(query, services)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "mlroles",
            "version": __version__,
            "summary": "An open knowledge graph of machine-learning roles",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": root}],
        "tags": [{"name": name} for name in (*_TAGS.values(), _OTHERWISE)],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": COMPONENTS, "responses": dict(_errors())},
    }


def _operations(app: Flask, rule: Rule, services: Services) -> Iterator[tuple[str, Json]]:
    details = BY_ENDPOINT.get(rule.endpoint, Details())
    summary, _, description = (app.view_functions[rule.endpoint].__doc__ or "").partition("\n\n")
    room, _, name = rule.endpoint.partition(".")
    place = [
        {
            "name": one,
            "in": "path",
            "required": True,
            "schema": _place(rule.endpoint, one, services),
        }
        for one in sorted(rule.arguments)
    ]
    for method in sorted(_METHODS & (rule.methods or set())):
        told: Json = {
            "operationId": _identifier(method, rule),
            "tags": [_TAGS.get(room, _OTHERWISE)],
            "summary": summary.strip().replace("``", ""),
            "parameters": [*place, *details.parameters],
            "responses": _responses(details, found=not rule.arguments and name != "about"),
        }
        if description.strip():
            told["description"] = " ".join(description.replace("``", "").split())
        if method == "POST":
            told["requestBody"] = {"required": True, "content": _content(details.body or _BODIES)}
        yield method.lower(), told


def _place(endpoint: str, name: str, services: Services) -> Json:
    made = PLACES.get((endpoint, name))
    return made(services) if made else {"type": "string", "minLength": 1}


def _identifier(method: str, rule: Rule) -> str:
    words = re.findall(r"[\w.]+", _VARIABLE.sub(r"\1", rule.rule))
    return "-".join([method.lower(), *words])


def _saved(query: SavedQuery, services: Services) -> Json:
    """Return the operation that runs a saved query, with what the graph has a choice of.

    A parameter for teams is none where no team is loaded: it would take no value.
    """
    form = sparql.check(query.body, services.limits).form
    own = [
        query_parameter(
            parameter.name,
            f"{parameter.label}. {parameter.help}",
            of_parameter(parameter, services.choices),
        )
        for parameter in query.parameters
        if parameter.class_iri is None or services.choices.of(parameter.class_iri)
    ]
    details = Details(
        (*own, format_parameter(extensions([form])), TIMEOUT, DOWNLOAD, PAGE), of_results([form])
    )
    return {
        "operationId": query.name,
        "tags": [_TAGS["saved"]],
        "summary": query.summary,
        "description": query.description,
        "parameters": list(details.parameters),
        "responses": _responses(details, found=True),
    }


def _responses(details: Details, *, found: bool) -> Json:
    statuses = {*_ALWAYS, *details.errors, *(() if found else (_NOT_FOUND,))}
    content = _content(details.content if details.content is not None else {"*/*": {}})
    return {
        "200": {"description": "The answer", "content": content},
        **{str(s): {"$ref": f"#/components/responses/{s}"} for s in sorted(statuses)},
    }


def _content(content: Content) -> Json:
    return {media: {"schema": schema} if schema else {} for media, schema in content.items()}


def _errors() -> Iterator[tuple[str, Json]]:
    """Yield what each status of an error means, by our own errors."""
    titles: defaultdict[int, list[str]] = defaultdict(list)
    for error in MlrolesError.__subclasses__():
        if error.status == MlrolesError.status:
            continue  # of files, at the start
        titles[error.status].append(error.title)
    problem = {"application/problem+json": {"schema": named("Problem")}, "text/html": {}}
    for status, said in sorted(titles.items()):
        yield str(status), {"description": "; or ".join(said), "content": problem}
