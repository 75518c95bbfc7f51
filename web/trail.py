"""The trail that a request leaves: an id to name it by, one line in the log, and counts. It says nothing about the reader.

The line names the endpoint, never the address: that may hold what somebody looks for. No address of the net is written.
"""

import logging
import re
from secrets import token_hex
from time import perf_counter

from flask import Flask, Response, g, has_request_context, request

from web.metrics import Metrics, get_metrics

HEADER = "X-Request-Id"
_GIVEN = "HTTP_X_REQUEST_ID"
_LOG = logging.getLogger("inforce.requests")
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


class NamingFilter(logging.Filter):
    """Adds the id of the request to what is logged while it is answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, named."""
        if has_request_context() and "request_id" in g:
            record.request_id = g.request_id
        return True


def init_app(app: Flask) -> None:
    """Give each request to `app` an id, and note its answer."""
    metrics = get_metrics(app)

    @app.before_request
    def begin() -> None:
        given = request.environ.get(_GIVEN, "")
        g.request_id = given if _WELL_FORMED.fullmatch(given) else token_hex(16)
        g.began = perf_counter()
        metrics.running.inc()

    @app.after_request
    def end(response: Response) -> Response:
        if "began" in g:
            response.headers[HEADER] = g.request_id
            _note(metrics, response, perf_counter() - g.began)
        return response

    @app.teardown_request
    def leave(_error: BaseException | None) -> None:
        if g.pop("began", None) is not None:
            metrics.running.dec()


def _note(metrics: Metrics, response: Response, seconds: float) -> None:
    endpoint, method = request.endpoint, request.method
    metrics.note(endpoint, method, response.status_code, seconds)
    if _LOG.isEnabledFor(logging.INFO):
        facts = {
            "endpoint": endpoint or "none",
            "method": method,
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
            "bytes": response.content_length,
        }
        _LOG.info("answered", extra=facts)
