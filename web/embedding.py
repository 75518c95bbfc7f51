"""A Provision as of a day in other people's pages: a card without scripts, shown in a frame, and oEmbed that leads to it."""

from dataclasses import replace
from datetime import date
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Flask, Response, current_app, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from kb.applicability import Question
from kb.citation import Citation
from kb.errors import InvalidDateError, NotHeldError
from kb.exports.address import page_path
from kb.exports.as_of import as_of_record
from kb.exports.sentences import name_regulation, name_version
from kb.interval import parse_day
from kb.line import MAIN_TRACK
from kb.mementos import find_mementos
from kb.timeline import State
from web.address import site_root
from web.errors import COPIED_AS
from web.language import PARAMETER, get_language, with_language
from web.parameters import ParameterError
from web.service import get_service, serialize
from web.texts import build_sides

blueprint = Blueprint("embedding", __name__)

WIDTH, HEIGHT = 640, 360
CACHE_SECONDS = 3600
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors *"
_PROVISION, _ON_DAY = "regulations.provision", "regulations.provision_on_day"
_LINKED = ("regulations.regulation", "regulations.version", "regulations.on_day")


def init_app(app: Flask) -> None:
    """Let the cards of `app` stand in the frames of any page, and do nothing there."""

    @app.after_request
    def allow_frames(response: Response) -> Response:
        if request.endpoint == "embedding.card":
            response.headers["Content-Security-Policy"] = _POLICY
        return response


@blueprint.get("/r/<id_>/on/<day>/<anchor>/card")
def card(id_: str, day: str, anchor: str) -> AnyResponse:
    """Show a Provision as of a day, small; where it did not apply, that, and what did."""
    service, asked = get_service(), parse_day(day)
    regulation, outcome = service.corpus.regulation(id_), service.corpus.timeline(id_).on(asked)
    version = outcome.versions[0] if outcome.state is State.IN_FORCE else None
    part = service.corpus.provision(replace(version.citation, anchor=anchor), asked)[1] if version else None
    records = service.records[get_language()]
    as_of = as_of_record(version, part, asked, records) if version else None
    page = render_template(
        "embedding/card.html",
        regulation=regulation,
        version=version,
        day=asked,
        as_of=as_of,
        sides=build_sides(version, part, (get_language(),)) if version and part else (),
        record=records.in_force_on(asked, Question(regulation=id_))["results"][0],
        on_lines=_on_lines(id_, asked),
        page=with_language(f"{page_path(version.citation)}/{anchor}?on={day}" if version else f"/r/{id_}/on/{day}/{anchor}"),
    )
    applies = as_of and as_of["state"] != State.NOT_IN_FORCE
    return make_response(page, 200 if applies else 409 if outcome.versions and not version else 404)


@blueprint.get("/oembed")
def oembed() -> Response:
    """Say how to show the page `url` in another page, as JSON or XML (`format`)."""
    form = request.args.get("format", "json")
    if form not in ("json", "xml"):
        return Response("Formats are json and xml.\n", 501, mimetype="text/plain")
    g.setdefault(COPIED_AS, form)
    width, height = (min(most, _read_size(name)) for name, most in (("maxwidth", WIDTH), ("maxheight", HEIGHT)))
    answer = _describe(request.args.get("url", ""), width, height)
    if form == "json":
        return Response(serialize(answer), mimetype="application/json")
    return Response(_write_xml(answer), mimetype="text/xml")


def _describe(url: str, width: int, height: int) -> dict[str, Any]:
    """Return what oEmbed says of a page of the site: of a Provision a card, of other texts a link."""
    endpoint, given = _match(url)
    corpus, language = get_service().corpus, get_language()
    common = {"version": "1.0", "provider_name": "Inforce", "provider_url": f"{site_root()}/", "cache_age": CACHE_SECONDS}
    regulation = corpus.regulation(given["id_"])
    if endpoint in _LINKED:
        return {**common, "type": "link", "title": name_regulation(regulation, language)}
    citation = Citation(given["id_"], given.get("label", ""), given["anchor"])
    day = parse_day(given["day"]) if "day" in given else _day_of(citation, url)
    version, part = corpus.provision(citation.at(""), day)
    title = f"{part.text(language).heading} · {name_version(corpus, version, language)}, {day}"
    source = f"{site_root()}/r/{given['id_']}/on/{day}/{part.anchor}/card?{PARAMETER}={language}"
    frame = (
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="{width}" height="{height}" '
        'style="border:0" sandbox="allow-top-navigation-by-user-activation allow-popups" loading="lazy"></iframe>'
    )
    return {**common, "type": "rich", "title": title, "html": frame, "width": width, "height": height}


def _match(url: str) -> tuple[str, dict[str, str]]:
    """Return the endpoint of a page of a text on this site, and what its address names; raise NotHeldError for any other."""
    roots = (site_root(), request.url_root.rstrip("/"))
    path = next((urlsplit(url.removeprefix(root)).path for root in roots if url.startswith(f"{root}/")), None)
    try:
        endpoint, given = current_app.url_map.bind("").match(path) if path else ("", {})
    except HTTPException:
        endpoint, given = "", {}
    if endpoint not in (_PROVISION, _ON_DAY, *_LINKED):
        message = f"{url!r} is no page of a text on this site."
        raise NotHeldError(message, f"Give url as {site_root()}/r/gacc-order-237/on/2019-06-01/art-12, with its marks encoded.")
    return str(endpoint), {name: str(value) for name, value in given.items()}


def _day_of(citation: Citation, url: str) -> date:
    """Return the day that an address of a Provision of a Version means: the reader's, today, or the first it was in force."""
    service = get_service()
    chosen = parse_qs(urlsplit(url).query).get("on", [""])[0]
    if chosen:
        try:
            return parse_day(chosen)
        except InvalidDateError as error:
            raise ParameterError("url", error.message, error.hint) from error
    version, today = service.corpus.version(citation), service.today()
    timeline = service.corpus.timeline(citation.regulation)
    now = timeline.on(today)
    if now.state is State.IN_FORCE and now.versions == (version,):
        return today
    first = next((one.day for one in find_mementos(timeline) if one.version == version), None)
    if first is None:
        message = f"On no day is {citation} for certain the one text in force."
        raise NotHeldError(message, f"Give url as {site_root()}/r/{citation.regulation}/on/<day>/{citation.anchor}.")
    return first


def _on_lines(id_: str, day: date) -> list[dict[str, Any]]:
    """Return what applied on a day to the Lines that a Regulation stands on."""
    service = get_service()
    records = service.records[get_language()]
    lines = [line for line in service.corpus.lines_of(id_) if len(line.members) > 1]
    found = (record for line in lines for record in records.in_force_on(day, Question(line=line.id))["results"])
    return [record for record in found if record["track"] == MAIN_TRACK]


def _read_size(name: str) -> int:
    text = request.args.get(name, "").strip() or str(WIDTH)
    if text.isascii() and text.isdecimal() and int(text[:9]) > 0:
        return int(text[:9])
    raise ParameterError(name, f"{text!r} is not a number of pixels.", "Write a whole number above zero.")


def _write_xml(answer: dict[str, Any]) -> bytes:
    root = Element("oembed")
    for name, value in answer.items():
        SubElement(root, name).text = str(value)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
