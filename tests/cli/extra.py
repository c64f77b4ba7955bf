"""Turtle of a user's own: the same for every test, so that it is reasoned over once."""

from pathlib import Path

NAMES = ("one", "two")


def write(directory: Path) -> list[str]:
    """Write a file for each name; return them as options of the command line."""
    options = []
    for name in NAMES:
        path = directory / f"{name}.ttl"
        path.write_text(
            "@prefix mlr: <https://w3id.org/mlroles/ontology#> .\n"
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
            f'<https://example.org/{name}> a mlr:Skill ; rdfs:label "{name}"@en .\n'
        )
        options += ["--data", str(path)]
    return options
