"""The Lines: instruments that succeeded each other on one subject, and what happened at each boundary."""

from flask import Blueprint, render_template

from kb.exports.chart import Viewed
from kb.exports.lines import line_record, line_summary
from kb.exports.records import Record
from kb.exports.timeline import draw_line
from web.language import get_language
from web.parameters import read_day
from web.service import get_service

blueprint = Blueprint("lines", __name__)


@blueprint.get("/lines")
def index() -> str:
    """List the Lines."""
    return render_template("lines/index.html", lines=[answer_line(id_) for id_ in get_service().corpus.lines])


@blueprint.get("/lines/<id_>")
def line(id_: str) -> str:
    """Show a Line: its timeline, its members, what happened at each boundary, and what is pending."""
    service = get_service()
    today, on, records = service.today(), read_day("on"), service.records[get_language()]
    found = service.corpus.line(id_)
    return render_template(
        "lines/line.html",
        line=answer_line(id_),
        chart=draw_line(found, records, Viewed(today, on)),
        on=on,
        today=today,
    )


def answer_lines() -> Record:
    """Return the list of the Lines."""
    service = get_service()
    records = service.records[get_language()]
    return {"lines": [line_summary(line, records) for line in service.corpus.lines.values()]}


def answer_line(id_: str) -> Record:
    """Return one Line as of the day of the request, by default today; raise NotHeldError where it is not held."""
    service = get_service()
    return line_record(service.corpus.line(id_), service.records[get_language()], read_day("on") or service.today())
