"""The citations of a pasted text or a file: whether each was in force on the text's own day, and is today."""

from flask import Blueprint, render_template, request

from kb.dating import Clues, find_own_day
from kb.exports.cited import checked_record
from kb.exports.records import Record
from kb.importer.bounds import check_text
from kb.importer.foreign import Foreign
from kb.importer.text_of import READERS, read_text_of
from kb.verdict import Verdict
from web.language import get_language
from web.parameters import ParameterError, read_day
from web.service import get_service

blueprint = Blueprint("check", __name__)

MOST_CITATIONS = 5_000  # of which an answer tells some 3 kB each

_JSON = "application/json"
_ENDINGS = {"text/markdown": ".md", "text/html": ".html"}
_KEYS = ("text", "dated", "on", "name")


@blueprint.get("/check")
def index() -> str:
    """Show the form."""
    return _page(None, {})


@blueprint.post("/check")
def check() -> str:
    """Show what the citations of the text given are worth."""
    request.max_form_memory_size = get_service().settings.upload_bytes
    return _page(answer_check(dict(request.form)), dict(request.form))


def _page(answer: Record | None, given: dict[str, str]) -> str:
    return render_template(
        "check/index.html",
        answer=answer,
        given=given,
        endings=",".join(READERS),
        verdicts=list(Verdict),
        today=get_service().today(),
    )


def answer_check(values: dict[str, str]) -> Record:
    """Return the citations of what the request gives: a file, or the text in `values`, with its day and the other one."""
    service = get_service()
    name, foreign = _read_given(values)
    made = foreign.made.astimezone(service.settings.zone).date() if foreign.made else None
    own = find_own_day(foreign.body, Clues(read_day("dated", values), foreign.front, made))
    on = read_day("on", values) or service.today()
    findings = service.linter.check(foreign.text, own.day, on)
    if len(findings) > MOST_CITATIONS:
        raise ParameterError(
            "text", f"it has {len(findings):,} citations; the most is {MOST_CITATIONS:,}.", "Cut it into parts."
        )
    return {"name": name, **checked_record(foreign.text, findings, (own, on), service.records[get_language()])}


def read_values() -> dict[str, str]:
    """Return the values of an API request: a JSON object, a form, or a text as the body beside the address's parameters."""
    request.max_form_memory_size = get_service().settings.upload_bytes
    if request.mimetype == _JSON:
        return {**request.args, **_read_json(request.get_json(force=True, silent=True))}
    if request.form or request.files:
        return {**request.args, **request.form}
    ending = _ENDINGS.get(request.mimetype, ".txt")
    foreign = read_text_of(f"body{ending}", request.get_data())
    return {**request.args, "text": foreign.text, **({"front": foreign.front} if foreign.front else {})}


def _read_json(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise ParameterError("body", "a JSON object of texts was expected.", 'Send {"text": "…", "dated": "2022-03-01"}.')
    unknown = [key for key in value if key not in _KEYS]
    if unknown:
        raise ParameterError(unknown[0], "is not a key here.", f"Keys are {', '.join(_KEYS)}.")
    return value


def _read_given(values: dict[str, str]) -> tuple[str | None, Foreign]:
    """Return the name and the text of the file given, else the text pasted; raise ParameterError where there is neither."""
    file, text = request.files.get("file"), values.get("text", "")
    if file and file.filename:
        return file.filename, read_text_of(file.filename, file.read())
    if not text.strip():
        raise ParameterError("text", "there is nothing to check.", "Paste a text, or give a file.")
    return values.get("name") or None, Foreign(check_text(text.replace("\r\n", "\n")), front=values.get("front", ""))
