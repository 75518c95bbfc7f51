"""The days that a question means: given apart, written in its words, meant by an instrument's era, or today.

Words beside a date may move it: "before 2011", "since May 2018", "the day before 1 May 2018", "2011年以前". Two dates may be
the ends of a span: "from 2017 to 2019", "2017年至2019年".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from kb.corpus import Corpus
from kb.interval import ONE_DAY
from qa.anaphora import name_years
from qa.calendar_parts import Mention
from qa.calendar_words import find_mentions
from qa.eras import Eras, carry_over, compare_eras, find_eras
from qa.moves import move_by_words_after, move_by_words_before
from qa.named_days import is_festival
from qa.question import Basis, Question, When, blank_out, day_before

_JOINS = re.compile(r"\s*(?:to|until|till|through|and|-|–|—|~|至|到|以?及|和|与|、)\s*", re.IGNORECASE)
_AND = re.compile(r"and|和|与|、|及")
_BETWEEN = re.compile(r"(?:between|从|自|在)\s*$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|prior\s+to|up\s+to\s+but\s+not)\s*$", re.IGNORECASE)
_AFTER = re.compile(r"\bafter\s*$", re.IGNORECASE)
# "since recognition by Korea began on" tells what has been so from then on; "after the 2020 amendment" is some day of that year
_SINCE = re.compile(
    r"\b(?:since|from|as\s+from|starting(?:\s+from)?)\s*$|\bafter\s+the\s+$"
    r"|\bsince\b[^,;.?!]{1,80}\b(?:began|begun|started|took\s+effect|in\s+force)\s+(?:on|in|from)\s*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|up\s+to)\s*$", re.IGNORECASE)
# "by the end of June 2015", "到2014年底": its last day
_BY = re.compile(r"\b(?:by|as\s+(?:of|at))\s*$|(?:截至|截止|到)$", re.IGNORECASE)
_END = re.compile(r"(?:the\s+)?(?:end|year-end)\b|.*(?:底|末)$|.*-end$", re.IGNORECASE)
_SCENE = re.compile(r"\W*(?:(?:in|on|at|by|it\s+is|it's|back\s+in)\s+)?(?:the\s+)?$|\W*(?:在|到|于)?$", re.IGNORECASE)
# said of the day of asking, such as "asking as of mid 2006" or "looking from October 2021"; in Chinese 2025年10月问
_ASKING = re.compile(
    r"(?:\b(?:(?:ask|asking|asked|look|looking|seen)(?:\s+(?:this|it|back))?(?:\s+(?:as\s+of|as\s+at|from|in|on))|(?:it|today|now)\s+is"
    r"|it['’]?s|we\s+are\s+(?:now\s+)?in|day\s*:|date\s*:)|今天是|现在是|[日问]期[:：]|时点[:：]?)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_HAN_ASKING = re.compile(r"(?:提?问|咨询)[)）]|时?(?:提问|在问|来问|问一下)")
_LEAST = {Basis.MONTH: timedelta(days=30), Basis.YEAR: timedelta(days=365)}
_PAUSE = re.compile(r"\s*(?:[:：,，;；.。—–]|-\s)")
_HAN_BEFORE = re.compile(r"(?:以前|之前|前(?![一几后]))(?!的?[一二两三1-3]年[里内])")
# "…以前就被定为失信的": what had happened by then, not the day that is asked about
_HAN_ALREADY = re.compile(r"(?:以前|之前|前)(?:就|已|便|曾)")
# "…前已经受理": what is under way is done by the rules of then
_UNDER_WAY = re.compile(r"(?:以前|之前|前)(?:就|便)?已经?(?:被?受理|提交|递交|申请|交)")
_HAN_AFTER = re.compile(r"(?:以后|之后|过?后)")
# "春节（2月7日）": the day itself is told behind what it is called
_TOLD = re.compile(r"[^\s,;.，；。]{0,8}\s*[（(]")
# "on Children's Day, 1 June 2020": the same day twice
_TOLD_AGAIN = re.compile(r",?\s*")
# what looks back at a day of the sentences before it
_BACK = re.compile(r"\b(?:then|that\s+day)\b|那时|当时|届时|那天|当天", re.IGNORECASE)
_NEAR = re.compile(r"\b(?:just|shortly)\s+(?:before|after)\s*(?:the\s+)?$", re.IGNORECASE)
_JUST_OVER = re.compile(r"(?:才|刚刚?|一)过")
_SENTENCE = re.compile(r"[?.!]\s|[。？！]")
_HAN_AROUND = re.compile(r"前后|左右")
_AROUND = re.compile(r"\b(?:around|about|circa|round)\s*$", re.IGNORECASE)
_NEXT_DAY = re.compile(
    r"\bthe\s+(?:next|following)\s+(?:day|morning)\b|\bthe\s+(?:day|morning)\s+after(?=\W*(?:[?.,;!]|$))|第二天|次日(?!起)|翌日(?!起)|隔天",
    re.IGNORECASE,
)
_FESTIVE = timedelta(days=8)  # no longer is what a day is called by: a festival of a week
NEARLY = timedelta(days=10)
# "after National Day 2014" is some day of the weeks after it
SEASON = timedelta(days=30)


def find_when(question: Question, corpus: Corpus) -> When:
    """Return the days that a question means; a day given apart wins over its words, and today is meant where none is said."""
    if question.on is not None:
        return When(question.on, question.on, Basis.GIVEN)
    text, eras, mentions = _read(question, corpus)
    chosen = (
        _choose(text, [_so_far(when, question.today) for when in eras.days], mentions)
        or compare_eras(question.text, eras.spoken_of, question.today)
        or _last(eras.spoken_of, question.today)
        or _by_then(text, question.today)
    )
    return carry_over(text, chosen, corpus) if chosen else When(question.today, question.today, Basis.TODAY)


def find_said(question: Question, corpus: Corpus) -> tuple[When, ...]:
    """Return everything that the words say of days, in order: what a comparison stands between."""
    _, eras, mentions = _read(question, corpus)
    return (*eras.days, *(mention.when for mention in mentions))


def _read(question: Question, corpus: Corpus) -> tuple[str, Eras, tuple[Mention, ...]]:
    """Return the words of a question without the instruments in them, what these say of days, and what the words do."""
    words = name_years(question.text)
    eras = find_eras(words, corpus)
    text = blank_out(words, eras.spans, by="\0")
    mentions = tuple(_without_told(text, find_mentions(text, question.today)))
    return text, eras, _joined(text, _moved(text, mentions, question.today))


def _without_told(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions but those behind which the day itself is told in brackets."""
    for one, after in pairwise((*mentions, None)):
        if one and not (after and after.when.is_one_day and _is_told(text, one, after)):
            yield one


def _is_told(text: str, one: Mention, after: Mention) -> bool:
    """Whether a day is told behind what it is called: in brackets, or where it is the same day of the year."""
    first, day = one.when.first, after.when.first
    is_same = (first.month, first.day) == (day.month, day.day) and _TOLD_AGAIN.fullmatch(text, one.end, after.start)
    return bool(is_same or _TOLD.fullmatch(text, one.end, after.start))


def _choose(text: str, eras: Sequence[When], mentions: Sequence[Mention]) -> When | None:
    """Return the most precise; of equals the latest. A date says more than "now", and "now" more than "since 2014".

    A date that opens the question and is parted from the rest sets its scene; one that is said to be that of asking wins.
    A date that only bounds the days says as much as others in the last sentence, which asks; one that stands there says more
    than those of the sentences before it, unless it looks back at these: "by then".
    """
    asks = max((end.end() for end in _SENTENCE.finditer(text[:-1])), default=0)
    certain = [one for one in mentions if one.when.basis is not Basis.RELATIVE and not (one.is_bound and one.start < asks)]
    asking = [one.when for one in certain if _ASKING.search(text[: one.start]) or _HAN_ASKING.match(text[one.end :])]
    in_question = [one for one in certain if one.start >= asks and not one.is_bound and not _BACK.search(text, asks)]
    dates = [*eras, *(one.when for one in in_question or certain)]
    near = [one.when for one in mentions if one.when.basis is Basis.RELATIVE and not one.is_bound]
    bounds = [one.when for one in mentions if one.is_bound]
    scene = [one.when for one in mentions if _SCENE.match(text[: one.start]) and _PAUSE.match(text[one.end :])]
    said = asking or scene or dates or near or bounds
    return min(said, key=lambda when: (_length(when), -when.last.toordinal()), default=None)


def _by_then(text: str, today: date) -> When | None:
    """Return the last day by which something had happened, where nothing else says when and it is still under way."""
    days = [
        _single(one.when, day_before(one.when.first)) for one in find_mentions(text, today) if _UNDER_WAY.match(text[one.end :])
    ]
    return max(days, key=lambda when: when.first, default=None)


def _length(when: When) -> timedelta:
    """Return how long the days are; a month is no shorter for having 30 days."""
    return max(when.last - when.first, _LEAST.get(when.basis, timedelta()))


def _last(eras: Sequence[When], today: date) -> When | None:
    """Return the days of the instrument spoken of, as far as they have come."""
    begun = [when for when in eras if when.first <= today]
    if not begun:
        return None
    return _so_far(max(begun, key=lambda when: when.last), today)


def _so_far(when: When, today: date) -> When:
    """Return days as far as they have come, where they have no end that is known."""
    return replace(when, last=max(when.first, today)) if when.last == date.max else when


def _moved(text: str, mentions: Sequence[Mention], today: date) -> tuple[Mention, ...]:
    moved: list[Mention] = []
    for one in (mention for mention in mentions if not _HAN_ALREADY.match(text[mention.end :])):
        beside = _beside(text, one) or _around(text, one) or _next_day(text, one) or _near(text, one)
        when = None if beside else _bound(one.when, text[: one.start], text[one.end :], today)
        moved.append(beside or replace(one, when=when or one.when, is_bound=when is not None))
    return tuple(moved)


def _beside(text: str, mention: Mention) -> Mention | None:
    """Return the other days that the words beside a date mean, "the day before" or "后三天"; None where they mean none."""
    move = move_by_words_before(text[: mention.start]) or move_by_words_after(text[mention.end :])
    if is_festival(mention.when.words) and _NEAR.search(text[: mention.start]):
        return None
    if move is None or (move.is_within and not mention.when.is_one_day):
        return None
    try:
        first, last = move.apply(mention.when.first, mention.when.last)
    except (ValueError, OverflowError):
        return None
    return replace(mention, end=mention.end + move.length, when=replace(mention.when, first=first, last=last))


def _around(text: str, mention: Mention) -> Mention | None:
    """Return the days around one day or a festival, "春节前后", None where they themselves are meant."""
    after = _HAN_AROUND.match(text, mention.end)
    if mention.when.last - mention.when.first >= _FESTIVE or not (after or _AROUND.search(text[: mention.start])):
        return None
    days = replace(mention.when, first=mention.when.first - NEARLY, last=mention.when.last + NEARLY)
    return replace(mention, end=after.end() if after else mention.end, when=days)


def _next_day(text: str, mention: Mention) -> Mention | None:
    """Return the day after one, where the question goes on to ask of it: "On 30 June … And the next morning?"."""
    if not mention.when.is_one_day or not _NEXT_DAY.search(text, mention.end):
        return None
    return replace(mention, when=_single(mention.when, mention.when.first + ONE_DAY))


def _near(text: str, mention: Mention) -> Mention | None:
    """Return the weeks before or after a festival, None where these are not meant, or it is none."""
    if not is_festival(mention.when.words):
        return None
    when, before, after = mention.when, text[: mention.start], text[mention.end :]
    if _BEFORE.search(before) or _HAN_BEFORE.match(after):
        return replace(mention, when=replace(when, first=when.first - SEASON, last=day_before(when.first)))
    is_after = _NEAR.search(before) or _JUST_OVER.match(after) or _AFTER.search(before) or _HAN_AFTER.match(after)
    weeks = replace(when, first=when.last + ONE_DAY, last=when.last + SEASON)
    return replace(mention, when=weeks) if is_after else None


def _bound(when: When, before: str, after: str, today: date) -> When | None:
    """Return the days that a date bounds by the words on both sides of it, None where it stands alone or is that of asking."""
    if _ASKING.search(before):
        return None
    if _BEFORE.search(before) or _HAN_BEFORE.match(after):
        return _single(when, day_before(when.first))
    if _AFTER.search(before) or (when.last - when.first < _FESTIVE and _HAN_AFTER.match(after)):
        return replace(when, first=when.last + ONE_DAY, last=max(when.last + ONE_DAY, today))
    if _UNTIL.search(before) or (_BY.search(before) and _END.match(when.words)):
        return _single(when, when.last)
    if _SINCE.search(before) and when.basis is not Basis.RELATIVE:
        return replace(when, last=max(when.last, today))
    return None


def _single(when: When, day: date) -> When:
    return replace(when, first=day, last=day)


def _joined(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions with two that are the ends of one span made one."""
    joined: list[Mention] = []
    for mention in mentions:
        if joined and _spans(text, joined[-1], mention):
            first = joined.pop()
            when = replace(mention.when, first=first.when.first, words=text[first.start : mention.end])
            joined.append(Mention(first.start, mention.end, when))
        else:
            joined.append(mention)
    return tuple(joined)


def _spans(text: str, first: Mention, last: Mention) -> bool:
    between = text[first.end : last.start]
    if not _JOINS.fullmatch(between) or first.when.first > last.when.last:
        return False
    return not _AND.search(between) or _BETWEEN.search(text[: first.start]) is not None
