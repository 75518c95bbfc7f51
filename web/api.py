"""The JSON API under /api/v1/."""

from datetime import date

from flask import Blueprint, Response, request

from kb.citation import Citation
from kb.exports.cited_by import cited_by_records
from kb.exports.copies.copy import Wanted
from kb.exports.copies.markdown import export_markdown
from kb.exports.found import results_record
from kb.exports.jsonld import Place
from kb.exports.questions import export_answers, parse_question_list, parse_questions
from kb.exports.spreadsheet import check_count
from kb.model import Provision, Version
from web.address import site_root
from web.ask import answer_batch, read_answer, read_language
from web.batch import answer_rows, export_csv, parse_csv, parse_json
from web.caching import keep_closed
from web.changed import answer_changed
from web.check import answer_check
from web.check import read_values as read_text_values
from web.compare import export_comparison, read_asked
from web.crosswalk import answer_crosswalk
from web.history import tell
from web.language import get_language
from web.lines import answer_line, answer_lines
from web.negotiation import JSON, MARKDOWN, choose_media
from web.obligations import answer_differences, answer_obligations
from web.parameters import read_body, read_day, read_question, read_span, read_values
from web.search import read_query
from web.service import get_service, serialize

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

CSV = "text/csv"


@blueprint.get("/in-force")
def in_force() -> Response:
    """Say which rules applied on a day (`on`, default today) or over a span (`from`, `to`)."""
    service, question = get_service(), read_question()
    span = read_span()
    if span:
        return _answer(service.records[get_language()].in_force_over(*span, question))
    day = read_day("on") or service.today()
    return Response(service.answer_in_force(day, question, get_language()), mimetype=JSON)


@blueprint.post("/in-force")
def in_force_batch() -> Response:
    """Answer every row of a JSON list or a CSV; CSV comes back as CSV."""
    service = get_service()
    default = {key: request.args[key] for key in ("line", "regulation", "known_on") if key in request.args}
    is_csv = request.mimetype == CSV
    rows = parse_csv(read_body(), "body") if is_csv else parse_json(request.get_json(force=True, silent=True))
    check_count(rows, service.settings.batch_rows, "body")
    answers = answer_rows(service, rows, get_language(), default)
    if is_csv:
        return Response(export_csv(rows, answers), mimetype=CSV)
    return _answer(answers)


@blueprint.post("/citations/check")
def check_citations() -> Response:
    """Say of each citation of a text whether it was in force on the text's own day, and on another (`on`, default today)."""
    return _answer(answer_check(read_text_values()))


@blueprint.get("/changed")
def changed() -> Response:
    """Say what changed from `from` to `to`, both included, by default in the last 365 days."""
    return _answer(answer_changed())


@blueprint.get("/lines")
def lines() -> Response:
    """List every Line with its members."""
    return _answer(answer_lines())


@blueprint.get("/lines/<id_>")
def line(id_: str) -> Response:
    """Return one Line: its members with their state on a day (`on`, default today), its boundaries and Transitions."""
    return _answer(answer_line(id_))


@blueprint.get("/regulations")
def regulations() -> Response:
    """List every Regulation with its Versions."""
    service = get_service()
    records = service.records[get_language()]
    return _answer({"regulations": [records.regulation(one) for one in service.corpus.regulations.values()]})


@blueprint.get("/regulations/<id_>")
def regulation(id_: str) -> Response:
    """Return one Regulation with its Versions and relations."""
    service = get_service()
    records = service.records[get_language()]
    cited_by = cited_by_records(service.backlinks.to_regulation(id_, read_day("on")), records)
    return _answer({**records.regulation(service.corpus.regulation(id_)), "cited_by": cited_by})


@blueprint.get("/regulations/<id_>/versions/<label>")
def version(id_: str, label: str) -> Response:
    """Return one Version with its provisions."""
    service = get_service()
    found = service.corpus.version(Citation(id_, label))
    if choose_media((JSON, MARKDOWN)) == MARKDOWN:
        return keep_closed(_copy(found, None, None), found)
    return keep_closed(_answer(service.records[get_language()].full_version(found)), found)


@blueprint.get("/provisions/<id_>/<anchor>")
def provision(id_: str, anchor: str) -> Response:
    """Return one Provision as of a day (`on`, default today)."""
    service = get_service()
    day = read_day("on") or service.today()
    found, part = service.corpus.provision(Citation(id_, "", anchor), day)
    if choose_media((JSON, MARKDOWN)) == MARKDOWN:
        return _copy(found, part, day)
    records = service.records[get_language()]
    cited_by = cited_by_records(service.backlinks.to_provision(found.cite(anchor), day), records)
    history = service.teller.short(found.cite(anchor), records)
    named = {"on": day.isoformat(), "version": records.version(found)}
    return _answer({**named, **records.provision(found, part), "cited_by": cited_by, "history": history})


@blueprint.get("/history/<id_>/<anchor>")
def history(id_: str, anchor: str) -> Response:
    """Return the history of a Provision: its texts, the steps between them, what was not researched."""
    return _answer(tell(Citation(id_, "", anchor)))


@blueprint.get("/search")
def search() -> Response:
    """Return what was found for `q` among what was in force on a day (`on`, default today; `any` for all times)."""
    service = get_service()
    return _answer(results_record(service.finder.search(read_query()), get_language(), service.corpus))


@blueprint.get("/crosswalk")
def crosswalk() -> Response:
    """Return what answered to the elements of a framework on a day (`on`, default today), and what has no counterpart."""
    return _answer(answer_crosswalk())


@blueprint.get("/obligations")
def obligations() -> Response:
    """Return what an enterprise (`actor`, `level`) must, may and must not do on a day (`on`, default today)."""
    return _answer(answer_obligations())


@blueprint.get("/obligations/compare")
def obligation_changes() -> Response:
    """Return what is different for an enterprise on another day (`to`) or at another level (`to_level`)."""
    return _answer(answer_differences())


@blueprint.route("/ask", methods=["GET", "POST"])
def ask() -> Response:
    """Answer a question (`question`) for the days that it means, or for a day (`on`), in its language or another (`lang`)."""
    respondent = get_service().respondent
    return _answer(respondent.record(read_answer(read_values())))


@blueprint.post("/ask/batch")
def ask_batch() -> Response:
    """Answer every question of a JSON list or a CSV; CSV comes back as CSV."""
    is_csv = request.mimetype == CSV
    rows = (
        parse_questions(read_body(), "body")
        if is_csv
        else parse_question_list(request.get_json(force=True, silent=True), "body")
    )
    answers = answer_batch(rows, "body", read_language(request.args))
    return Response(export_answers(rows, answers), mimetype=CSV) if is_csv else _answer(list(answers))


@blueprint.get("/compare")
def compare() -> Response:
    """Compare what the citations `a` and `b` name, provision by provision and word by word."""
    return Response(export_comparison(read_asked()), mimetype=JSON)


def _copy(version: Version, provision: Provision | None, day: date | None) -> Response:
    """Return a text as Markdown; `day` is the one that it was asked for."""
    wanted = Wanted(version, provision, Place(site_root(), day), get_service().records[get_language()])
    return Response(export_markdown(wanted), mimetype=MARKDOWN)


def _answer(record: object) -> Response:
    return Response(serialize(record), mimetype=JSON)
