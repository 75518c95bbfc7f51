"""The timelines of a Regulation and of a Line: what their rows say, in the reader's language."""

from collections.abc import Iterable
from datetime import date

from kb.applicability import find_transitions
from kb.citation import Citation, Language
from kb.corpus import Subject
from kb.exports.chart import Chart, Item, Track, Viewed, draw_chart
from kb.exports.lines import state_of
from kb.exports.passage import find_place
from kb.exports.records import Records
from kb.exports.sentences import name_regulation, name_state, name_version
from kb.interval import Certainty, Interval, PartialDate
from kb.line import MAIN_TRACK, Line, Transition
from kb.model import Regulation, Status, Version

_WORDS: dict[str, tuple[str, str]] = {
    "today": ("Today", "今天"),
    "on": ("Reading on", "阅读日"),
    "versions": ("Versions", "文本"),
    "transitions": ("Transitional rules", "过渡规则"),
    "begins": ("not yet begun", "尚未开始"),
    "touches": ("touches cases today", "今天仍适用"),
    "may_touch": ("may touch cases today", "今天是否适用不能确定"),
    "ended": ("ended", "已不再适用"),
    "not_held": ("rule not held", "规则未收录"),
    "open": ("no end known", "未见终止日期"),
    "unknown": ("day not known", "日期未查明"),
}


def draw_regulation(regulation: Regulation, records: Records, viewed: Viewed) -> Chart:
    """Return the timeline of a Regulation: its Versions, and the Transitions that lead to it or away from it."""
    language = records.language
    versions = Track(_say("versions", language), tuple(_version(one, records, viewed.today) for one in regulation.versions))
    found = find_transitions(records.corpus, Subject(regulation.id))
    tracks = [versions, *_transitions(found, records, viewed.today)]
    return _draw(name_regulation(regulation, language), tracks, records, viewed)


def draw_line(line: Line, records: Records, viewed: Viewed) -> Chart:
    """Return the timeline of a Line: a lane for each track with the Versions of its members, and one for the Transitions."""
    held = records.corpus.regulations
    tracks = [
        Track(
            "" if line.tracks == (MAIN_TRACK,) else track,
            tuple(
                _version(version, records, viewed.today)
                for id_ in line.regulations(track)
                if id_ in held
                for version in held[id_].versions
            ),
        )
        for track in line.tracks
    ]
    return _draw(
        line.title.text(records.language),
        [*tracks, *_transitions(line.transitions, records, viewed.today)],
        records,
        viewed,
    )


def _draw(name: str, tracks: list[Track], records: Records, viewed: Viewed) -> Chart:
    language = records.language
    rows = [f"{item.name}: {item.detail}" for track in tracks for item in track.items]
    title = f"时间轴：{name}" if language == "zh" else f"Timeline: {name}"
    description = ("；" if language == "zh" else "; ").join(rows)
    words = (_say("today", language), _say("on", language))
    return draw_chart(title, description, [track for track in tracks if track.items], viewed, words)


def _version(version: Version, records: Records, today: date) -> Item:
    state = state_of(version, records, today)
    known, starts = version.known_since, version.interval.start.earliest
    return Item(
        "version",
        name_version(records.corpus, version, records.language),
        _days(version.interval, records.language),
        state.value,
        name_state(state, records.language),
        version.interval,
        str(version.citation),
        known.latest if known.latest < starts else None,
    )


def _transitions(transitions: Iterable[Transition], records: Records, today: date) -> list[Track]:
    items = tuple(_transition(transition, records, today) for transition in transitions)
    return [Track(_say("transitions", records.language), items)] if items else []


def _transition(transition: Transition, records: Records, today: date) -> Item:
    interval, language = records.corpus.reach(transition), records.language
    state = _state_of_transition(interval, today)
    days = Interval.of_day(transition.start.earliest)
    place = find_place(records.corpus, transition.citation, days) if transition.citation else None
    title, words = transition.title.text(language), _say(_word(transition, state), language)
    return Item("transition", title, _days(interval, language), state, words, interval, _text(place))


def _state_of_transition(interval: Interval, today: date) -> str:
    if interval.start.reached_by(today) is Certainty.NO:
        return "begins"
    return {Certainty.YES: "touches", Certainty.MAYBE: "may_touch", Certainty.NO: "ended"}[interval.covers(today)]


def _word(transition: Transition, state: str) -> str:
    """Return what is said of it: of a rule that nobody here knows, only that."""
    return "not_held" if transition.status is Status.UNKNOWN else state


def _text(citation: Citation | None) -> str:
    return str(citation) if citation else ""


def _days(interval: Interval, language: Language) -> str:
    """Return the days of a bar in few words; the end is the first day no longer."""
    end = _say("open", language) if interval.end is None else _day(interval.end, language)
    return f"{_day(interval.start, language)} → {end}"


def _day(partial: PartialDate, language: Language) -> str:
    if partial.is_bounded:
        return str(partial)
    unknown = _say("unknown", language)
    return f"{unknown}（≥ {partial.earliest}）" if language == "zh" else f"{unknown} (≥ {partial.earliest})"


def _say(word: str, language: Language) -> str:
    return _WORDS[word][language == "zh"]
