"""Query text, before any engine sees it: its tokens, form and bounds, and where it is wrong."""

from mlroles.sparql.cap import Capped, cap, uncut
from mlroles.sparql.check import CheckedQuery, Form, Limits, check, dataset
from mlroles.sparql.diagnosis import diagnose
from mlroles.sparql.tokens import Kind, Lines, Token, tokens
from mlroles.sparql.values import replace_values

__all__ = [
    "Capped",
    "CheckedQuery",
    "Form",
    "Kind",
    "Limits",
    "Lines",
    "Token",
    "cap",
    "check",
    "dataset",
    "diagnose",
    "replace_values",
    "tokens",
    "uncut",
]
