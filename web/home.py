"""The first page."""

from flask import Blueprint, render_template

from kb.applicability import Question
from web.language import get_language
from web.service import get_service

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> str:
    """Show what applies today on every line, and where to ask for another day."""
    service = get_service()
    today = service.today()
    answer = service.records[get_language()].in_force_on(today, Question())
    lines = [result for result in answer["results"] if result["line"]]
    return render_template("home/index.html", today=today, results=lines, pending=answer["pending"], lines=service.corpus.lines)
