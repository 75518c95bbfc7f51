"""Feeds for those who watch: everything, a regulation, a line, or a saved search, as Atom and as JSON Feed."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, render_template, request, url_for

from kb.citation import Citation
from kb.exports.address import page_path
from kb.exports.feeds import Channel, export_atom, export_json_feed, make_entries
from kb.exports.sentences import name_regulation
from kb.news import Watched, find_news
from search.query import LAST_PAGE, PAGE_SIZE, Query
from web.address import site_root
from web.language import PARAMETER, get_language
from web.search import read_query
from web.service import get_service

blueprint = Blueprint("feeds", __name__)

ATOM, JSON = "atom", "json"
MIMETYPES = {ATOM: "application/atom+xml", JSON: "application/feed+json"}
SEARCHED_PAGES = 3
_STARTED = "inforce-feeds-started"
_TITLES = {
    "all": ("Inforce: what changes", "Inforce：规定变动"),
    "of": ("Inforce: {name}", "Inforce：{name}"),
    "search": ("Inforce: search for “{name}”", "Inforce：检索“{name}”"),
}


def init_app(app: Flask) -> None:
    """Note when the corpus was read, for Last-Modified."""
    with app.app_context():
        app.extensions[_STARTED] = get_service().clock()


@blueprint.get("/feeds")
def index() -> str:
    """List the feeds."""
    corpus = get_service().corpus
    return render_template("feeds/index.html", lines=corpus.lines.values(), regulations=corpus.regulations.values())


@blueprint.get("/feeds/all.atom", defaults={"form": ATOM})
@blueprint.get("/feeds/all.json", defaults={"form": JSON})
def everything(form: str) -> Response:
    """Return the news of all that is held."""
    return _answer(form, Watched(), ("all", "all", ""), url_for("changed.index"))


@blueprint.get("/feeds/r/<id_>.atom", defaults={"form": ATOM})
@blueprint.get("/feeds/r/<id_>.json", defaults={"form": JSON})
def regulation(id_: str, form: str) -> Response:
    """Return the news of one Regulation."""
    found = get_service().corpus.regulation(id_)
    name = name_regulation(found, get_language())
    return _answer(form, Watched(regulation=id_), (f"r/{id_}", "of", name), page_path(Citation(id_)))


@blueprint.get("/feeds/lines/<id_>.atom", defaults={"form": ATOM})
@blueprint.get("/feeds/lines/<id_>.json", defaults={"form": JSON})
def line(id_: str, form: str) -> Response:
    """Return the news of one Line."""
    title = get_service().corpus.line(id_).title.text(get_language())
    return _answer(form, Watched(line=id_), (f"lines/{id_}", "of", title), url_for("lines.line", id_=id_))


@blueprint.get("/feeds/search.atom", defaults={"form": ATOM})
@blueprint.get("/feeds/search.json", defaults={"form": JSON})
def search(form: str) -> Response:
    """Return the news of the texts that a saved search finds first, among those of all times."""
    query = replace(read_query(), any_day=True)
    given = "&".join(f"{quote(key)}={quote(value)}" for key, value in sorted((("q", query.text), *query.filters)))
    page = f"{url_for('search.index')}{'&' if '?' in url_for('search.index') else '?'}{given}&on=any"
    return _answer(form, Watched(versions=_find_versions(query)), (f"search?{given}", "search", query.text), page)


def _find_versions(query: Query) -> frozenset[str]:
    """Return the names of the Versions in which the first provisions found stand."""
    found = set[str]()
    for page in range(1, min(SEARCHED_PAGES, LAST_PAGE) + 1):
        results = get_service().finder.search(replace(query, page=page))
        found |= {str(replace(hit.document.citation, anchor="", parts=())) for hit in results.hits}
        if results.total <= page * PAGE_SIZE:
            break
    return frozenset(found)


def _answer(form: str, watched: Watched, named: tuple[str, str, str], page: str) -> Response:
    """Answer with a feed, or that it has not changed; `named` are its name, the kind of its title, and what goes into it."""
    service, language = get_service(), get_language()
    name, kind, about = named
    root = site_root()
    values: dict[str, Any] = {**request.args.to_dict(flat=False), PARAMETER: language}
    address = root + url_for(request.endpoint or "", **(request.view_args or {}), **values).removeprefix(request.script_root)
    channel = Channel(
        name,
        _TITLES[kind][language == "zh"].format(name=about),
        address,
        f"{root}{page.removeprefix(request.script_root)}",
        root,
    )
    records = service.records[language]
    entries = make_entries(find_news(service.corpus, watched), records)
    export = export_atom if form == ATOM else export_json_feed
    response = Response(export(channel, entries, records, service.settings.zone), mimetype=MIMETYPES[form])
    response.add_etag()
    response.last_modified = _started()
    response.cache_control.max_age = 3600
    response.make_conditional(request)
    return response


def _started() -> datetime:
    started = current_app.extensions[_STARTED]
    assert isinstance(started, datetime)
    return started
