"""Questions in words, and their answers: on a page, many at once, and as a slip for a case file."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from flask import Blueprint, Response, render_template, request

from kb.citation import Language
from kb.exports.evidence import evidence_record, export_markdown
from kb.exports.questions import answer_questions, export_answers, parse_questions
from kb.exports.records import Record
from kb.exports.respondent import make_question
from kb.exports.spreadsheet import Row, check_count
from kb.model import LANGUAGES
from qa.answer import Answer
from qa.question import InvalidQuestionError
from web.parameters import ParameterError, read_day, read_pasted
from web.service import get_service

blueprint = Blueprint("ask", __name__)


@blueprint.get("/ask")
def index() -> str:
    """Show the form, and the answer to what was asked."""
    service = get_service()
    if not request.args.get("question", "").strip():
        return render_template("ask/index.html", answer=None, today=service.today())
    answer = service.respondent.record(_asked_on_page())
    return render_template("ask/index.html", answer=answer, today=service.today(), **_parts(answer))


@blueprint.get("/ask/evidence")
def evidence() -> str:
    """Show the slip of an answer, to be printed or kept."""
    return render_template("ask/evidence.html", slip=_slip())


@blueprint.get("/ask/evidence.md")
def evidence_markdown() -> Response:
    """Return the slip of an answer as Markdown."""
    headers = {"Content-Disposition": 'inline; filename="evidence.md"'}
    return Response(export_markdown(_slip()), mimetype="text/markdown", headers=headers)


@blueprint.get("/ask/batch")
def batch_form() -> str:
    """Show the form for many questions at once."""
    service = get_service()
    return render_template("ask/batch.html", today=service.today(), most=service.settings.batch_questions)


@blueprint.post("/ask/batch")
def batch() -> Response:
    """Answer a pasted or uploaded CSV of questions with the same CSV and the answers."""
    rows = parse_questions(read_pasted(), "file")
    body = export_answers(rows, answer_batch(rows, "file", _page_language()))
    headers = {"Content-Disposition": 'attachment; filename="answers.csv"'}
    return Response("\ufeff" + body, mimetype="text/csv", headers=headers)


def answer_batch(rows: Sequence[Row], where: str, language: Language | None) -> Iterator[Record]:
    """Return the answers to rows of questions; raise RowsError where they are too many."""
    service = get_service()
    check_count(rows, service.settings.batch_questions, where)
    return answer_questions(service.respondent, rows, service.today(), language)


def read_answer(values: Mapping[str, str]) -> Answer:
    """Return the answer to `question` on the day `on` in the language `lang`; raise ParameterError for a bad one of them."""
    return _answer(values, read_language(values))


def read_language(values: Mapping[str, str]) -> Language | None:
    """Return the language that `lang` gives, None where it is absent; raise ParameterError for another."""
    chosen = values.get("lang", "")
    if chosen and chosen not in LANGUAGES:
        raise ParameterError("lang", f"{chosen!r} is not a language here.", f"Languages are {', '.join(LANGUAGES)}.")
    return _known(chosen)


def _answer(values: Mapping[str, str], language: Language | None) -> Answer:
    service, on = get_service(), read_day("on", values)
    try:
        question = make_question(values.get("question", ""), service.today(), on)
    except InvalidQuestionError as error:
        raise ParameterError("question", error.message, error.hint) from error
    return service.respondent.answer(question, language)


def _asked_on_page() -> Answer:
    return _answer(request.args, _page_language())


def _page_language() -> Language | None:
    """Return the language that the visitor chose; a page takes no other amiss."""
    return _known(request.args.get("lang", ""))


def _known(chosen: str) -> Language | None:
    return next((language for language in LANGUAGES if language == chosen), None)


def _slip() -> Record:
    answer, service = _asked_on_page(), get_service()
    return evidence_record(answer, service.records[answer.language])


def _parts(answer: Record) -> dict[str, object]:
    """Part the entries of an answer by what they are, the rules by provision, and put the times in order."""
    entries = answer["answer"]
    rules = [list(group) for _, group in groupby((e for e in entries if e["kind"] == "rule"), lambda e: e["citation"])]
    own = [{**rules[0][0], "is_own": True}] if rules and answer["differs"] else []
    return {
        "dated": [entry for entry in entries if entry["kind"] in ("applied", "date")],
        "rules": rules,
        "changes": [entry for entry in entries if entry["kind"] == "change"],
        "transitions": [entry for entry in entries if entry["kind"] == "transition"],
        "cases": [entry for entry in entries if entry["kind"] == "case"],
        "times": sorted([*own, *answer["differs"]], key=lambda time: time["interval"]["from"]),
    }
