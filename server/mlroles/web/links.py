"""Addresses of our own IRIs on this server, by whatever host and prefix it is reached."""

from flask import url_for

from mlroles.vocab import BASE


def here(iri: str) -> str:
    """Return where an IRI of ours is told of: the same path here, with the same fragment."""
    path, _, fragment = iri.removeprefix(BASE).partition("#")
    if not path:
        return url_for("pages.home")
    return url_for("resources.resource", iri=path, _anchor=fragment or None)


def page_of(iri: str) -> str:
    """Return where any IRI is told of, ours or another's."""
    if iri.startswith(BASE):
        return here(iri)
    return url_for("resources.about", iri=iri)
