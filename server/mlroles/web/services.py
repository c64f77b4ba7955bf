"""What the views share: settings, the engine, the saved queries and the facts of the graph."""

import threading
from dataclasses import dataclass, field

from flask import current_app

from mlroles import sparql
from mlroles.config import Settings
from mlroles.engine.interface import Engine
from mlroles.saved import Catalogue, Choices
from mlroles.web import facts
from mlroles.web.facts import Facts

_KEY = "mlroles"


@dataclass
class Services:
    """One for each application; :func:`services` gives the current one's."""

    settings: Settings
    engine: Engine
    catalogue: Catalogue
    choices: Choices = field(init=False)
    limits: sparql.Limits = field(init=False)

    def __post_init__(self) -> None:
        self.choices = Choices(self.engine)
        self.limits = sparql.Limits(
            self.settings.max_query, self.settings.max_depth, self.settings.max_chain
        )
        self._facts: Facts | None = None
        self._lock = threading.Lock()

    @property
    def facts(self) -> Facts:
        """The facts of the graph, counted once. Raises what the engine raises."""
        with self._lock:
            if self._facts is None:
                self._facts = facts.gather(self.engine)
            return self._facts

    def graphs(self) -> tuple[str, ...]:
        """Return the names of the named graphs. Raises what the engine raises."""
        return self.facts.graphs


def services() -> Services:
    """Return the services of the application that handles this request."""
    shared: Services = current_app.extensions[_KEY]
    return shared
