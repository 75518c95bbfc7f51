"""What changed over a span, as a record and in sentences."""

from kb.changes import Change, Changed, ChangeKind, Span, Waiting
from kb.citation import Language
from kb.exports.address import page_path
from kb.exports.passage import transition_record
from kb.exports.records import Record, Records, interval_record
from kb.exports.sentences import describe_date, name_version
from kb.interval import Certainty, PartialDate
from kb.line import Transition
from kb.model import Status, Version
from kb.stage import Stage

_DATES = {ChangeKind.PROMULGATED: "promulgated", ChangeKind.CAME_IN: "effective", ChangeKind.WENT_OUT: "expires"}
_RULE = ("Transitional rule", "过渡规则")
_OPEN_POINT = ("Open point (no transitional rule is held)", "未收录过渡规则的事项")
_SURE: dict[ChangeKind, tuple[str, str]] = {
    ChangeKind.PROMULGATED: ("{name} was promulgated {day}.", "{name}于{day}公布。"),
    ChangeKind.CAME_IN: ("{name} came into force {day}.", "{name}自{day}起施行。"),
    ChangeKind.WENT_OUT: ("{name} went out of force; its first day no longer in force: {until}.", "{name}自{day}起不再施行。"),
    ChangeKind.BEGAN: ("{name} began {day}.", "{name}自{day}起适用。"),
    ChangeKind.ENDED: ("{name} ended; the first day it no longer touches: {until}.",
                       "{name}自{day}起不再适用。"),
}  # fmt: skip
_MAYBE: dict[ChangeKind, tuple[str, str]] = {
    ChangeKind.PROMULGATED: ("{name} may have been promulgated in this span: {until}.", "{name}可能在此期间公布：{day}。"),
    ChangeKind.CAME_IN: ("{name} may have come into force in this span: {until}.", "{name}可能在此期间开始施行：{day}。"),
    ChangeKind.WENT_OUT: ("{name} may have gone out of force in this span: {until}.", "{name}可能在此期间终止施行：{day}。"),
    ChangeKind.BEGAN: ("{name} may have begun in this span: {until}.",
                       "{name}可能在此期间开始适用：{day}。"),
    ChangeKind.ENDED: ("{name} may have ended in this span: {until}.",
                       "{name}可能在此期间不再适用：{day}。"),
}  # fmt: skip


def changed_record(changed: Changed, records: Records) -> Record:
    """Return the shape of `GET /api/v1/changed`, less what it was narrowed to."""
    return {
        "from": changed.span.first.isoformat(),
        "to": changed.span.last.isoformat(),
        "changes": [_change(change, changed.span, records) for change in changed.changes],
        "pending": [_waiting(waiting, records) for waiting in changed.waiting],
    }


def _change(change: Change, span: Span, records: Records) -> Record:
    thing = _thing(change.thing, records)
    certain = span.holds(change.day) is Certainty.YES
    return {
        "kind": change.kind.value,
        "day": str(change.day),
        "certain": certain,
        "day_known": change.day.is_bounded,
        **thing,
        "date_status": date_status(change).value,
        "described": describe_change(
            change.kind, _named(change, thing["name"], records), change.day, records.language, certain=certain
        ),
    }


def _waiting(waiting: Waiting, records: Records) -> Record:
    interval = {"from": waiting.start.isoformat(), "to": waiting.end.isoformat()}
    return {**records.version(waiting.version), "waiting": interval}


def _thing(thing: Version | Stage | Transition, records: Records) -> Record:
    if isinstance(thing, Transition):
        record = transition_record(thing, records)
        return {"what": "transition", "name": record["title"], "title": record["text"]} | {
            key: record[key] for key in ("citation", "interval", "url")
        }
    version = thing if isinstance(thing, Version) else thing.version
    name = name_version(records.corpus, version, records.language)
    title = records.corpus.regulation(version.regulation).title.text(records.language)
    if isinstance(thing, Stage):
        name = f"{name} · {thing.provision.text(records.language).heading}"
    return {
        "what": "version" if isinstance(thing, Version) else "provision",
        "name": name,
        "title": title,
        "citation": str(thing.citation),
        "interval": interval_record(thing.interval),
        "url": page_path(thing.citation),
    }


def _named(change: Change, name: str, records: Records) -> str:
    """Return the name as a sentence has it; where no rule is held a Transition is an open point, and no rule."""
    if not isinstance(change.thing, Transition):
        return name
    held = change.thing.status is not Status.UNKNOWN
    words = _RULE if held else _OPEN_POINT
    return f"{words[1]}“{name}”" if records.language == "zh" else f"{words[0]} “{name}”"


def date_status(change: Change) -> Status:
    """Say how sure the date is: as the Version's file says, or as sure as the Provision or the Transition is."""
    if isinstance(change.thing, Version):
        return change.thing.dates.status_of(_DATES[change.kind])
    if not change.day.is_bounded:
        return Status.UNKNOWN
    return (change.thing.provision.status if isinstance(change.thing, Stage) else change.thing.status) or Status.UNKNOWN


def describe_change(kind: ChangeKind, name: str, day: PartialDate, language: Language, *, certain: bool) -> str:
    """Say what happened, or may have happened.

    >>> describe_change(ChangeKind.CAME_IN, "Order 237", PartialDate.parse("2018-05-01"), "en", certain=True)
    'Order 237 came into force on 2018-05-01.'
    """
    until = describe_date(day, language)
    template = (_SURE if certain else _MAYBE)[kind]
    if language == "zh":
        return template[1].format(name=name, day=until)
    return template[0].format(name=name, day=f"{'on' if day.is_exact or ' ' in until else 'in'} {until}", until=until)
