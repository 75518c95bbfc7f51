"""The history of an article: every text it had, and what happened to it at each boundary."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from kb.citation import Citation
from kb.errors import NotHeldError
from kb.exports.address import history_path
from kb.exports.history import arrange
from kb.exports.records import Record
from kb.line import Line
from web.language import get_language, with_language
from web.parameters import read_day
from web.service import get_service

blueprint = Blueprint("history", __name__)


@blueprint.get("/lines/<line>/article/<id_>/<anchor>")
def in_line(line: str, id_: str, anchor: str) -> str:
    """Show the history of an article through the instruments of its Line; `on` marks what applied that day."""
    found = get_service().corpus.line(line)
    if id_ not in {member.regulation for member in found.members}:
        message = f"{id_} is not a member of the line {line}."
        raise NotHeldError(message, f"Its members are {', '.join(member.regulation for member in found.members)}.")
    return _page(Citation(id_, "", anchor), found)


@blueprint.get("/r/<id_>/history/<anchor>")
def alone(id_: str, anchor: str) -> str | Response:
    """Show the history of a provision of a Regulation outside any Line; lead to the Line's page where it is in one."""
    corpus, cited, on = get_service().corpus, Citation(id_, "", anchor), read_day("on")
    if corpus.lines_of(id_):
        return redirect(with_language(history_path(corpus, cited) + (f"?on={on}" if on else "")))
    return _page(cited)


def tell(citation: Citation) -> Record:
    """Return the history of a Provision with its states on the day of the request, by default today."""
    service = get_service()
    return service.teller.history(citation, service.records[get_language()], read_day("on") or service.today())


def _page(citation: Citation, line: Line | None = None) -> str:
    service, record = get_service(), tell(citation)
    return render_template(
        "history/index.html",
        record=record,
        course=arrange(record),
        line=line,
        regulation=service.corpus.regulation(citation.regulation),
        on=read_day("on"),
        today=service.today(),
    )
