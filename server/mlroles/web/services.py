"""What the views share: settings, the engine, the saved queries and the facts of the graph."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
from flask import current_app, request

from mlroles import sparql, vocab
from mlroles.config import Settings
from mlroles.engine.interface import Engine
from mlroles.knowledge import sources
from mlroles.knowledge.description import describe
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.parts import published
from mlroles.knowledge.places import Places
from mlroles.knowledge.reference import Reference, refer
from mlroles.saved import Catalogue, Choices
from mlroles.web import contents, facts, names
from mlroles.web.facts import Facts
from mlroles.web.once import Once
from mlroles.web.questions import Questions
from mlroles.web.verification import Verification

if TYPE_CHECKING:
    from mlroles.knowledge.explanation import Explainer

#: Where a request's WSGI environment has its services.
KEY = "mlroles.services"
#: Triples that are held in this process as well, where they answer in microseconds.
_HELD = 50_000


@dataclass
class Services:
    """One for each dataset that is served; :func:`services` gives this request's.

    ``parts`` are the files that are published on their own. Raises KnowledgeError.
    """

    settings: Settings
    engine: Engine
    catalogue: Catalogue
    choices: Choices = field(init=False)
    limits: sparql.Limits = field(init=False)
    verification: Verification = field(init=False)
    questions: Questions = field(init=False)
    parts: Mapping[str, Graphs] = field(init=False)

    def __post_init__(self) -> None:
        self.choices = Choices(self.engine)
        self.limits = sparql.Limits(
            self.settings.max_query, self.settings.max_depth, self.settings.max_chain
        )
        self.verification = Verification(self.engine, self.catalogue, self.choices, self.limits)
        self.questions = Questions(self.engine, self.catalogue, self.choices)
        self._facts = Once(lambda: facts.gather(self.engine))
        self._description = Once(lambda: describe(partial(contents.select, self.engine)))
        self._reference = Once(lambda: refer(contents.ours(self.engine)))
        self.parts = published()
        self._names = Once(lambda: names.gather(self.engine))
        self._explainer = Once(self._explain)

    @property
    def facts(self) -> Facts:
        """The facts of the graph, counted once. Raises what the engine raises."""
        return self._facts.get()

    @property
    def description(self) -> list[ox.Triple]:
        """The description of the dataset, made once. Raises what the engine raises."""
        return self._description.get()

    @property
    def reference(self) -> Reference:
        """The ontology told to people, gathered once. Raises what the engine raises."""
        return self._reference.get()

    @property
    def explainer(self) -> "Explainer":
        """What explains triples, made once. Raises what the engine raises."""
        return self._explainer.get()

    @property
    def names(self) -> tuple[str, ...]:
        """What follows our base in the IRIs of things, asked once. Raises what the engine raises."""
        return self._names.get()

    def _explain(self) -> "Explainer":
        """Return what explains triples: of a small dataset here, of a large one by asking for it."""
        from mlroles.knowledge.explanation import Explainer  # noqa: PLC0415 - brings rdflib, late
        from mlroles.knowledge.reasoning.known import Asked, Held  # noqa: PLC0415 - as above

        if self.facts.total <= _HELD:
            graphs = contents.everything(self.engine)
            return Explainer(graphs[vocab.ASSERTED], Held(graphs), self._places)
        known = Asked(partial(contents.select, self.engine))
        return Explainer(contents.ontology(self.engine), known, self._places)

    def _places(self) -> Places:
        return Places.of(source.path for source in sources.find(self.settings.data))

    def graphs(self) -> tuple[str, ...]:
        """Return the names of the named graphs. Raises what the engine raises."""
        return self.facts.graphs


def services() -> Services:
    """Return the services that this request began with."""
    held: Services | None = request.environ.get(KEY)
    if held is None:  # no server in front that holds them, as in tests
        held = request.environ[KEY] = current_app.extensions["mlroles"].current.services
    return held
