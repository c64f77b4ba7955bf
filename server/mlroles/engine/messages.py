"""Requests and errors as JSON: workers run strangers' queries, so nothing of theirs is unpickled."""

import json
from dataclasses import asdict
from pathlib import Path

from mlroles import errors
from mlroles.errors import MlrolesError
from mlroles.store import QueryRequest

_ERRORS = {
    thing.__name__: thing
    for thing in vars(errors).values()
    if isinstance(thing, type) and issubclass(thing, MlrolesError)
}


def dump_request(request: QueryRequest, seconds: float) -> bytes:
    """Return a query, and how long it may take, as bytes."""
    return json.dumps([seconds, vars(request)]).encode()


def load_request(payload: bytes) -> tuple[QueryRequest, float]:
    """Return what :func:`dump_request` was given."""
    seconds, fields = json.loads(payload)
    graphs = {name: tuple(fields[name]) for name in ("default_graphs", "named_graphs")}
    return QueryRequest(**{**fields, **graphs}), seconds


def dump_error(error: MlrolesError) -> bytes:
    """Return an error of ours as bytes; what JSON cannot hold becomes text."""
    return json.dumps([type(error).__name__, asdict(error)], default=str).encode()


def load_error(payload: bytes) -> MlrolesError:
    """Return the error that :func:`dump_error` was given, of the same class."""
    name, fields = json.loads(payload)
    if fields["file"] is not None:
        fields["file"] = Path(fields["file"])
    return _ERRORS.get(name, MlrolesError)(**fields)
