"""How much of what costs is done at once: beyond it the answer is 503 with Retry-After, never a long wait.

Searches, comparisons, questions and batches are what costs. A worker answers a few of them at once, lets twice as many wait for
a moment, and refuses the rest, so that its other threads stay free for what costs little.
"""

from threading import BoundedSemaphore

from flask import Flask, Response, g, request

from kb.errors import KbError
from web.errors import answer_problem, come_again
from web.service import get_service

HEAVY = frozenset(
    {
        "search.index", "search.suggestions", "feeds.search", "compare.index", "compare.versions", "check.check",
        "ask.index", "ask.batch", "ask.evidence", "ask.evidence_markdown", "obligations.compare", "courses.index",
        "courses.edit", "courses.check", "in_force.batch", "api.search", "api.compare", "api.ask", "api.ask_batch",
        "api.check_citations", "api.in_force_batch", "api.obligation_changes", "copies.download", "mcp.answer",
    }
)  # fmt: skip
WAITING_FOR_EACH = 2
LONGEST_WAIT = 2.0
PAUSE = 2  # seconds after which a reader may come again


def init_app(app: Flask) -> None:
    """Let as many heavy requests of `app` be answered at once as the settings say, and a few wait."""
    with app.app_context():
        most = get_service().settings.heavy_requests
    running, admitted = BoundedSemaphore(most), BoundedSemaphore(most * (1 + WAITING_FOR_EACH))

    @app.before_request
    def enter() -> Response | None:
        if request.endpoint not in HEAVY:
            return None
        if not admitted.acquire(blocking=False):
            return _refuse()
        if not running.acquire(timeout=LONGEST_WAIT):
            admitted.release()
            return _refuse()
        g.runs = True
        return None

    @app.teardown_request
    def leave(_error: BaseException | None) -> None:
        if g.pop("runs", False):
            running.release()
            admitted.release()


def _refuse() -> Response:
    error = KbError("More is being asked of the service than it answers at once.", f"Ask again after {PAUSE} seconds.")
    return come_again(answer_problem(503, "busy", "Too much at once", error), PAUSE)
