"""Regulations, their Versions and Provisions, to read."""

from collections import Counter
from datetime import date

from flask import Blueprint, render_template

from kb.citation import Citation
from kb.comparison import find_before
from kb.exports.chart import Viewed
from kb.exports.cited_by import cited_by_records
from kb.exports.timeline import draw_regulation
from kb.model import Regulation, RegulationKind, Status, Version
from kb.timeline import State
from web.language import get_language
from web.parameters import read_day
from web.service import get_service

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
        states={version.label: _state(version) for version in found.versions},
        compare_with=_with_the_one_before(*found.versions),
        lines=service.corpus.lines_of(id_),
        crosswalks=[one for one in service.corpus.crosswalks.values() if one.framework == id_],
        left_out=service.corpus.left_out([id_]),
        cited_by=cited_by_records(service.backlinks.to_regulation(id_, read_day("on")), records),
        on=read_day("on"),
        today=today,
    )


@blueprint.get("/r/<id_>/<label>")
def version(id_: str, label: str) -> str:
    """Show a Version to read."""
    service = get_service()
    found = service.corpus.version(Citation(id_, label))
    return render_template(
        "regulations/version.html",
        regulation=service.corpus.regulation(id_),
        version=found,
        state=_state(found),
        statuses=_statuses(found),
        record=service.records[get_language()].full_version(found),
        compare_with=_with_the_one_before(found),
        on=read_day("on"),
        today=service.today(),
    )


@blueprint.get("/r/<id_>/<label>/<anchor>")
def provision(id_: str, label: str, anchor: str) -> str:
    """Show one Provision of a Version."""
    service, cited, on = get_service(), Citation(id_, label, anchor), read_day("on")
    found, part = service.corpus.provision(cited, service.today())
    return render_template(
        "regulations/provision.html",
        regulation=service.corpus.regulation(id_),
        version=found,
        state=_state(found),
        statuses=_statuses(found),
        record=service.records[get_language()].provision(found, part),
        cited_by=cited_by_records(service.backlinks.to_provision(cited, on), service.records[get_language()]),
        lineage=service.teller.short(cited, service.records[get_language()]),
        lines=service.corpus.lines_of(id_),
        on=on,
        unplaced=part.is_unplaced,
        today=service.today(),
    )


def _first_day(regulation: Regulation) -> tuple[date, str]:
    """Order Regulations by their first day; those without a version come last."""
    return min((version.interval.start.earliest for version in regulation.versions), default=date.max), regulation.id


def _with_the_one_before(*versions: Version) -> list[tuple[Version, Version]]:
    """Return the Version before and the Version itself, of each that has one before it."""
    corpus = get_service().corpus
    return [(before, version) for version in versions if (before := find_before(corpus, version))]


def _statuses(version: Version) -> dict[Status, int]:
    """Return how many provisions of a Version have each status."""
    counts = Counter(provision.status for provision in version.provisions)
    return {status: counts[status] for status in Status if counts[status]}


def _state(version: Version) -> State:
    """Return the state of one Version today."""
    service = get_service()
    outcome = service.corpus.timeline(version.regulation).on(service.today())
    if version in outcome.versions:
        return outcome.state
    return State.PENDING if version in outcome.pending else State.NOT_IN_FORCE
