"""Which rules applied: on one day, over a span, and for a batch."""

from flask import Blueprint, Response, render_template, request

from kb.exports.records import Record
from kb.exports.spreadsheet import check_count
from kb.timeline import State
from web.batch import answer_rows, export_csv, parse_csv
from web.language import get_language
from web.parameters import read_day, read_pasted, read_question, read_span
from web.service import get_service

blueprint = Blueprint("in_force", __name__)


@blueprint.get("/in-force")
def index() -> str:
    """Answer for the day or the span that the form gives, else for today."""
    service, question = get_service(), read_question()
    records = service.records[get_language()]
    span = read_span()
    shown = {"question": question, "lines": service.corpus.lines, "today": service.today()}
    if span:
        answer = records.in_force_over(*span, question)
        return render_template("in_force/span.html", answer=answer, groups=_by_subject(answer), mode="span", **shown)
    day = read_day("on") or service.today()
    answer = records.in_force_on(day, question)
    return render_template("in_force/day.html", answer=answer, day=day, **_parts(answer), mode="day", **shown)


@blueprint.get("/in-force/batch")
def batch_form() -> str:
    """Show the form for many days at once."""
    service = get_service()
    return render_template("in_force/batch.html", mode="batch", lines=service.corpus.lines, today=service.today())


@blueprint.post("/in-force/batch")
def batch() -> Response:
    """Answer a pasted or uploaded CSV with the same CSV and what applied."""
    service = get_service()
    rows = parse_csv(read_pasted(), "file")
    check_count(rows, service.settings.batch_rows, "file")
    default = {"line": request.form.get("line", "")}
    body = export_csv(rows, answer_rows(service, rows, get_language(), default))
    headers = {"Content-Disposition": 'attachment; filename="in-force.csv"'}
    return Response("\ufeff" + body, mimetype="text/csv", headers=headers)


def _parts(answer: Record) -> dict[str, list[Record]]:
    """Part the results into lines, other rules in force, and rules of which it is not certain."""
    others = [result for result in answer["results"] if not result["line"]]
    unsure = (State.UNCERTAIN, State.AMBIGUOUS)
    return {
        "on_lines": [result for result in answer["results"] if result["line"]],
        "others": [result for result in others if result["state"] not in unsure],
        "unsure": [result for result in others if result["state"] in unsure],
    }


def _by_subject(answer: Record) -> list[list[Record]]:
    groups: dict[tuple[str | None, ...], list[Record]] = {}
    for result in answer["results"]:
        subject = (result["line"], result["track"]) if result["line"] else (result["regulation"],)
        groups.setdefault(subject, []).append(result)
    return list(groups.values())
