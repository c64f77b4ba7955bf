"""Saved queries: read from ``queries/*.rq``, their parameters checked and bound as terms."""

from mlroles.saved.binding import Bound, bind
from mlroles.saved.catalogue import Catalogue
from mlroles.saved.choices import Choice, Choices
from mlroles.saved.mentions import Mention, mentions
from mlroles.saved.parameter import Parameter
from mlroles.saved.query import AUDIENCES, SavedQuery

__all__ = [
    "AUDIENCES",
    "Bound",
    "Catalogue",
    "Choice",
    "Choices",
    "Mention",
    "Parameter",
    "SavedQuery",
    "bind",
    "mentions",
]
