"""A small ontology and data of a test's own, in directories that the knowledge room can read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mlroles.errors import KnowledgeError
from mlroles.knowledge import KnowledgeBase, examine, load

PREFIXES = """\
@prefix ex: <https://example.org/> .
@prefix mlr: <https://w3id.org/mlroles/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix role: <https://w3id.org/mlroles/role/> .
@prefix skill: <https://w3id.org/mlroles/skill/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
HEADER = PREFIXES.count("\n")

ONTOLOGY = """\
mlr:Role a owl:Class . mlr:Skill a owl:Class . mlr:Person a owl:Class .
mlr:requires a owl:ObjectProperty ; rdfs:domain mlr:Role ; rdfs:range mlr:Skill .
mlr:requiredBy a owl:ObjectProperty ; owl:inverseOf mlr:requires .
mlr:likes a owl:ObjectProperty . mlr:mainSkill a owl:ObjectProperty .
mlr:years a owl:DatatypeProperty .
"""

DATA = """\
role:engineer a mlr:Role ; rdfs:label "engineer"@en ; mlr:requires skill:maths .
skill:maths a mlr:Skill . skill:law a mlr:Skill .
"""


@dataclass
class House:
    """Directories ``ontology``, ``data`` and ``cache`` under ``root``, filled by the test."""

    root: Path

    def write(self, name: str, text: str, prefixes: str = PREFIXES) -> Path:
        """Write a file under the root and return its path."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(prefixes + text, encoding="utf-8")
        return path

    def furnish(self, axioms: str = "", facts: str = "") -> "House":
        """Write the small ontology and data, with what the test adds."""
        self.write("ontology/small.ttl", ONTOLOGY + axioms)
        self.write("data/facts.ttl", DATA + facts)
        return self

    def load(self, *extra: Path, progress: Callable[[str], None] | None = None) -> KnowledgeBase:
        """Load the house, and what is given besides."""
        return load(
            extra,
            cache_dir=self.root / "cache",
            progress=progress,
            ontology=self.root / "ontology",
            own_data=self.root / "data",
        )

    def problems(self, *extra: Path) -> tuple[KnowledgeError, ...]:
        """Return every problem of the house."""
        found = examine(
            extra,
            cache_dir=self.root / "cache",
            ontology=self.root / "ontology",
            own_data=self.root / "data",
        )
        return () if isinstance(found, KnowledgeBase) else found

    def refusal(self, *extra: Path) -> KnowledgeError:
        """Return the error that loading raises."""
        with pytest.raises(KnowledgeError) as caught:
            self.load(*extra)
        return caught.value

    def inferred(self, *extra: Path) -> list[str]:
        """Return the inferred triples, shortened."""
        return [shorten(line) for line in self.load(*extra).inferred.decode().splitlines()]


def shorten(line: str) -> str:
    """Return a line of N-Triples with prefixed names."""
    for declaration in PREFIXES.splitlines():
        _, prefix, namespace, _ = declaration.split()
        line = line.replace(namespace[:-1], f"<{prefix}")
    return line.replace("<", "").replace(">", "").removesuffix(" .")
