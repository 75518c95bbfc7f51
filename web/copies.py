"""Texts in other formats than pages: by the ending of the address, or by what the request accepts.

A day on which the rule did not apply is answered so in every format; none ever gives the text of another day in its place.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from threading import Lock

from cachetools import LRUCache
from flask import Blueprint, Flask, Response, current_app, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kb.citation import Citation, Language
from kb.errors import KbError, NotHeldError
from kb.exports.address import page_path
from kb.exports.copies.archive import find_files, find_sources, stream_zip
from kb.exports.copies.copy import Wanted
from kb.exports.copies.formats import FORMATS, Format, formats_of
from kb.exports.jsonld import Place
from kb.exports.language_tag import tag_of
from kb.interval import parse_day
from web.address import site_root
from web.errors import COPIED_AS, answer_problem, come_again
from web.language import get_language, with_language
from web.parameters import read_day
from web.service import get_service

blueprint = Blueprint("copies", __name__)

PAGE = "html"
HTML = "text/html"
REMEMBERED_BYTES = 64_000_000
PATIENCE = 60.0  # seconds that a request waits for those before it where a format takes long to write
_EXTENSION = "inforce-copies"

Key = tuple[str, str, str, Language, date | None]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Copies already made, by what was asked; `busy` lets one at a time be written of those that take long."""

    copies: LRUCache[Key, bytes]
    busy: Lock
    lock: Lock


def init_app(app: Flask) -> None:
    """Let the texts of `app` be had in every format that a request accepts."""
    app.extensions[_EXTENSION] = Shelf(LRUCache(REMEMBERED_BYTES, getsizeof=len), Lock(), Lock())
    views: dict[str, Callable[..., AnyResponse]] = {
        "regulations.version": version,
        "regulations.provision": provision,
        "regulations.on_day": on_day,
        "regulations.provision_on_day": provision_on_day,
    }

    @app.before_request
    def negotiate() -> AnyResponse | None:
        form = accepted_form() if request.endpoint in views else PAGE
        return None if form == PAGE else views[request.endpoint or ""](form=form, **(request.view_args or {}))

    @app.after_request
    def say_what_it_varies_with(response: Response) -> Response:
        if request.endpoint in views:
            response.vary.add("Accept")
        return response


def accepted_form() -> str:
    """Return the ending of the format that the request likes best; of equals the one it names, or a page."""
    types = {HTML: PAGE, **{one.media_type: one.ending for one in reversed(FORMATS.values())}}
    accepted = request.accept_mimetypes
    named = {value.lower().partition(";")[0] for value, _ in accepted}
    return types[max(types, key=lambda kind: (accepted.quality(kind), kind in named, kind == HTML))]


@blueprint.get("/r/<id_>/<label>.<form>")
def version(id_: str, label: str, form: str) -> AnyResponse:
    """Hand out a Version in a format."""
    label, chosen = read_form(label, form)
    found = get_service().corpus.version(Citation(id_, label))
    return _hand_out(Citation(id_, found.label), chosen)


@blueprint.get("/r/<id_>/<label>/<anchor>.<form>")
def provision(id_: str, label: str, anchor: str, form: str) -> AnyResponse:
    """Hand out one Provision in a format."""
    anchor, chosen = read_form(anchor, form)
    return _hand_out(Citation(id_, label, anchor), chosen)


@blueprint.get("/r/<id_>/on/<day>.<form>")
def on_day(id_: str, day: str, form: str) -> AnyResponse:
    """Lead to a format of the text in force on a day; where there is no one such text, say so, with the choices."""
    day, chosen = read_form(day, form)
    found = get_service().corpus.version_on(Citation(id_), parse_day(day))
    return _lead(found.citation, day, chosen)


@blueprint.get("/r/<id_>/on/<day>/<anchor>.<form>")
def provision_on_day(id_: str, day: str, anchor: str, form: str) -> AnyResponse:
    """Lead to a format of a Provision as of a day; where it did not apply, say so."""
    anchor, chosen = read_form(anchor, form)
    found, part = get_service().corpus.provision(Citation(id_, "", anchor), parse_day(day))
    return _lead(replace(found.citation, anchor=part.anchor), day, chosen)


@blueprint.get("/download")
def download() -> Response:
    """Hand out everything held as one zip, written while it is sent."""
    service, root = get_service(), site_root()
    files = chain(find_sources(service.settings.corpus), find_files(service.records, root))
    response = Response(stream_zip(files, root), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename="inforce.zip")
    return response


def read_form(name: str, form: str) -> tuple[str, str]:
    """Return a name without its ending, and the ending, which may have a dot in it; raise NotHeldError for an unknown one."""
    name, _, ending = f"{name}.{form}".partition(".")
    if ending not in (PAGE, *FORMATS):
        message = f"There is no format {ending!r}."
        raise NotHeldError(message, f"Formats are {', '.join((PAGE, *FORMATS))}.")
    g.setdefault(COPIED_AS, ending)
    return name, ending


def _lead(citation: Citation, day: str, form: str) -> AnyResponse:
    ending = "" if form == PAGE else f".{form}"
    return redirect(with_language(f"{page_path(citation)}{ending}?on={day}"))


def _hand_out(citation: Citation, form: str) -> AnyResponse:
    """Answer with a copy in a format, in the language of the request."""
    if form == PAGE:
        return redirect(with_language(page_path(citation)))
    service, day, language, chosen = get_service(), read_day("on"), get_language(), FORMATS[form]
    if chosen not in formats_of(citation):
        message = f"There is no {chosen.name} of one provision."
        raise NotHeldError(message, f"Take the whole text: {page_path(citation).rpartition('/')[0]}.{form}.")
    found, part = service.corpus.version(citation), None
    if citation.anchor:
        found, part = service.corpus.provision(citation, service.today())
    wanted = Wanted(found, part, Place(site_root(), day), service.records[language])
    content = _make(chosen, wanted, (site_root(), str(citation), form, language, day))
    return _answer(content, chosen, wanted) if content else _busy()


def _make(form: Format, wanted: Wanted, key: Key) -> bytes | None:
    """Return the copy, made before or now; None where those asked for earlier take too long."""
    shelf: Shelf = current_app.extensions[_EXTENSION]
    with shelf.lock:
        made = shelf.copies.get(key)
    if made:
        return made
    if form.is_slow and not shelf.busy.acquire(timeout=PATIENCE):
        return None
    try:
        made = form.export(wanted)
    finally:
        if form.is_slow:
            shelf.busy.release()
    with shelf.lock:
        if len(made) <= shelf.copies.maxsize:
            shelf.copies[key] = made
    return made


def _answer(content: bytes, form: Format, wanted: Wanted) -> Response:
    response = Response(content, mimetype=form.media_type)
    name = f"{wanted.citation}.{wanted.language}.{form.ending}".replace("#", ".")
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.headers["Content-Language"] = tag_of(wanted.language)
    return response


def _busy() -> AnyResponse:
    error = KbError("Other copies are being written.", "Ask again in a minute.")
    return come_again(answer_problem(503, "busy", "Busy", error), int(PATIENCE))
