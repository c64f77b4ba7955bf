"""No more rows than the setting ``max_rows`` allows, and never fewer than there are unsaid."""

from contextlib import closing
from dataclasses import replace

from flask import g

from mlroles import sparql
from mlroles.web.inquiry import Inquiry
from mlroles.web.services import Services

_BEYOND = "text/tab-separated-values"


def apply(inquiry: Inquiry, shared: Services) -> Inquiry:
    """Return the inquiry to put to the engine: cut if it has more rows, which the answer then says.

    Whether it has is asked first, as the header stands before the rows. Raises what the engine
    raises.
    """
    most = shared.settings.max_rows
    if not most or inquiry.checked.form is not sparql.Form.SELECT:
        return inquiry
    capped = sparql.cap(inquiry.checked.text, most)
    if capped is None or not _has_rows(_with(inquiry, capped.next), shared):
        return inquiry
    g.row_limit = most
    return _with(inquiry, capped.first)


def _with(inquiry: Inquiry, text: str) -> Inquiry:
    return replace(inquiry, checked=replace(inquiry.checked, text=text))


def _has_rows(inquiry: Inquiry, shared: Services) -> bool:
    with closing(inquiry.run(shared.engine, _BEYOND)) as answer:
        return b"".join(answer.chunks).count(b"\n") > 1
