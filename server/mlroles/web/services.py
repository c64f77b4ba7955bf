"""What the views share: settings, the engine, the saved queries and the facts of the graph."""

from dataclasses import dataclass
from functools import cached_property

from flask import current_app

from mlroles import sparql
from mlroles.config import Settings
from mlroles.engine.interface import Engine

_KEY = "mlroles"


@dataclass
class Services:
    """One for each application; :func:`services` gives the current one's."""

    settings: Settings
    engine: Engine

    @cached_property
    def limits(self) -> sparql.Limits:
        """The bounds of a query's text."""
        settings = self.settings
        return sparql.Limits(settings.max_query, settings.max_depth, settings.max_chain)


def services() -> Services:
    """Return the services of the application that handles this request."""
    shared: Services = current_app.extensions[_KEY]
    return shared
