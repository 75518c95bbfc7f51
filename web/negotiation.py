"""The media type that a client asks for by Accept, of those that an address offers."""

from collections.abc import Sequence

from flask import Response, after_this_request, request
from werkzeug.exceptions import NotAcceptable

HTML = "text/html"
JSON = "application/json"
MARKDOWN = "text/markdown"


def choose_media(offers: Sequence[str]) -> str:
    """Return what the client likes best of `offers`, by default the first; raise NotAcceptable where none will do."""
    if len(offers) > 1:
        after_this_request(_vary)
    chosen = request.accept_mimetypes.best_match(offers) if request.accept_mimetypes else offers[0]
    if chosen is None:
        raise NotAcceptable(f"This address answers in {' or '.join(offers)}, and Accept names neither.")
    return chosen


def _vary(response: Response) -> Response:
    response.vary.add("Accept")
    return response
