"""An engine in this process over a small graph, for quick tests of what stands in front of it."""

import io
from collections.abc import Callable, Iterator

from mlroles.engine.departure import Departure
from mlroles.engine.interface import Answer, Engine
from mlroles.store import QueryRequest
from mlroles.store.oxigraph import OxigraphStore

#: Gets a page as a browser does.
Get = Callable[..., str]

MLR = "https://w3id.org/mlroles/ontology#"
ROLE = "https://w3id.org/mlroles/role/"
SKILL = "https://w3id.org/mlroles/skill/"
_A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_SKILLS = ("machine-learning", "mathematics", "statistics", "software-engineering")

ASSERTED = "\n".join(
    [
        *(
            f"<{ROLE}{name}> {_A} <{MLR}Role> .\n<{ROLE}{name}> {_LABEL} {label}@en ."
            for name, label in (
                ("ml-engineer", '"ML engineer"'),
                ("data-analyst", '"Data analyst"'),
                ("data-scientist", '"Data scientist"'),
                ("hostile", '"<script>alert(1)</script>"'),
            )
        ),
        *(
            f"<{SKILL}{name}> {_A} <{MLR}Skill> .\n"
            f'<{SKILL}{name}> {_LABEL} "{name.replace("-", " ")}"@en .'
            for name in _SKILLS
        ),
        f"<{ROLE}ml-engineer> <{MLR}requiresSkill> <{SKILL}statistics> .",
        f"<{ROLE}ml-engineer> <{MLR}requiresSkill> <{SKILL}software-engineering> .",
        "<http://example.org/a> <http://example.org/p> <javascript:alert(1)> .",
        '<http://example.org/a> <http://example.org/p> "<img src=x onerror=alert(1)>" .',
        '<http://example.org/a> <http://example.org/p> <http://example.org/"> .'.replace(
            '"', "%22"
        ),
        "",
    ]
).encode()
INFERRED = f"<{ROLE}ml-engineer> <{MLR}requiresSkill> <{SKILL}mathematics> .\n".encode()


class LocalEngine(Engine):
    """Runs queries here and now, and remembers them and whether their answers were closed."""

    def __init__(self) -> None:
        self.store = OxigraphStore.from_ntriples(ASSERTED, INFERRED)
        self.requests: list[QueryRequest] = []
        self.timeouts: list[float | None] = []
        self.open = 0

    def run(
        self,
        request: QueryRequest,
        timeout: float | None = None,
        departure: Departure | None = None,  # noqa: ARG002 - nobody leaves here
    ) -> Answer:
        """Return the whole answer in pieces."""
        self.requests.append(request)
        self.timeouts.append(timeout)
        out = io.BytesIO()
        self.store.query(request, out)
        self.open += 1
        return Answer(request.media_type, _Chunks(self, out.getvalue()), {"query": 1.5})

    def close(self) -> None:
        """Have nothing to end."""


class _Chunks:
    """Pieces of 64 bytes."""

    def __init__(self, engine: LocalEngine, content: bytes) -> None:
        self._engine = engine
        self._pieces = iter([content[n : n + 64] for n in range(0, len(content), 64)])
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._engine.open -= 1
