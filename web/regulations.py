"""Regulations, their Versions and Provisions, to read."""

from collections import Counter
from datetime import date
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kb.applicability import Question
from kb.citation import Citation
from kb.comparison import find_before
from kb.exports.address import page_path
from kb.exports.as_of import as_of_record, sequence_records, state_on
from kb.exports.chart import Viewed
from kb.exports.cited_by import cited_by_records
from kb.exports.citing import Access, citing_record
from kb.exports.copies.formats import formats_of
from kb.exports.jsonld import Place, describe_regulation, describe_text
from kb.exports.records import correction_record, source_record
from kb.exports.timeline import draw_regulation
from kb.interval import parse_day
from kb.kinds import RegulationKind
from kb.line import MAIN_TRACK
from kb.model import Provision, Regulation, Status, Version
from kb.timeline import State
from web.address import site_root
from web.language import get_language, get_text_languages, with_language
from web.parameters import read_day
from web.service import get_service
from web.texts import build_sides, render_text

blueprint = Blueprint("regulations", __name__)


@blueprint.get("/regulations")
def index() -> str:
    """List what is held, by kind, with its state today."""
    service = get_service()
    today = service.today()
    in_order = sorted(service.corpus.regulations.values(), key=_first_day)
    by_kind = {kind: [one for one in in_order if one.kind is kind] for kind in RegulationKind}
    states = {id_: service.corpus.timeline(id_).on(today).state for id_ in service.corpus.regulations}
    return render_template("regulations/index.html", by_kind=by_kind, states=states, today=today)


@blueprint.get("/r/<id_>")
def regulation(id_: str) -> str:
    """Show a Regulation: its Versions in order, its relations, and the note for its reader."""
    service = get_service()
    found = service.corpus.regulation(id_)
    today, records = service.today(), service.records[get_language()]
    return render_template(
        "regulations/regulation.html",
        regulation=found,
        chart=draw_regulation(found, records, Viewed(today, read_day("on"))) if found.versions else None,
        outcome=service.corpus.timeline(id_).on(today),
        states={version.label: state_on(service.corpus, version, today) for version in found.versions},
        compare_with=_with_the_one_before(*found.versions),
        lines=service.corpus.lines_of(id_),
        crosswalks=[one for one in service.corpus.crosswalks.values() if one.framework == id_],
        left_out=service.corpus.left_out([id_]),
        cited_by=cited_by_records(service.backlinks.to_regulation(id_, read_day("on")), records),
        on=read_day("on"),
        today=today,
        linked_data=describe_regulation(found, Place(site_root(), today), service.corpus),
    )


@blueprint.get("/r/<id_>/on")
def choose_day(id_: str) -> Response:
    """Lead to the text of the day that the form gives (`on`), by default of today."""
    service = get_service()
    service.corpus.regulation(id_)
    return redirect(url_for("regulations.on_day", id_=id_, day=read_day("on") or service.today()))


@blueprint.get("/r/<id_>/on/<day>")
def on_day(id_: str, day: str) -> Response:
    """Lead to the Version in force on a day; where there is no one such Version, say so, with the choices."""
    service, asked = get_service(), parse_day(day)
    found, records = service.corpus.regulation(id_), service.records[get_language()]
    outcome = service.corpus.timeline(id_).on(asked)
    if outcome.state is State.IN_FORCE:
        return redirect(with_language(f"{page_path(outcome.versions[0].citation)}?on={asked}"))
    wider = [line for line in service.corpus.lines_of(id_) if len(line.members) > 1]
    of_lines = (records.in_force_on(asked, Question(line=line.id))["results"] for line in wider)
    page = render_template(
        "regulations/on_day.html",
        regulation=found,
        day=asked,
        record=records.in_force_on(asked, Question(regulation=id_))["results"][0],
        on_lines=[record for results in of_lines for record in results if record["track"] == MAIN_TRACK],
        versions=[records.version(version) for version in found.versions],
        lines=service.corpus.lines,
        today=service.today(),
    )
    return make_response(page, 409 if outcome.versions else 404)


@blueprint.get("/r/<id_>/on/<day>/<anchor>")
def provision_on_day(id_: str, day: str, anchor: str) -> Response:
    """Lead to a Provision in the Version in force on a day; where there is no one such Version, say so, with the choices."""
    corpus, asked = get_service().corpus, parse_day(day)
    if corpus.timeline(id_).on(asked).state is not State.IN_FORCE:
        return on_day(id_, day)
    found, part = corpus.provision(Citation(id_, "", anchor), asked)
    return redirect(with_language(f"{page_path(found.citation)}/{part.anchor}?on={asked}"))


@blueprint.get("/r/<id_>/<label>")
def version(id_: str, label: str) -> str:
    """Show a Version to read."""
    found = get_service().corpus.version(Citation(id_, label))
    return render_template(
        "regulations/version.html",
        **_opening(found, None),
        sequences=sequence_records(found, get_service().records[get_language()]),
        text=render_text(found),
        sources=[source_record(source) for source in found.sources],
        corrections=[correction_record(one, get_language()) for one in found.corrections],
        compare_with=_with_its_neighbours(found),
    )


@blueprint.get("/r/<id_>/<label>/<anchor>")
def provision(id_: str, label: str, anchor: str) -> str:
    """Show one Provision of a Version."""
    service, cited, on = get_service(), Citation(id_, label, anchor), read_day("on")
    found, part = service.corpus.provision(cited, service.today())
    return render_template(
        "regulations/provision.html",
        **_opening(found, part),
        sides=build_sides(found, part, get_text_languages()),
        cited_by=cited_by_records(service.backlinks.to_provision(cited, on), service.records[get_language()]),
        lineage=service.teller.short(cited, service.records[get_language()]),
        lines=service.corpus.lines_of(id_),
        unplaced=part.is_unplaced,
        linked_data=describe_text(found, part, Place(site_root(), on or service.today()), service.records[get_language()]),
    )


def _opening(version: Version, provision: Provision | None) -> dict[str, Any]:
    """Return what the head of a page of text says: whose text it is, how it stands to today and the reader's day, its name."""
    service, on = get_service(), read_day("on")
    today, records = service.today(), service.records[get_language()]
    path = page_path(version.citation) + (f"/{provision.anchor}" if provision else "")
    return {
        "regulation": service.corpus.regulation(version.regulation),
        "version": version,
        "statuses": _statuses(version),
        "as_of": as_of_record(version, provision, today, records),
        "then": as_of_record(version, provision, on, records) if on else None,
        "citing": citing_record(version, provision, Access(site_root() + path, today), records),
        "path": path,
        "formats": formats_of(Citation(version.regulation, version.label, provision.anchor if provision else "")),
        "on": on,
        "today": today,
    }


def _first_day(regulation: Regulation) -> tuple[date, str]:
    """Order Regulations by their first day; those without a version come last."""
    return min((version.interval.start.earliest for version in regulation.versions), default=date.max), regulation.id


def _with_the_one_before(*versions: Version) -> list[tuple[Version, Version]]:
    """Return the Version before and the Version itself, of each that has one before it."""
    corpus = get_service().corpus
    return [(before, version) for version in versions if (before := find_before(corpus, version))]


def _with_its_neighbours(version: Version) -> list[tuple[Version, Version]]:
    """Return the pairs to compare of a Version: it and the one before, and each that has it before, with it."""
    corpus = get_service().corpus
    ids = {id_ for line in corpus.lines_of(version.regulation) for track in line.tracks for id_ in line.regulations(track)}
    held = (corpus.regulations[id_] for id_ in sorted({version.regulation, *ids} & corpus.regulations.keys()))
    pairs = _with_the_one_before(*(one for regulation in held for one in regulation.versions))
    return [pair for pair in pairs if version in pair]


def _statuses(version: Version) -> dict[Status, int]:
    """Return how many provisions of a Version have each status."""
    counts = Counter(provision.status for provision in version.provisions)
    return {status: counts[status] for status in Status if counts[status]}
