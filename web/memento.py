"""Memento (RFC 7089) and the links between versions (RFC 5829): a client that asks with a date gets the text of that day.

`/r/<id>` is the original resource and its own TimeGate, each Version a memento. One thing differs from the RFC:
a day on which no one text applied is answered so, and never with the text of the nearest day. A datetime is taken as the civil
day that it was in the time zone of the site.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import lru_cache

from flask import Blueprint, Flask, Response, make_response, redirect, request
from werkzeug.http import http_date, parse_date
from werkzeug.wrappers import Response as AnyResponse

from kb.citation import Citation
from kb.errors import KbError
from kb.exports.address import page_path
from kb.interval import Certainty
from kb.mementos import Memento, find_mementos
from kb.model import Regulation, Version
from kb.timeline import State
from web.address import site_root
from web.errors import answer_problem
from web.language import PARAMETER, get_language
from web.links import in_language
from web.regulations import on_day
from web.service import get_service

blueprint = Blueprint("memento", __name__)

ASKED, ANSWERED = "Accept-Datetime", "Memento-Datetime"
ORIGINAL = "regulations.regulation"
TEXT = "regulations.version"
LINK_FORMAT = "application/link-format"
REMEMBERED = 4096


def init_app(app: Flask) -> None:
    """Let the pages of `app` be asked for with a datetime, and say which texts there are before and after."""

    @lru_cache(maxsize=REMEMBERED)
    def links(_root: str, id_: str, label: str, _today: date) -> tuple[str, str | None]:
        regulation = get_service().corpus.regulation(id_)
        return _links(regulation, regulation.find(label))

    @app.before_request
    def choose() -> AnyResponse | None:
        if request.endpoint != ORIGINAL or ASKED not in request.headers:
            return None
        return _choose(str((request.view_args or {})["id_"]), request.headers[ASKED])

    @app.after_request
    def link(response: Response) -> Response:
        if request.endpoint == ORIGINAL:
            response.vary.add(ASKED)
        given = request.view_args or {}
        if request.endpoint in (ORIGINAL, TEXT) and given["id_"] in get_service().corpus.regulations:
            linked, moment = links(site_root(), given["id_"], given.get("label", ""), get_service().today())
            response.headers.add("Link", linked)
            if moment:
                response.headers[ANSWERED] = moment
        return response


@blueprint.get("/r/<id_>/timemap")
def timemap(id_: str) -> Response:
    """List the mementos of a Regulation, with the datetime of each, in the link format of RFC 6690."""
    regulation = get_service().corpus.regulation(id_)
    mementos = find_mementos(get_service().corpus.timeline(id_))
    spans = f'; from="{_written(mementos[0].day)}"; until="{_written(mementos[-1].day)}"' if mementos else ""
    own = f'<{_address(regulation.citation)}/timemap>; rel="self"; type="{LINK_FORMAT}"{spans}'
    links = (_original(regulation), own, *(_memento_link(one, mementos) for one in mementos))
    return Response(",\n".join(links) + "\n", mimetype=LINK_FORMAT)


def _choose(id_: str, asked: str) -> AnyResponse:
    """Lead to the text in force at a datetime; where there is no one such text, say so."""
    moment = parse_date(asked)
    if moment is None:
        error = KbError(f"{ASKED}: {asked!r} is not a datetime of HTTP.", "Write it as Tue, 01 May 2018 00:00:00 GMT.")
        return answer_problem(400, "bad-datetime", "Not a datetime", error)
    service = get_service()
    day = moment.astimezone(service.settings.zone).date()
    outcome = service.corpus.timeline(id_).on(day)
    if outcome.state is not State.IN_FORCE:
        return make_response(on_day(id_, day.isoformat()))
    address, language = _address(outcome.versions[0].citation), request.args.get(PARAMETER)
    return redirect(in_language(address, get_language()) if language else address)


def _links(regulation: Regulation, version: Version | None) -> tuple[str, str | None]:
    """Return the links of the page of a Regulation or a Version, and the datetime of a Version that is a memento."""
    mementos = find_mementos(get_service().corpus.timeline(regulation.id))
    own = next((one for one in mementos if version and one.version.label == version.label), None)
    shown = dict.fromkeys((mementos[0], mementos[-1], *([own] if own else []))) if mementos else ()
    links = [_original(regulation), f'<{_address(regulation.citation)}/timemap>; rel="timemap"; type="{LINK_FORMAT}"']
    links += [_memento_link(one, mementos) for one in shown]
    links += _between_versions(regulation, version) if version else ()
    return ", ".join(links), _written(own.day) if own else None


def _between_versions(regulation: Regulation, version: Version) -> Iterator[str]:
    """Yield the links of RFC 5829; the latest version is the last one that has surely begun."""
    today = get_service().today()
    in_order = regulation.in_order
    begun = [one for one in in_order if one.interval.start.reached_by(today) is Certainty.YES]
    place = in_order.index(version)
    named = {
        "predecessor-version": in_order[place - 1 : place] if place else (),
        "successor-version": in_order[place + 1 : place + 2],
        "latest-version": begun[-1:],
    }
    for relation, versions in named.items():
        yield from (f'<{_address(one.citation)}>; rel="{relation}"' for one in versions)


def _original(regulation: Regulation) -> str:
    return f'<{_address(regulation.citation)}>; rel="original timegate version-history"'


def _memento_link(memento: Memento, all_of_them: tuple[Memento, ...]) -> str:
    place = " ".join(name for name, index in (("first", 0), ("last", -1)) if all_of_them[index] == memento)
    relation = f"{place} memento".strip()
    return f'<{_address(memento.version.citation)}>; rel="{relation}"; datetime="{_written(memento.day)}"'


def _address(citation: Citation) -> str:
    return site_root() + page_path(citation)


def _written(day: date) -> str:
    """Return the datetime at which a civil day of the site began."""
    return http_date(datetime.combine(day, time.min, get_service().settings.zone).astimezone(UTC))
