"""The saved queries that have an answer about one thing, to be offered on its page."""

import threading
from collections import OrderedDict
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass

from mlroles.engine.interface import Engine
from mlroles.errors import MlrolesError
from mlroles.rows import read_solutions
from mlroles.saved import Bound, Catalogue, Choices, Mention, bind, mentions, titles
from mlroles.store import QueryRequest

_KEPT = 2_000  # things whose questions are kept
_PATIENCE = 1.0  # seconds that one query may take
_SIZE = 1 << 20  # bytes of its first row
_TSV = "text/tab-separated-values"


@dataclass(frozen=True)
class Question:
    """A saved query as it asks about a thing; ``general`` if its title does not name the thing."""

    name: str
    title: str
    parameters: dict[str, str]
    general: bool


class Questions:
    """Which questions have rows, asked once for each thing of one dataset."""

    def __init__(self, engine: Engine, catalogue: Catalogue, choices: Choices) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._choices = choices
        self._known: OrderedDict[str, tuple[Question, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, iri: str, classes: Collection[str]) -> tuple[Question, ...]:
        """Return the questions about a thing of ``classes`` that have at least one row.

        One that takes too long to be tried is among them, and the page is kept by nobody then.
        """
        from mlroles.web import headers  # noqa: PLC0415 - which asks the services that hold this

        with self._lock:
            if iri in self._known:
                self._known.move_to_end(iri)
                return self._known[iri]
        sure, found = True, []
        for mention in mentions(self._catalogue, iri, classes):
            try:
                question = self._question(mention)
            except MlrolesError:
                sure, question = False, _told(mention)
            if question is not None:
                found.append(question)
        if sure:
            self._keep(iri, tuple(found))
        else:
            headers.keep_none()
        return tuple(found)

    def _question(self, mention: Mention) -> Question | None:
        given = {name: [value] for name, value in mention.parameters.items()}
        bound = bind(mention.query, given, self._choices)
        return _told(mention, titles.of(bound, self._choices)) if self._answers(bound) else None

    def _answers(self, bound: Bound) -> bool:
        with closing(self._engine.run(QueryRequest(bound.text, _TSV), _PATIENCE)) as answer:
            return bool(read_solutions(answer.chunks, 1, _SIZE).rows)

    def _keep(self, iri: str, found: tuple[Question, ...]) -> None:
        with self._lock:
            self._known[iri] = found
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)


def _told(mention: Mention, title: str | None = None) -> Question:
    query = mention.query
    named = any(f"{{{name}}}" in query.question for name in mention.parameters)
    general = bool(mention.parameters) and not named
    return Question(query.name, title or query.summary, mention.parameters, general)
