"""Two versions side by side: of one regulation, of two, or two provisions. What was answered or rendered is remembered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Flask, Response, current_app, render_template, request
from markupsafe import Markup

from kb.citation import Citation, Language
from kb.comparison import choose_version
from kb.errors import AmbiguousError
from kb.exports.comparison import ComparisonRecords, words_shown
from kb.exports.records import Record
from web.language import get_language, with_language
from web.parameters import ParameterError, read_day
from web.service import get_service, serialize

blueprint = Blueprint("compare", __name__)

EXTENSION = "inforce-compared"
REMEMBERED_ANSWERS = 64
SIDES = ("a", "b")
SHOW = ("all", "changes")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: two citations that name their Versions, in which language, and whether the changes alone."""

    old: Citation
    new: Citation
    language: Language
    changes_only: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """The citations of which a side, `a` or `b`, may mean one."""

    side: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows of a comparison: the record without its rows, and these as they are shown."""

    head: Record
    rows: Markup


@dataclass(frozen=True, slots=True)
class Remembered:
    """The latest comparisons: as JSON, and as they are shown with the links of a place and a language."""

    export: Callable[[Asked], bytes]
    render: Callable[[Asked, str], Page]


def init_app(app: Flask) -> None:
    """Remember the latest comparisons of `app`."""
    remember = lru_cache(maxsize=REMEMBERED_ANSWERS)
    app.extensions[EXTENSION] = Remembered(remember(lambda asked: serialize(_compare(asked))), remember(_render))


@blueprint.get("/compare")
def index() -> Response | str:
    """Compare what the citations `a` and `b` name, or show the form where one of them is missing."""
    given = {side: request.args.get(side, "").strip() for side in SIDES}
    if not all(given.values()):
        return _page(given)
    for side in SIDES:
        try:
            _resolve(Citation.parse(given[side]))
        except AmbiguousError as error:
            return Response(_page(given, choices=Choices(side, error.choices)), 409, mimetype="text/html")
    return _page(given, read_asked())


@blueprint.get("/r/<id_>/compare/<old>/to/<new>")
def versions(id_: str, old: str, new: str) -> str:
    """Compare two Versions of one Regulation."""
    return _page({}, _ask(Citation(id_, old), Citation(id_, new)))


def read_asked() -> Asked:
    """Return what the parameters `a` and `b` ask for; raise ParameterError where one is missing."""
    for side in SIDES:
        if not request.args.get(side, "").strip():
            raise ParameterError(side, "is missing.", "Give a citation, such as gacc-order-237 or wco-safe@2018-06.")
    return _ask(*(Citation.parse(request.args[side]) for side in SIDES))


def export_comparison(asked: Asked) -> bytes:
    """Return a comparison as the bytes of a JSON answer."""
    return _remembered().export(asked)


def _ask(old: Citation, new: Citation) -> Asked:
    show = request.args.get("show", "").strip() or "all"
    if show not in SHOW:
        raise ParameterError("show", f"{show!r} is none of: {', '.join(SHOW)}.", "Write show=changes for the changes alone.")
    return Asked(_resolve(old), _resolve(new), get_language(), show == "changes")


def _resolve(citation: Citation) -> Citation:
    """Return the citation with the Version that it means, which holds the place that it names."""
    version = choose_version(get_service().corpus, citation, read_day("on"))
    return Citation(citation.regulation, version.label, citation.anchor)


def _compare(asked: Asked) -> Record:
    service = get_service()
    records = ComparisonRecords(service.records[asked.language])
    return records.comparison(service.compare(asked.old, asked.new), asked.old, asked.new, changes_only=asked.changes_only)


def _render(asked: Asked, links: str) -> Page:  # noqa: ARG001 - the links carry on where the site is and the language
    record = _compare(asked)
    rows = record.pop("rows")
    page = render_template("compare/_rows.html", rows=rows, words_shown=words_shown)
    record["changes"] = sum(row["is_change"] for row in rows)
    return Page(record, Markup(page))  # noqa: S704 - the template has escaped what it shows


def _remembered() -> Remembered:
    remembered = current_app.extensions[EXTENSION]
    assert isinstance(remembered, Remembered)
    return remembered


def _page(given: dict[str, str], asked: Asked | None = None, choices: Choices | None = None) -> str:
    corpus = get_service().corpus
    held = [regulation for regulation in corpus.regulations.values() if regulation.versions]
    page = _remembered().render(asked, with_language("")) if asked else None
    return render_template(
        "compare/index.html",
        given={"a": str(asked.old), "b": str(asked.new)} if asked else given,
        answer=page.head if page else None,
        rows=page.rows if page else "",
        choices=choices,
        regulations=sorted(held, key=lambda one: (one.kind, one.versions[0].interval.start, one.id)),
    )
