"""What a client may keep: every answer has an ETag and is asked for again, but the text of a version that is over.

What is asked for again is answered 304 where it has not changed. Anyone's page may read what is answered here: there are no
accounts, and no cookie of ours says anything about a reader.
"""

from flask import Flask, Response, request

from kb.interval import Certainty
from kb.model import Version
from web.service import get_service

CLOSED_SECONDS = 86_400  # so long a correction may take to reach a client that keeps the text of a version that is over
ASK_AGAIN = "no-cache"
_READING = ("GET", "HEAD")
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE")
_CORS = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept-Datetime, Content-Type, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
_READABLE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Memento-Datetime, Retry-After",
}


def init_app(app: Flask) -> None:
    """Say of every answer of `app` how long it may be kept; to be called first, so that it has the last word."""

    @app.after_request
    def say(response: Response) -> Response:
        if request.method in _READING:
            _allow_reading(response)
            if "Cache-Control" not in response.headers:
                response.headers.add("Cache-Control", ASK_AGAIN)
            if response.status_code == 200 and not response.is_streamed and not response.direct_passthrough:
                response.add_etag()
                environ = request.environ
                if any(condition in environ for condition in _CONDITIONS):
                    response.make_conditional(request)
                    response.headers.remove("Date")  # which the server gives to every answer
        elif request.method == "OPTIONS":
            _allow_reading(response)
            response.headers.extend(_CORS)
        return response


def keep_closed(response: Response, version: Version) -> Response:
    """Let the text of a Version that is surely over be kept without asking; the address must name the Version."""
    end = version.interval.end
    if end and end.reached_by(get_service().today()) is Certainty.YES:
        response.cache_control.public = True
        response.cache_control.max_age = CLOSED_SECONDS
        response.cache_control.immutable = True
    return response


def _allow_reading(response: Response) -> None:
    response.headers.extend(_READABLE)
