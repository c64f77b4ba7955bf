"""What the graph holds, in numbers."""

from contextlib import closing
from dataclasses import dataclass

from mlroles import vocab
from mlroles.engine.interface import Engine
from mlroles.rows import read_solutions
from mlroles.store import QueryRequest
from mlroles.terms import Iri, Literal

_CLASSES = ("Role", "Skill", "Responsibility", "Statement")
_MEMBERS = f"""SELECT ?class (COUNT(DISTINCT ?it) AS ?n)
WHERE {{ VALUES ?class {{ {" ".join(f"<{vocab.MLR}{name}>" for name in _CLASSES)} }}
  ?it a ?class }}
GROUP BY ?class"""
_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_TOTAL = "SELECT ('' AS ?none) (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_ROWS = 10_000
_SIZE = 4 << 20


@dataclass(frozen=True)
class Facts:
    """Counts of individuals and of triples, and the named graphs' names, sorted."""

    roles: int
    skills: int
    responsibilities: int
    statements: int
    asserted: int
    inferred: int
    total: int
    graphs: tuple[str, ...]


def gather(engine: Engine) -> Facts:
    """Return the facts, counted by queries. Raises what the engine raises."""
    members = _counts(engine, _MEMBERS)
    graphs = _counts(engine, _GRAPHS) if engine.sizes is None else dict(engine.sizes)
    total = graphs.pop("", None)
    roles, skills, responsibilities, statements = (
        members.get(f"{vocab.MLR}{name}", 0) for name in _CLASSES
    )
    return Facts(
        roles=roles,
        skills=skills,
        responsibilities=responsibilities,
        statements=statements,
        asserted=graphs.get(vocab.ASSERTED, 0),
        inferred=graphs.get(vocab.INFERRED, 0),
        total=sum(_counts(engine, _TOTAL).values()) if total is None else total,
        graphs=tuple(sorted(graphs)),
    )


def _counts(engine: Engine, text: str) -> dict[str, int]:
    with closing(engine.run(QueryRequest(text, "text/tab-separated-values"))) as answer:
        rows = read_solutions(answer.chunks, _ROWS, _SIZE).rows
    return {
        key.value if isinstance(key, Iri) else "": int(number.value)
        for key, number in rows
        if isinstance(number, Literal)
    }
