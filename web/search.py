"""A reader's words to the provisions in force that day."""

from flask import Blueprint, Response, render_template, request

from kb.exports.found import results_record
from search.query import FIELDS, LONGEST_TEXT, Order, Query, check_languages
from web.language import get_language
from web.parameters import ParameterError, read_day
from web.service import get_service, serialize

blueprint = Blueprint("search", __name__)
ANY_DAY = "any"
LONGEST_NUMBER = 9  # Python refuses to read very long ones


@blueprint.get("/search")
def index() -> str:
    """Show the form, and what was found for it."""
    service = get_service()
    found = None
    if request.args.get("q", "").strip():
        found = results_record(service.finder.search(read_query()), get_language(), service.corpus)
    chosen = {field: request.args.getlist(field) for field in FIELDS}
    return render_template("search/index.html", found=found, chosen=chosen, lines=service.corpus.lines, today=service.today())


@blueprint.get("/search/suggestions")
def suggestions() -> Response:
    """Return phrases that go on from `q`, in the form that browsers know: the text, and a list of completions."""
    service = get_service()
    text = request.args.get("q", "")[:LONGEST_TEXT]
    found = service.finder.suggest(text, get_language(), read_day("on") or service.today())
    return Response(serialize([text, found]), mimetype="application/x-suggestions+json")


def read_query() -> Query:
    """Return the query that the request's parameters give; raise ParameterError or InvalidQueryError for a bad one."""
    given = request.args
    any_day = given.get("on", "") == ANY_DAY
    day = None if any_day else read_day("on", given)
    page = given.get("page", "1")
    if not (page.isascii() and page.isdecimal() and len(page) <= LONGEST_NUMBER):
        raise ParameterError("page", f"{page[:LONGEST_NUMBER]!r} is not a page.", "Pages are counted from 1.")
    filters = [(field, value) for field in FIELDS if field in given for value in given.getlist(field) if value]
    service = get_service()
    check_languages(filters, service.corpus)
    return Query(
        text=given.get("q", ""),
        on=day or service.today(),
        language=get_language(),
        any_day=any_day,
        filters=tuple(filters),
        page=int(page),
        order=_read_order(),
    )


def _read_order() -> Order:
    text = request.args.get("order") or Order.RELEVANCE
    try:
        return Order(text)
    except ValueError as error:
        raise ParameterError("order", f"{text!r} is no order.", f"Orders are {', '.join(Order)}.") from error
