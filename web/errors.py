"""One shape for every error: a page for people, RFC 9457 problem+json under /api/."""

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException, NotAcceptable, RequestEntityTooLarge

from kb.errors import AmbiguousError, KbError
from search.engine import EngineUnavailableError
from web.service import get_service, serialize

PROBLEM_JSON = "application/problem+json"
COPIED_AS = "copied_as"  # the format that an answer was asked for in
FOR_PEOPLE = (None, "html", "pdf", "epub")
_STATUS = {"not-held": 404, "not-in-force": 404, "ambiguous": 409, "unavailable": 503, "service": 500}
_BAD_REQUEST = 422
_TITLES = {
    "not-held": "Not held",
    "not-in-force": "Not in force that day",
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
    answer = answer_problem(_STATUS.get(error.slug, _BAD_REQUEST), error.slug, _TITLES[error.slug], error)
    return come_again(answer, error.seconds) if isinstance(error, EngineUnavailableError) else answer


def _answer_http_error(error: HTTPException) -> Response:
    hint = "Begin at / for the pages, or at /api/v1/regulations for the data."
    if isinstance(error, RequestEntityTooLarge):
        most = f"{get_service().settings.upload_bytes:,}"
        hint = f"One request may have {most} bytes; send less, or raise the setting INFORCE_UPLOAD_BYTES."
    elif isinstance(error, NotAcceptable):
        hint = "Name one of them in Accept, or leave it out."
    response = answer_problem(error.code or 500, "http", error.name, KbError(error.description or error.name, hint))
    response.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")  # such as Allow
    return response


def answer_problem(status: int, slug: str, title: str, error: KbError) -> Response:
    """Return an error as problem+json under /api/ and for files of programs, else as a page; `choices` may be named instead."""
    detail, hint = error.message, error.hint
    if request.path.startswith("/api/") or g.get(COPIED_AS) not in FOR_PEOPLE:
        body = {"type": f"urn:inforce:problem:{slug}", "title": title, "status": status, "detail": detail, "next": hint}
        chosen = {"choices": list(error.choices)} if isinstance(error, AmbiguousError) and error.choices else {}
        return Response(serialize(body | chosen), status, mimetype=PROBLEM_JSON)
    page = render_template("error.html", status=status, slug=slug, title=title, detail=detail, hint=hint)
    return Response(page, status, mimetype="text/html")


def come_again(answer: Response, seconds: int) -> Response:
    """Say in an answer after how many seconds it is worth asking again."""
    answer.headers["Retry-After"] = str(seconds)
    return answer
