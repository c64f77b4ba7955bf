"""Which answer an answer will be, told before it is made: one that is known need not be made again."""

from collections.abc import Callable
from hashlib import blake2b

from flask import request

from mlroles import __version__
from mlroles.sparql import Form
from mlroles.web.inquiry import Inquiry
from mlroles.web.services import Services

#: Where a request's WSGI environment has its claim, if a server in front keeps answers.
KEY = "mlroles.claim"

#: Found where a query may make blank nodes, whose names differ each time, and elsewhere too.
_TEMPLATE_MARKS = ("_:", "[", "(")
_PART = "\0"


class Claim:
    """What a view states of the answer that it is about to make.

    ``recall`` returns whether the answer of a name is known in front; then none needs to be made.
    """

    def __init__(self, recall: Callable[[str], bool]) -> None:
        self.name = ""
        self.known = False
        self._recall = recall

    def state(self, name: str) -> bool:
        """Note the answer's name; return whether it is known."""
        self.name = name
        self.known = self._recall(name)
        return self.known


def is_known(inquiry: Inquiry, shared: Services, media_type: str) -> bool:
    """State which answer this request has; return whether the server in front knows it."""
    claim: Claim | None = request.environ.get(KEY)
    name = None if claim is None else of(inquiry, shared, media_type)
    return claim is not None and name is not None and claim.state(name)


def of(inquiry: Inquiry, shared: Services, media_type: str) -> str | None:
    """Return the name that the same bytes have, whoever asks for them; None if they may differ."""
    checked, engine = inquiry.checked, shared.engine
    if not engine.steady or not engine.digest or checked.volatile or _makes_nodes(inquiry):
        return None
    parts = (
        *(__version__, engine.digest, media_type, checked.text),
        *("default", *inquiry.default_graphs, "named", *inquiry.named_graphs),
    )
    return blake2b(_PART.join(parts).encode(), digest_size=12).hexdigest()


def _makes_nodes(inquiry: Inquiry) -> bool:
    text = inquiry.checked.text
    constructs = inquiry.checked.form is Form.CONSTRUCT
    return "BNODE" in text.upper() or (constructs and any(it in text for it in _TEMPLATE_MARKS))
