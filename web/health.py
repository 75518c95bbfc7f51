"""What a supervisor, a balancer and a monitor ask: whether it lives, whether it can answer, and what it counts."""

from flask import Blueprint, Response, current_app

from kb.exports.records import Record
from search.query import Query
from web.language import get_language
from web.metrics import get_metrics
from web.service import get_service, serialize

blueprint = Blueprint("health", __name__)

JSON = "application/json"
METRICS = "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the service lives, how much it holds, and whether files that changed since could not be taken up."""
    service = get_service()
    left_out = sum(not problem.loads for problem in service.corpus.problems)
    refused = [str(problem) for problem in service.refused]
    held = len(service.corpus.regulations)
    return _answer({"status": "ok", "regulations": held, "files_left_out": left_out, "refused": refused})


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say that it can answer: it holds something, and search answers; raise EngineUnavailableError where it does not."""
    service = get_service()
    service.finder.search(Query(text="customs", on=service.today(), language=get_language()))
    if not service.corpus.regulations:
        return Response(serialize({"status": "empty"}), 503, {"Retry-After": "10"}, mimetype=JSON)
    return _answer({"status": "ready"})


@blueprint.get("/metrics")
def metrics() -> Response:
    """Return the counts of all workers."""
    return Response(get_metrics(current_app).export(), content_type=METRICS)


def _answer(body: Record) -> Response:
    return Response(serialize(body), headers={"Cache-Control": "no-store"}, mimetype=JSON)
