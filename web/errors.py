"""One shape for every error: a page for people, RFC 9457 problem+json under /api/."""

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from kb.errors import (
    AmbiguousError,
    InvalidChoiceError,
    InvalidCitationError,
    InvalidCourseError,
    InvalidDateError,
    KbError,
    NotHeldError,
)
from kb.exports.copies.pdf import PdfUnavailableError
from kb.exports.spreadsheet import RowsError
from kb.importer.bounds import UnreadableError
from search.engine import EngineUnavailableError
from search.query import InvalidQueryError
from web.parameters import ParameterError
from web.service import get_service, serialize

PROBLEM_JSON = "application/problem+json"
COPIED_AS = "copied_as"  # the format that an answer was asked for in
FOR_PEOPLE = (None, "html", "pdf", "epub")
_STATUS: tuple[tuple[type[KbError], int, str], ...] = (
    (NotHeldError, 404, "not-held"),
    (AmbiguousError, 409, "ambiguous"),
    (ParameterError, 422, "bad-parameter"),
    (InvalidChoiceError, 422, "bad-parameter"),
    (RowsError, 422, "bad-parameter"),
    (InvalidDateError, 422, "bad-date"),
    (InvalidCitationError, 422, "bad-citation"),
    (InvalidQueryError, 422, "bad-query"),
    (UnreadableError, 422, "unreadable"),
    (InvalidCourseError, 422, "bad-course"),
    (EngineUnavailableError, 503, "unavailable"),
    (PdfUnavailableError, 503, "unavailable"),
    (KbError, 500, "service"),
)
_TITLES = {
    "not-held": "Not held",
    "ambiguous": "More than one answer",
    "bad-parameter": "A parameter cannot be used",
    "bad-date": "Not a date",
    "bad-citation": "Not a citation",
    "bad-query": "The query cannot be used",
    "unreadable": "The file cannot be read",
    "bad-course": "Not a course",
    "unavailable": "Not answering for now",
    "service": "The service cannot answer",
}


def init_app(app: Flask) -> None:
    """Answer every error of `app` in the one shape."""
    app.register_error_handler(KbError, _answer_kb_error)
    app.register_error_handler(HTTPException, _answer_http_error)


def _answer_kb_error(error: KbError) -> Response:
    status, slug = next((status, slug) for kind, status, slug in _STATUS if isinstance(error, kind))
    answer = answer_problem(status, slug, _TITLES[slug], error)
    if isinstance(error, EngineUnavailableError):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def _answer_http_error(error: HTTPException) -> Response:
    hint = "Begin at / for the pages, or at /api/v1/regulations for the data."
    if isinstance(error, RequestEntityTooLarge):
        most = f"{get_service().settings.upload_bytes:,}"
        hint = f"One request may have {most} bytes; send less, or raise the setting INFORCE_UPLOAD_BYTES."
    return answer_problem(error.code or 500, "http", error.name, KbError(error.description or error.name, hint))


def answer_problem(status: int, slug: str, title: str, error: KbError) -> Response:
    """Return an error as problem+json under /api/ and for files of programs, else as a page; `choices` may be named instead."""
    detail, hint = error.message, error.hint
    if request.path.startswith("/api/") or g.get(COPIED_AS) not in FOR_PEOPLE:
        body = {"type": f"urn:inforce:problem:{slug}", "title": title, "status": status, "detail": detail, "next": hint}
        chosen = {"choices": list(error.choices)} if isinstance(error, AmbiguousError) and error.choices else {}
        return Response(serialize(body | chosen), status, mimetype=PROBLEM_JSON)
    page = render_template("error.html", status=status, slug=slug, title=title, detail=detail, hint=hint)
    return Response(page, status, mimetype="text/html")
