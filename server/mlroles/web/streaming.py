"""An answer as an HTTP response, passed on while it is made."""

from flask import Response, request

from mlroles.engine.interface import Answer
from mlroles.store.media import MediaType
from mlroles.web import identity
from mlroles.web.formats import Format
from mlroles.web.inquiry import Inquiry
from mlroles.web.services import Services


def respond(
    inquiry: Inquiry, shared: Services, chosen: Format, filename: str | None = None
) -> Response:
    """Return the answer of an inquiry in a format. Raises what the engine raises.

    It is empty where the server in front knows the answer and puts it in.
    """
    if not identity.is_known(inquiry, shared, chosen.media.name):
        answer = inquiry.run(shared.engine, chosen.media.name)
        return stream(answer, chosen.content_type, filename)
    response = Response(content_type=chosen.content_type)
    _name(response, filename)
    return response


def stream(answer: Answer, content_type: str, filename: str | None = None) -> Response:
    """Return a response that ends the answer's work when the client leaves.

    A HEAD request has the headers of a GET and stops the work at once.
    """
    if request.method == "HEAD":
        answer.close()
        response = Response(iter(()), content_type=content_type)  # of no length that we know
    else:
        content = b"".join(answer.chunks) if answer.whole else answer.chunks
        response = Response(content, content_type=content_type)
        response.call_on_close(answer.close)
    response.headers["Server-Timing"] = timing(answer)
    _name(response, filename)
    return response


def timing(answer: Answer) -> str:
    """Return the value of a Server-Timing header: milliseconds by name."""
    return ", ".join(f"{name};dur={value:.3f}" for name, value in answer.timings.items())


def filename(stem: str, media: MediaType) -> str:
    """Return what a file of the result is called."""
    return f"{stem}.{media.extension}"


def _name(response: Response, filename: str | None) -> None:
    if filename is not None:
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
