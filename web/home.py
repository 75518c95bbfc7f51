"""The first page, and whether the service is well."""

from flask import Blueprint, Response, render_template

from kb.applicability import Question
from web.language import get_language
from web.service import get_service, serialize

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> str:
    """Show what applies today on every line, and where to ask for another day."""
    service = get_service()
    today = service.today()
    answer = service.records[get_language()].in_force_on(today, Question())
    lines = [result for result in answer["results"] if result["line"]]
    return render_template("home/index.html", today=today, results=lines, pending=answer["pending"], lines=service.corpus.lines)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the service answers, how much it holds, and whether files that changed since could not be taken up."""
    service = get_service()
    corpus = service.corpus
    left_out = sum(not problem.loads for problem in corpus.problems)
    refused = [str(problem) for problem in service.refused]
    body = {"status": "ok", "regulations": len(corpus.regulations), "files_left_out": left_out, "refused": refused}
    return Response(serialize(body), mimetype="application/json")
