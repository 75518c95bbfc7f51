"""What changed over a span of days."""

from datetime import timedelta

from flask import Blueprint, render_template

from kb.changes import Span, find_changed
from kb.exports.changed import changed_record
from kb.exports.records import Record
from web.language import get_language
from web.parameters import ParameterError, read_question, read_span
from web.service import get_service

blueprint = Blueprint("changed", __name__)

LATELY = timedelta(days=365)


@blueprint.get("/changed")
def index() -> str:
    """Show what changed over the span that the form gives, else lately."""
    service = get_service()
    answer = answer_changed()
    sure = [change for change in answer["changes"] if change["certain"]]
    by_day = {day: [change for change in sure if change["day"] == day] for day in dict.fromkeys(c["day"] for c in sure)}
    unsure = [change for change in answer["changes"] if not change["certain"]]
    return render_template(
        "changed/index.html",
        answer=answer,
        by_day=by_day,
        may_have=[change for change in unsure if change["day_known"]],
        day_unknown=[change for change in unsure if not change["day_known"]],
        lines=service.corpus.lines,
    )


def answer_changed() -> Record:
    """Return what changed over the span of the request, by default the last 365 days up to today."""
    service, question = get_service(), read_question()
    if question.known_on:
        raise ParameterError("known_on", "is not read here.", "Leave it out; ask for what was in force by the books of a day.")
    today = service.today()
    span = Span(*(read_span() or (today - LATELY, today)))
    changed = find_changed(service.corpus, span, line=question.line, regulation=question.regulation)
    narrowed = {"line": question.line or None, "regulation": question.regulation or None}
    return {**changed_record(changed, service.records[get_language()]), **narrowed}
