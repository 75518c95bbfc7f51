"""The sentences of an Answer, in English and Chinese: what a Provision says, what dates say."""

from datetime import date

from kb.citation import Language
from kb.corpus import Corpus
from kb.exports.sentences import describe_date, describe_outcome, name_version
from kb.line import ConcordanceKind
from kb.model import Bilingual, Status, Version
from kb.timeline import State
from qa.answer import Applied, Became, Different, Event, Happened, Measured, NotBegun, Quoted, Relation, Touching
from qa.passages import Passage
from qa.question import Basis, When

_UNSURE = {
    State.UNCERTAIN: (" (whether this text applied that day is not certain)", "（该日是否适用本文本不能确定）"),
    State.AMBIGUOUS: (" (several texts applied that day)", "（该日有多个文本施行）"),
    State.PENDING: (" (promulgated, not yet in force)", "（已公布，尚未施行）"),
}
_RECALLED = (" [recalled, not verified]", "［凭记忆，未核实］")
_EVENTS = {
    Event.PROMULGATED: ("{name} was promulgated on {day}.", "{name}于{day}公布。"),
    Event.BEGAN: ("{name} took effect on {day}.", "{name}自{day}起施行。"),
    Event.ENDED: ("{name} ceased to be in force on {day}.", "{name}自{day}起不再施行。"),
}
_UNKNOWN_DAY = {
    Event.PROMULGATED: ("On which day {name} was promulgated is not known.", "{name}的公布日期未查明。"),
    Event.BEGAN: ("On which day {name} took effect is not known.", "{name}的施行日期未查明。"),
    Event.ENDED: ("No end of {name} is known.", "未见{name}的终止日期。"),
}
_OTHERS = {
    Event.BEGAN: (" It took the place of {others}.", "它取代了{others}。"),
    Event.ENDED: (" {others} took its place.", "由{others}取代。"),
}
_RELATIONS = {
    Relation.ABOVE: ("{case} (yours) is more than {rule} (the rule's).", "{case}（贵方）高于{rule}（规定）。"),
    Relation.EQUAL: ("{case} (yours) is the same as {rule} (the rule's).", "{case}（贵方）等于{rule}（规定）。"),
    Relation.BELOW: ("{case} (yours) is less than {rule} (the rule's).", "{case}（贵方）低于{rule}（规定）。"),
}
_BECAME = {
    ConcordanceKind.SAME: ("{old} and {new}: the same", "{old}与{new}：相同"),
    ConcordanceKind.NEW: ("New in {new}", "{new}（新增）"),
    ConcordanceKind.DROPPED: ("Dropped after {old}", "{old}：不再保留"),
    ConcordanceKind.SPLIT: ("{old} was split: {new}", "{old}拆分为{new}"),
    ConcordanceKind.MERGED: ("{old} became part of {new}", "{old}并入{new}"),
    ConcordanceKind.MOVED: ("{old} moved to {new}", "{old}移至{new}"),
}
_REWORDED = ("{old} became {new}", "{old}改为{new}")
_BASES = {
    Basis.GIVEN: ("the day that you gave", "您指定的日期"),
    Basis.TODAY: ("today; your question names no day", "今日，问题未提及日期"),
    Basis.RELATIVE: ("your question says “{words}”, counted from today", "问题中的“{words}”，以今日推算"),
    Basis.ERA: ("your question says “{words}”, which has these dates", "问题中的“{words}”，按该文件的日期"),
}
_SAID = ("your question says “{words}”", "问题中的“{words}”")


def say_passage(corpus: Corpus, quoted: Quoted | Different, passage: Passage, language: Language) -> str:
    """Say what a passage of a Provision says, with the name of the rule before it and how sure it is."""
    joined = f"{passage.lead} {passage.text}".strip() if language == "en" else f"{passage.lead}{passage.text}"
    state = _UNSURE.get(quoted.state, ("", ""))[language == "zh"] if isinstance(quoted, Quoted) else ""
    status = quoted.provision.attested_in(quoted.text.language).status
    recalled = _RECALLED[language == "zh"] if status is Status.RECALLED else ""
    name = name_version(corpus, quoted.version, language)
    return (
        f"{name}, {quoted.text.heading}{state}: {joined}{recalled}"
        if language == "en"
        else (f"{name}{quoted.text.heading}{state}：{joined}{recalled}")
    )


def say_applied(corpus: Corpus, applied: Applied, language: Language) -> str:
    """Say what applied on a day, or over a stretch of days."""
    one_day = applied.first == applied.last
    said = describe_outcome(corpus, applied.outcome, language)
    name = applied.name.text(language)
    if language == "zh":
        when = f"{applied.first}" if one_day else f"{applied.first}至{applied.last}"
        return f"{name}，{when}：{said}"
    when = f"on {applied.first}" if one_day else f"from {applied.first} to {applied.last}"
    return f"{name}, {when}: {said}"


def say_happened(corpus: Corpus, happened: Happened, language: Language) -> str:
    """Say when a Version was promulgated, began or ended, and what took its place."""
    chinese = language == "zh"
    dates = happened.version.dates
    day = {Event.PROMULGATED: dates.promulgated, Event.BEGAN: dates.effective, Event.ENDED: dates.expires}[happened.event]
    name = name_version(corpus, happened.version, language)
    if day is None or not day.is_bounded:
        said = _UNKNOWN_DAY[happened.event][chinese].format(name=name)
    else:
        said = _EVENTS[happened.event][chinese].format(name=name, day=describe_date(day, language))
    others = ("、" if chinese else ", ").join(name_version(corpus, version, language) for version in happened.other)
    return said + (_OTHERS[happened.event][chinese].format(others=others) if others else "")


def say_not_begun(corpus: Corpus, one: NotBegun, language: Language) -> str:
    """Say that a Provision did not apply yet, and from what day it does."""
    name, heading = name_version(corpus, one.version, language), one.provision.text(language).heading
    start = describe_date(one.version.interval_of(one.provision).start, language)
    if language == "zh":
        return f"{name}“{heading}”：{one.day}尚未实施，自{start}起实施。"
    return f"{name}, “{heading}”: not yet in force on {one.day}; in force from {start}."


def say_touching(touching: Touching, language: Language) -> str:
    """Say a transitional rule that touches the days."""
    title, text = touching.transition.title.text(language), touching.transition.text.text(language)
    recalled = _RECALLED[language == "zh"] if touching.transition.status is not Status.VERIFIED else ""
    return f"Transitional rule, {title}: {text}{recalled}" if language == "en" else f"过渡规定，{title}：{text}{recalled}"


def say_became(corpus: Corpus, became: Became, language: Language) -> str:
    """Say what became of provisions where one instrument gave way to another, and what changed in them."""
    row, chinese = became.row, language == "zh"
    versions, cited = (became.boundary.old, became.boundary.new), (row.old, row.new)
    names = [name_version(corpus, version, language) for version in versions]
    sides = [_articles(*one, language) for one in zip(versions, cited, row.parts, strict=True)]
    old, new = (f"{name}{'' if chinese else ', '}{side}" for name, side in zip(names, sides, strict=True))
    said = _BECAME.get(row.kind, _REWORDED)[chinese].format(old=old, new=new)
    recalled = _RECALLED[chinese] if row.status is not Status.VERIFIED else ""
    end = "" if recalled else "。" if chinese else "."
    change = row.change.text(language).removeprefix("新增：")
    return f"{said}{'：' if chinese else ': '}{change}{recalled}{end}" if change else f"{said}{recalled}{end}"


def _articles(version: Version, anchors: tuple[str, ...], part: Bilingual, language: Language) -> str:
    """Name the provisions on one side, each by its heading, and the part that is meant."""
    found = ((anchor, version.find(anchor)) for anchor in anchors)
    headings = [provision.text(language).heading if provision else anchor for anchor, provision in found]
    joined, said = ("、" if language == "zh" else ", ").join(headings), part.text(language)
    return f"{joined}{'（' if language == 'zh' else ' ('}{said}{'）' if language == 'zh' else ')'}".strip() if said else joined


def say_measured(measured: Measured, language: Language) -> str:
    """Say which of two figures is greater."""
    template = _RELATIONS[measured.relation][language == "zh"]
    return template.format(case=measured.case.written, rule=measured.rule.written)


def say_when(when: When, language: Language) -> str:
    """Say which days are meant, and where they come from."""
    basis = _BASES.get(when.basis, _SAID)[language == "zh"].format(words=when.words)
    if language == "zh":
        days = f"{when.first}" if when.is_one_day else f"{when.first}至{when.last}"
        return f"所指日期：{days}（{basis}）。"
    days = f"{when.first}" if when.is_one_day else f"{when.first} to {when.last}"
    return f"For {days} ({basis})."


def say_searched(when: When, language: Language) -> str:
    """Say what was searched for an answer."""
    if language == "zh":
        days = f"{when.first}" if when.is_one_day else f"{when.first}至{when.last}"
        return f"已查找：本库所收、{days}施行或可能施行的条文。"
    days = f"on {when.first}" if when.is_one_day else f"from {when.first} to {when.last}"
    return f"Searched: the provisions held here that were, or may have been, in force {days}."


def say_contrary(own: When, given: date, language: Language) -> str:
    """Say that the words of a question mean other days than the one given."""
    days = f"{own.first}" if own.is_one_day else f"{own.first}{'至' if language == 'zh' else ' to '}{own.last}"
    if language == "zh":
        return f"问题中的“{own.words}”指{days}；此处按您指定的{given}回答。"
    return f"The words “{own.words}” in your question mean {days}; this answers for {given}, the day that you gave."


def say_different(corpus: Corpus, different: Different, language: Language) -> str:
    """Say what the same rule said on other days, in one line."""
    name, said = name_version(corpus, different.version, language), quote_of(different)
    return f"{name}: {said}" if language == "en" else f"{name}：{said}"


def quote_of(different: Different) -> str:
    """Return the passages of a text in a row, each lead once, without the figures where there are words."""
    words = [passage for passage in different.passages if not passage.is_fact] or list(different.passages)
    pieces = dict.fromkeys(piece for passage in words for piece in (passage.lead, passage.text) if piece)
    return ("" if different.text.language == "zh" else " ").join(pieces)
