"""Sentences that say an answer to a person, in English and Chinese."""

from dataclasses import replace
from datetime import date

from kb.applicability import Ruling
from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.interval import ONE_DAY, Interval, PartialDate
from kb.model import Regulation, Version
from kb.timeline import Outcome, State

_STATE_NAMES: dict[State, tuple[str, str]] = {
    State.IN_FORCE: ("in force", "施行中"),
    State.NOT_IN_FORCE: ("not in force", "未施行"),
    State.PENDING: ("promulgated, not yet in force", "已公布，尚未施行"),
    State.UNCERTAIN: ("uncertain", "不能确定"),
    State.AMBIGUOUS: ("ambiguous", "有多个文本"),
}

_RULINGS: dict[State, tuple[str, str]] = {
    State.IN_FORCE: ("In force: {names}.", "施行中：{names}。"),
    State.NOT_IN_FORCE: ("Nothing was in force.", "没有施行中的规定。"),
    State.PENDING: ("Promulgated but not yet in force: {names}.", "已公布，尚未施行：{names}。"),
    State.UNCERTAIN: (
        "Which applied is not certain, because a date is known only in part: {names}.",
        "适用哪一个不能确定，因为有关日期仅部分可知：{names}。",
    ),
    State.AMBIGUOUS: ("Several were in force: {names}.", "同时施行的有：{names}。"),
}
_WHETHER = (
    "Whether {names} was in force is not certain, because one of its dates is not known.",
    "{names}是否施行不能确定，因为其日期未全部查明。",
)


def name_state(state: State, language: Language) -> str:
    """Return the name of a state."""
    return _STATE_NAMES[state][language == "zh"]


def name_regulation(regulation: Regulation, language: Language) -> str:
    """Return its number where it has one, else its title."""
    return regulation.number.text(language) or regulation.title.text(language)


def name_version(corpus: Corpus, version: Version, language: Language) -> str:
    """Return the name of a Version: of its Regulation, and its first day where the Regulation has several."""
    regulation = corpus.regulation(version.regulation)
    name = name_regulation(regulation, language)
    if len(regulation.versions) == 1:
        return name
    return f"{name}, {version.label}" if language == "en" else f"{name}（{version.label}）"


def name_cited(corpus: Corpus, citation: Citation, language: Language) -> str:
    """Return what people call a cited place: `Order 237 Art. 12`; by names and heading where that has no such form.

    People name no version of an article; what the corpus does not hold keeps its canonical form.
    """
    plain = replace(citation, version="") if citation.anchor else citation
    written = plain.written(language)
    if written != str(plain) or citation.regulation not in corpus.regulations:
        return written if written != str(plain) else str(citation)
    regulation = corpus.regulation(citation.regulation)
    version = regulation.find(citation.version) if citation.version else None
    name = name_version(corpus, version, language) if version else name_regulation(regulation, language)
    found = (one.find(citation.anchor) for one in ((version,) if version else regulation.versions))
    provision = next((one for one in found if one), None) if citation.anchor else None
    heading = provision.text(language).heading if provision else citation.anchor
    return f"{name} · {heading}" if heading else name


def describe_date(partial: PartialDate | None, language: Language) -> str:
    """Say a date, however much of it is known.

    >>> describe_date(PartialDate.parse("2025-06..2025-09-15"), "en")
    'some day from 2025-06-01 to 2025-09-15'
    """
    if partial is None:
        return "open" if language == "en" else "至今"
    if not partial.is_bounded:
        words = ("a day not known, {} or later", "日期未查明，不早于{}")
        return words[language == "zh"].format(partial.earliest)
    if ".." in str(partial):
        words = ("some day from {} to {}", "{}至{}之间的某日")
        return words[language == "zh"].format(partial.earliest, partial.latest)
    return str(partial)


def describe_interval(interval: Interval, language: Language) -> str:
    """Say from when and until when.

    >>> describe_interval(Interval(PartialDate.parse("2018-05-01"), PartialDate.parse("2021-11-01")), "en")
    'from 2018-05-01 up to, not including, 2021-11-01'
    """
    start = describe_date(interval.start, language)
    if interval.end is None:
        return f"from {start}, no end known" if language == "en" else f"自{start}起，未见终止日期"
    if not interval.end.is_bounded:
        unknown = (f"from {start}; whether and when it ended is not known", f"自{start}起，是否及何时终止未查明")
        return unknown[language == "zh"]
    end = describe_date(interval.end, language)
    if language == "en":
        return f"from {start} up to, not including, {end}"
    return f"自{start}起，至{end}止（不含该日）"


def describe_days(interval: Interval, language: Language) -> str:
    """Say the days of an interval, the last one included, where all of them are known; else as `describe_interval` does.

    >>> describe_days(Interval(PartialDate.parse("2018-05-01"), PartialDate.parse("2021-11-01")), "en")
    '2018-05-01 to 2021-10-31'
    """
    end = interval.end
    if end is None or not (end.is_exact and interval.start.is_exact):
        return describe_interval(interval, language)
    last = end.earliest - ONE_DAY
    return f"{interval.start} to {last}" if language == "en" else f"{interval.start}至{last}"


def describe_ruling(corpus: Corpus, ruling: Ruling, day: date, language: Language) -> str:
    """Say what applied to the subject of a Ruling on `day`, and why nothing did."""
    return describe_outcome(corpus, ruling.outcome, language) + _why_none(corpus, ruling, day, language)


def describe_outcome(corpus: Corpus, outcome: Outcome, language: Language) -> str:
    """Say what applied."""
    versions = outcome.versions or outcome.pending
    separator = ", " if language == "en" else "、"
    names = separator.join(name_version(corpus, version, language) for version in versions)
    only_one = outcome.state is State.UNCERTAIN and len(versions) == 1
    template = _WHETHER if only_one else _RULINGS[outcome.state]
    return template[language == "zh"].format(names=names)


def _why_none(corpus: Corpus, ruling: Ruling, day: date, language: Language) -> str:
    if ruling.outcome.state is not State.NOT_IN_FORCE:
        return ""
    versions = _versions(corpus, ruling)
    if not versions and corpus.known_on:
        words = (" By the books of {} there was no such rule.", "以{}已公布者为准，尚无此规定。")
        return words[language == "zh"].format(corpus.known_on)
    if not versions:
        return " No text of it is held." if language == "en" else "本库未收录其文本。"
    before = [version for version in versions if version.interval.start.earliest <= day]
    if not before:
        first = describe_date(min(version.interval.start for version in versions), language)
        return f" The first one held begins on {first}." if language == "en" else f"本库所收最早的始于{first}。"
    last = max(before, key=lambda version: version.interval.end or version.interval.start)
    end = describe_date(last.interval.end, language)
    name = name_version(corpus, last, language)
    return f" {name} had ended on {end}." if language == "en" else f"{name}已于{end}终止。"


def _versions(corpus: Corpus, ruling: Ruling) -> list[Version]:
    ids = [id_ for id_ in ruling.subject.regulations if id_ in corpus.regulations]
    return [version for id_ in ids for version in corpus.regulations[id_].versions]
