"""The register of obligations: what an enterprise must, may and must not do on a day, and what is different on another."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request

from kb.corpus import Corpus
from kb.errors import InvalidChoiceError
from kb.exports.records import Record
from kb.exports.register_calendar import Calendar
from kb.exports.register_csv import export_csv
from kb.exports.register_ical import export_ical
from kb.exports.register_record import choices_record, differences_record, register_record
from kb.exports.register_words import describe_concerned, name_level
from kb.exports.register_xlsx import export_xlsx
from kb.lineage import Lineage
from kb.register import Concerned, Register, Registry, levels_on
from kb.register_changes import RowChange, compare_registers
from web.language import get_language
from web.parameters import ParameterError, read_day
from web.service import get_service

blueprint = Blueprint("obligations", __name__)

EXTENSION = "inforce-obligations"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CALENDAR_NOTE = (
    "Days known exactly, of rules that concern you; re-certification only with certified=. Restatements, not legal advice.",
    "仅含确切可知的日期；重新认证须以certified=给出认证之日。内容为转述，不是法律意见。",
)


@dataclass(frozen=True, slots=True)
class Obligations:
    """The rows of the corpus and what became of its provisions, each found when it is first asked for."""

    registry: Callable[[], Registry]
    lineage: Callable[[], Lineage]

    @classmethod
    def of(cls, corpus: Corpus) -> "Obligations":
        """Return those of a corpus."""
        return cls(lru_cache(maxsize=1)(lambda: Registry(corpus)), lru_cache(maxsize=1)(lambda: Lineage(corpus)))


def init_app(app: Flask) -> None:
    """Let the views of `app` find the register; the service must have been given to it before."""
    with app.app_context():
        app.extensions[EXTENSION] = Obligations.of(get_service().corpus)


@blueprint.get("/obligations")
def index() -> Response:
    """Show the register for the enterprise and the day of the form; a level of another day is said on the form."""
    try:
        answer, fault = answer_obligations(), None
    except InvalidChoiceError as error:
        answer, fault = None, error
    page = render_template("obligations/index.html", answer=answer, fault=fault, **_form(), gather=gather)
    return make_response(page, 422 if fault else 200)


@blueprint.get("/obligations/compare")
def compare() -> Response:
    """Show what is different on another day or at another level."""
    try:
        answer, fault = answer_differences(), None
    except InvalidChoiceError as error:
        answer, fault = None, error
    kinds = [change for change in RowChange if change is not RowChange.SAME]
    page = render_template("obligations/compare.html", answer=answer, fault=fault, **_form(), kinds=kinds)
    return make_response(page, 422 if fault else 200)


@blueprint.get("/obligations.csv")
def as_csv() -> Response:
    """Return the register as CSV."""
    answer = answer_obligations()
    return _download(export_csv(answer, get_language()), "text/csv; charset=utf-8", answer, "csv")


@blueprint.get("/obligations.xlsx")
def as_xlsx() -> Response:
    """Return the register as a workbook."""
    answer = answer_obligations()
    return _download(export_xlsx(answer, get_language()), XLSX, answer, "xlsx")


@blueprint.get("/obligations.ics")
def as_ical() -> Response:
    """Return the days of all times that concern an enterprise (`actor`, `level`, `certified`), as a calendar."""
    service, language, concerned = get_service(), get_language(), _read_concerned("level")
    rows = _held().registry().ever(concerned)
    entries = Calendar(service.corpus, language).entries(rows, read_day("certified"))
    title = f"Inforce: {describe_concerned(concerned, service.corpus.vocabulary, language)}"
    content = export_ical(entries, title, CALENDAR_NOTE[language == "zh"], request.url_root)
    return Response(content, mimetype="text/calendar")


def answer_obligations() -> Record:
    """Return the register that the request asks for."""
    return register_record(_read_register("on", "level"), get_service().records[get_language()])


def answer_differences() -> Record:
    """Return what is different between the register of `on` and `level` and that of `to` and `to_level`."""
    if not {"to", "to_level"} & set(request.args):
        raise ParameterError("to", "is missing.", "Give another day as to, another level as to_level, or both.")
    before = _read_register("on", "level")
    after = _read_register("to" if request.args.get("to", "").strip() else "on", "to_level")
    found = compare_registers(before, after, _held().lineage())
    return differences_record((before, after), found, get_service().records[get_language()])


def gather(rows: list[Record]) -> list[tuple[Record, list[Record]]]:
    """Return rows that stand beside each other and have their provision, beginning and marks in common, led by the first."""
    shared = ("citation", "lead", "state", "status", "level_names")
    grouped = (list(members) for _, members in groupby(rows, lambda row: [row[key] for key in shared]))
    return [(members[0], members) for members in grouped]


def _read_register(day_name: str, level_name: str) -> Register:
    day = read_day(day_name) or get_service().today()
    return _naming(level_name, lambda: _held().registry().on(day, _read_concerned(level_name)))


def _naming(level_name: str, ask: Callable[[], Register]) -> Register:
    """Return what is asked; a level that cannot be is named after the parameter that gave it."""
    try:
        return ask()
    except InvalidChoiceError as error:
        if error.name == "level" and level_name != "level":
            raise InvalidChoiceError(level_name, error.fault, error.hint) from error
        raise


def _read_concerned(level_name: str) -> Concerned:
    level = request.args.get(level_name, "" if level_name == "level" else request.args.get("level", ""))
    return Concerned(request.args.get("actor", "").strip(), level.strip())


def _form() -> dict[str, object]:
    """Return what the form offers: the kinds of enterprises, and the levels of its days."""
    service, language = get_service(), get_language()
    today = service.today().isoformat()
    on = request.args.get("on", "").strip() or today
    to = request.args.get("to", "").strip() or on
    return {
        "actors": choices_record(service.records[language]),
        "on": on,
        "to": to,
        "levels": _levels("on", service.corpus),
        "to_levels": _levels("to", service.corpus) or _levels("on", service.corpus),
        "asked": {name: request.args.get(name, "").strip() for name in ("actor", "level", "to_level")},
    }


def _levels(day_name: str, corpus: Corpus) -> list[Record]:
    service = get_service()
    day = read_day(day_name) or service.today()
    return [{"id": one, "name": name_level(one, corpus.vocabulary, get_language())} for one in levels_on(corpus, day)]


def _download(content: bytes, kind: str, answer: Record, ending: str) -> Response:
    parts = ("obligations", answer["actor"], answer["level"], answer["on"])
    name = "-".join(part for part in parts if part)
    return Response(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'})


def _held() -> Obligations:
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Obligations)
    return found
