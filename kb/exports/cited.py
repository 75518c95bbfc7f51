"""What the citations of a text were worth, as records and in sentences."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kb.dating import OwnDay
from kb.exports.address import page_path
from kb.exports.records import Record, Records, interval_record
from kb.exports.sentences import describe_date, name_version
from kb.lineage import Step
from kb.model import Status, Version
from kb.quotation import Match
from kb.verdict import Finding, Judgement, Reason, Successor, Verdict

_AROUND = 90  # characters of the text shown on each side of a citation
_REASONS: dict[Reason, tuple[str, str]] = {
    Reason.APPLIED: ("In force on {day}: {name}.", "{day}施行中：{name}。"),
    Reason.NOT_HELD: ("It is not held here, so nothing is said of it.", "本库未收录，不作判断。"),
    Reason.NO_TEXT: ("No text of it is held, so nothing is said of it.", "本库未收录其文本，不作判断。"),
    Reason.VERSION_NOT_HELD: ("That version is not held, or not whole, so nothing is said of it.",
                              "该文本未收录或未完整收录，不作判断。"),
    Reason.PLACE_NOT_HELD: ("{name} is not held whole, and this place of it is not.", "{name}未完整收录，该处未收录。"),
    Reason.NO_SUCH_PLACE: ("{name} has no such article.", "{name}没有这一条。"),
    Reason.PLACE_GONE: ("The version in force on {day} has no such place; {name} had.", "{day}施行的文本没有该处，{name}有。"),
    Reason.UNCERTAIN: ("Whether it applied on {day} is not certain, because a date is known only in part: {candidates}.",
                       "{day}是否适用不能确定，因为有关日期仅部分可知：{candidates}。"),
    Reason.AMBIGUOUS: ("Several versions were in force on {day}: {candidates}.", "{day}有多个文本施行：{candidates}。"),
    Reason.ENDED: ("Not in force on {day}: {name}; its first day no longer in force: {end}.",
                   "{day}不再施行：{name}，自{end}起终止。"),
    Reason.PENDING: ("Promulgated and not yet in force on {day}: {name}; its first day: {start}.",
                     "{day}已公布，尚未施行：{name}，始于{start}。"),
    Reason.NOT_YET: ("Not yet there on {day}: {name}; its first day: {start}.", "{day}尚无此规定：{name}，始于{start}。"),
    Reason.DRAFT: ("A draft, which never took effect.", "草案，从未施行。"),
}  # fmt: skip
_BY_CONCORDANCE = (" In its place by the concordance: {names}.", "按条文对照由以下条文取代：{names}。")
_BY_REPEAL = (" In its place: {names}; no article of it is known to answer to this one.",
              "由{names}取代；未查明与该条对应的条文。")  # fmt: skip
_BY_REPEAL_WHOLE = (" In its place: {names}.", "由{names}取代。")
_DROPPED = (
    " In its place: {names}, which dropped this article, by the concordance.",
    "由{names}取代；按条文对照，该条已取消。",
)
_QUOTES: dict[Match, tuple[str, str]] = {
    Match.FOUND: (" The words quoted are in the text held.", "所引文字见于所收文本。"),
    Match.DIFFERS: (" The words quoted are not in the official text held.", "所收正式文本中没有所引文字。"),
    Match.UNVERIFIED: (" The words quoted are not in the text held. That proves nothing: it is not the issuer's, or not whole.",
                       "所收文本中没有所引文字，但该文本并非发布机关原文或不完整，不能说明引文有误。"),
}  # fmt: skip
_PARTS = (" Its paragraph and item were not checked.", "款、项未核对。")
_WEAKEST_LAST = (Status.VERIFIED, Status.RECALLED, Status.UNKNOWN)


def checked_record(text: str, findings: Sequence[Finding], days: tuple[OwnDay, date], records: Records) -> Record:
    """Return the shape of `POST /api/v1/citations/check`; `days` are the text's own and the other."""
    own, on = days
    counts = Counter(finding.verdict for finding in findings)
    return {
        "dated": own.day.isoformat() if own.day else None,
        "dated_basis": own.basis.value,
        "dated_words": own.words or None,
        "on": on.isoformat(),
        "counts": {verdict.value: counts[verdict] for verdict in Verdict},
        "citations": [_finding(text, finding, records) for finding in findings],
    }


def _finding(text: str, finding: Finding, records: Records) -> Record:
    reference = finding.reference
    start, end = reference.start, reference.end
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        "before": text[max(0, start - _AROUND) : start],
        "after": text[end : end + _AROUND],
        "citation": str(reference.citation),
        "verdict": finding.verdict.value,
        "described": describe_finding(finding, records),
        "then": _judgement(finding.then, finding, records) if finding.then else None,
        "now": _judgement(finding.now, finding, records),
        "quotation": {"words": finding.quotation.words, "match": finding.match.value}
        if finding.quotation and finding.match
        else None,
    }


def _judgement(judged: Judgement, finding: Finding, records: Records) -> Record:
    version, provision = judged.version, judged.provision
    named = replace(version.citation, anchor=provision.anchor if provision else "") if version else None
    return {
        "on": judged.day.isoformat(),
        "verdict": judged.verdict.value,
        "reason": judged.reason.value,
        "described": describe_judgement(judged, finding, records),
        "citation": str(named) if named else None,
        "name": name_version(records.corpus, version, records.language) if version else None,
        "heading": provision.text(records.language).heading if provision else None,
        "interval": interval_record(version.interval_of(provision) if provision else version.interval) if version else None,
        "url": page_path(named) if named else None,
        "instruments": [_instrument(one, records) for one in judged.instruments],
        "successors": [_successor(one, records) for one in judged.successors],
        "dropped": judged.is_dropped,
        "candidates": [_instrument(one, records) for one in judged.candidates],
    }


def _instrument(version: Version, records: Records) -> Record:
    return {
        "citation": str(version.citation),
        "name": name_version(records.corpus, version, records.language),
        "interval": interval_record(version.interval),
        "url": page_path(version.citation),
    }


def _successor(successor: Successor, records: Records) -> Record:
    stage = successor.stage
    return {
        "citation": str(stage.citation),
        "name": name_version(records.corpus, stage.version, records.language),
        "heading": stage.provision.text(records.language).heading,
        "url": page_path(stage.citation),
        "status": max((step.status for step in successor.steps), key=_WEAKEST_LAST.index).value,
        "kinds": list(dict.fromkeys(step.kind.value for step in successor.steps)),
        "steps": [_step(step, records) for step in successor.steps],
    }


def _step(step: Step, records: Records) -> Record:
    assert step.old
    assert step.new
    return {
        "from": str(step.old.citation),
        "to": str(step.new.citation),
        "kind": step.kind.value,
        "basis": step.basis.value,
        "status": step.status.value,
        "from_part": step.old_part.text(records.language) or None,
        "to_part": step.new_part.text(records.language) or None,
    }


def describe_finding(finding: Finding, records: Records) -> str:
    """Say what a citation was worth on the day it is judged by, with its quotation."""
    chinese = records.language == "zh"
    said = describe_judgement(finding.judged, finding, records)
    said += _QUOTES[finding.match][chinese] if finding.match else ""
    return said + (_PARTS[chinese] if finding.reference.citation.parts and finding.judged.provision else "")


def describe_judgement(judged: Judgement, finding: Finding, records: Records) -> str:
    """Say what a citation was worth on one day, and what stood in its place."""
    chinese, version = records.language == "zh", judged.version
    days = version.interval_of(judged.provision) if version and judged.provision else version.interval if version else None
    said = _REASONS[judged.reason][chinese].format(
        day=judged.day,
        name=_name(judged, records),
        candidates=_names(judged.candidates, records),
        start=describe_date(days.start, records.language) if days else "",
        end=describe_date(days.end, records.language) if days else "",
    )
    return said + _in_its_place(judged, records, whole=not finding.reference.citation.anchor)


def _in_its_place(judged: Judgement, records: Records, *, whole: bool) -> str:
    chinese = records.language == "zh"
    if judged.successors:
        joined = ("、" if chinese else ", ").join(_place(one, records) for one in judged.successors)
        return _BY_CONCORDANCE[chinese].format(names=joined)
    if not judged.instruments:
        return ""
    template = _BY_REPEAL_WHOLE if whole else _DROPPED if judged.is_dropped else _BY_REPEAL
    return template[chinese].format(names=_names(judged.instruments, records))


def _place(successor: Successor, records: Records) -> str:
    """Return the heading of a successor and where it stands."""
    heading = successor.stage.provision.text(records.language).heading
    name = name_version(records.corpus, successor.stage.version, records.language)
    return f"{name}“{heading}”" if records.language == "zh" else f"{name}, {heading}"


def _name(judged: Judgement, records: Records) -> str:
    if judged.version is None:
        return ""
    name = name_version(records.corpus, judged.version, records.language)
    return f"{name} · {judged.provision.text(records.language).heading}" if judged.provision else name


def _names(versions: Sequence[Version], records: Records) -> str:
    joined = "、" if records.language == "zh" else ", "
    return joined.join(name_version(records.corpus, version, records.language) for version in versions)
