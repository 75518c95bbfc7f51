"""The days that an instrument gives a question: its own era, and the days on which it began or ended.

"The day before Order 251 took effect", "when Order 225 was in force", "under the 2008 rules", "the 2015 edition of SAFE".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kb.citation import Citation
from kb.corpus import Corpus
from kb.interval import ONE_DAY
from kb.model import Version
from kb.references import find_references
from qa.calendar_parts import year_number
from qa.moves import move_by_words_after, move_by_words_before
from qa.naming import find_instruments
from qa.question import Basis, When, day_before

_BEGAN = (
    r"(?:took\s+effect|takes?\s+effect|came\s+into\s+(?:force|effect)|entered\s+into\s+force|became\s+effective"
    r"|began|started|arrived|came\s+(?:in|out|along)(?!\s+force)|kicked\s+in|生效|开始施行|施行|实施|出台|推出|上路)"
)
_ENDED = r"(?:was\s+repealed|were\s+repealed|ended|expired|ceased|lapsed|was\s+replaced|废止|失效|被废止)"
_ISSUED = r"(?:was\s+(?:promulgated|issued|published|announced)|公布|发布|颁布)"
_EVENT = re.compile(rf"\s*(?:(?P<began>{_BEGAN})|(?P<ended>{_ENDED})|(?P<issued>{_ISSUED}))", re.IGNORECASE)
# "施行的最后一天": not the day on which it began, but the days on which it stood
_STOOD = re.compile(r"(?:施行|实施|执行|有效|生效)(?=的?最后)")
_BEFORE = re.compile(r"\b(?:before|prior\s+to|until|till)\s*(?:the\s+)?$", re.IGNORECASE)
_AFTER = re.compile(r"\bafter\s*(?:the\s+)?$", re.IGNORECASE)
_WHEN = re.compile(r"(?:^|[.?!;])\W*(?:when|once|as\s+soon\s+as)\s*(?:the\s+)?$", re.IGNORECASE)
# "certified before Order 251": what had happened by then, in a clause of its own
_HAD = re.compile(r"\b(?:had|have|has)\s+(?:(?:only|already|been|just)\s+)*[a-z]+ed\b[^,;.?!]{0,40}\bbefore\s*$", re.IGNORECASE)
# "under Order 170's reign": the era itself, in which something else is asked for
_UNDER = re.compile(r"\b(?:under|according\s+to|by)\s+(?:the\s+)?$|(?:按照?|依照?|依据|根据)$", re.IGNORECASE)
_IN_THE_DAYS = re.compile(r"\b(?:during|in\s+the\s+(?:days|era|times?|years)\s+of)\s*(?:the\s+)?$", re.IGNORECASE)
_ITS_DAYS = re.compile(
    r"(?:['’]s)?\s+(?:era|days|times|period|years)\b"
    r"|\s+(?:was|were)\s+(?:still\s+)?(?:the\s+(?:rule|law)|in\s+charge|good\s+law)\b"
    r"|(?:管着?|当家|管用|施行|有效|实施|用着?|执行|说了算)的(?:那几年|那些年|那时候?|那段(?:时间|日子)|时候|期间)"
    r"|的?(?:时期|时代|期间|年代|那几年|那些年|那时)",
    re.IGNORECASE,
)
_HAN_BEFORE = re.compile(r"的?(?:之前|以前|前)(?![款条项述])")
_HAN_AFTER = re.compile(r"的?(?:之后|以后|后)")
# "施行前就被定为…的": what had happened by then, not the day that is asked about
_HAN_ALREADY = re.compile(r"的?(?:之前|以前|前)(?:就|已|便|曾)")
_YEAR = r"(?:19|20)\d\d"
_HAN_SHORT = r"(?<![\d第满一二三四五六七八九十])(?:0\d|1\d|2[0-6]|9\d|[〇零一九][〇零一二三四五六七八九])"
_NOUN = (
    r"(?:editions?|version|SAFE|framework|rules?|rulebook|measures|scheme|orders?|regime|system|standards?|text|guidelines?)"
)
# words that part a year from the noun after it, so that the year is a date: "in 2018 the rules"
_OWN = r"(?!(?:the|did|do|does|what|which|are|is|was|were|and|or|our|my|any|we)\b)[\w-]+\s+"
_EDITION = re.compile(
    rf"\b(?P<e>{_YEAR})(?=\s+(?:vs\.?|versus|and|or|to|with)\s+(?:the\s+)?{_YEAR}\s+(?:{_OWN}){{0,2}}{_NOUN}\b)"
    rf"|\b(?P<a>{_YEAR})\s+(?:{_OWN}){{0,2}}{_NOUN}\b"
    rf"|\b{_NOUN}\s+(?:of|from)\s+(?P<b>{_YEAR})\b"
    rf"|\bSAFE\s+(?:Framework\s+)?(?P<c>{_YEAR})\b"
    rf"|(?P<d>{_YEAR}|{_HAN_SHORT}(?=年))年?(?:的|那|这)?一?[部版套份]?[新旧老]?的?(?:版本?|(?:国际|世界|企业|分类|信用|管理)*(?:规则|办法|规定|标准框架|标准|框架))",
    re.IGNORECASE,
)
# what sets instruments beside each other, so that both are asked about
LEAST_COMPARED = 2
_COMPARES = re.compile(
    r"\b(?:vs|versus|compar\w*|differ\w*|respectively|contrast\w*|chang\w+|and\s+(?:what|how|which)|from\b.{4,60}\bto)\b"
    r"|区别|差[别异在]|不同|不一样|对比|相比|比较|比起|变化|变了|怎么变|分别|各自?(?:是|有|为|要|多|几|指)|从.{4,30}到",
    re.IGNORECASE,
)
# "251号令已经公布，9月20日…": the order is told to be there, and not what is asked about
_PUBLISHED = re.compile(
    r"\s*(?:[（(]?(?:19|20)\d\d年\d{1,2}月\d{1,2}[日号][）)]?)?(?:已经?|正式|刚刚?|才)?(?:公布|发布|颁布)了?(?:但[^，,。；;？?]{0,20})?[，,。；;]\s*\S{4}"
    r"|\s+(?:was|had\s+been|is|has\s+been)\s+(?:already\s+|just\s+)?(?:promulgated|published|issued|signed)\b[^,.;?!]{0,40}[,.;]\s+\S",
    re.IGNORECASE,
)
# what asks how those graded passed from one order to the next
_CARRIED = re.compile(
    r"\bcarr(?:y|ied|ies)\s+(?:on|over)\b|\bautomatic\w*|\btransition\w*|\b(?:keep|kept|retain\w*)\s+(?:it|the|our)\b"
    r"|\bput\s+(?:in)?to\b|\bwhat\s+(?:did|do)\s+we\s+become\b|自动|过渡|衔接|保留",
    re.IGNORECASE,
)
_FRAMEWORK = re.compile(r"safe|wco|framework|edition|world|international|国际|世界|标准框架|框架|版", re.IGNORECASE)
# "the very first edition" of the framework
_FIRST_EDITION = re.compile(
    r"\b(?:very\s+)?(?:first|original|earliest)\s+(?:SAFE\s+|Framework\s+)*(?:edition|version|text|SAFE|Framework)\b"
    r"|(?:第一|首|初|最[初早]的?|最原始的?|刚出来的?那?)(?:个|一)?(?:版本?|标准框架|框架)",
    re.IGNORECASE,
)

# "the day before the Council adopted it": the framework that the question speaks of
_ADOPTED = re.compile(
    r"\b(?:the\s+)?(?:wco\s+)?council\s+adopted\s+(?:it|the\s+framework|safe)\b|\b(?:it|the\s+framework|safe)\s+was\s+adopted\b"
    r"|理事会通过(?:它|标准框架|框架)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Eras:
    """What the instruments of a text say of days.

    `days` are certain days named by an event; `spoken_of` the eras of instruments merely named; `spans` the characters that
    name them, which are no dates themselves; `markers` those of them that only mark a day.
    """

    days: tuple[When, ...]
    spoken_of: tuple[When, ...]
    spans: tuple[tuple[int, int], ...]
    markers: tuple[tuple[int, int], ...]


def find_eras(text: str, corpus: Corpus) -> Eras:
    """Return what the instruments named in a text say of days."""
    days: list[When] = []
    spoken_of: list[When] = []
    spans: list[tuple[int, int]] = []
    markers: list[tuple[int, int]] = []
    for start, end, versions in _named(text, corpus):
        spans.append((start, end))
        if versions:
            event = _event(text, start, end, versions)
            if event:
                days.append(event)
            if event or _PUBLISHED.match(text, end):
                markers.append((start, end))
            spoken_of.append(_era(versions, text[start:end]))
    return Eras(tuple(days), tuple(spoken_of), tuple(spans), tuple(markers))


def compare_eras(text: str, eras: Sequence[When], today: date) -> When | None:
    """Return the days from the first to the last of the instruments that a question compares, None where it compares none.

    >>> eras = (When(date(2008, 4, 1), date(2010, 12, 31), Basis.ERA), When(date(2011, 1, 1), date(2014, 11, 30), Basis.ERA))
    >>> compare_eras("170号令和197号令有什么区别", eras, date(2026, 1, 1)).compared
    (datetime.date(2009, 8, 16), datetime.date(2012, 12, 15))
    """
    begun = sorted((part for era in eras if (part := era.clipped(date.min, today))), key=lambda era: era.first)
    days = tuple(dict.fromkeys(era.middle for era in begun))
    if len(days) < LEAST_COMPARED or not _COMPARES.search(text):
        return None
    words = " … ".join(dict.fromkeys(era.words for era in begun))
    return When(begun[0].first, max(era.last for era in begun), Basis.ERA, words, days)


def carry_over(text: str, when: When, corpus: Corpus) -> When:
    """Return the first day of the next order for the last day of one, where a question asks what was carried over.

    What becomes of those graded under an order is ruled by that which takes its place.
    """
    if not when.is_one_day or when.last == date.max or not _CARRIED.search(text):
        return when
    day = when.last + ONE_DAY
    begins = any(
        one.interval.start.earliest == day and corpus.regulation(one.regulation).kind == "order" for one in corpus.versions()
    )
    return When(day, day, when.basis, when.words) if begins else when


def is_under(text: str) -> bool:
    """Whether a question asks what is so under an instrument, "按197号令，…", and not of the instrument itself."""
    return any(_UNDER.search(text[: reference.start]) for reference in find_references(text))


def _named(text: str, corpus: Corpus) -> Iterator[tuple[int, int, tuple[Version, ...]]]:
    """Yield where a text names an instrument or an edition, with its Versions, none where it is not held."""
    for reference in find_instruments(text, corpus):
        yield reference.start, reference.end, _versions(reference.citation, corpus)
    for start, end, version in _editions(text, corpus):
        yield start, end, (version,)
    first = (*_ADOPTED.finditer(text), *_FIRST_EDITION.finditer(text)) if _FRAMEWORK.search(text) else ()
    frameworks = [one for one in corpus.regulations.values() if one.kind == "framework"] if first else []
    for match in first:
        yield from ((match.start(), match.end(), one.in_order[:1]) for one in frameworks)


def _versions(citation: Citation, corpus: Corpus) -> tuple[Version, ...]:
    regulation = corpus.regulations.get(citation.regulation)
    if regulation is None:
        return ()
    return tuple(version for version in regulation.versions if citation.version in ("", version.label))


def _era(versions: tuple[Version, ...], words: str) -> When:
    ends = [version.interval.end for version in versions]
    known = [end.earliest for end in ends if end is not None]
    last = date.max if len(known) < len(ends) else max(known) - ONE_DAY
    first = min(version.interval.start.earliest for version in versions)
    return When(first, max(first, last), Basis.ERA, words)


def _event(text: str, start: int, end: int, versions: tuple[Version, ...]) -> When | None:
    """Return the days that the words beside an instrument name: of an event, of its era, or beside one of them."""
    stood = _STOOD.match(text, end)
    match = None if stood else _EVENT.match(text, end)
    after = stood.end() if stood else match.end() if match else end
    span = _span(match, versions)
    if span is None or _HAN_ALREADY.match(text[after:]):
        return None
    move = move_by_words_before(text[:start]) or move_by_words_after(text[after:])
    if move and (match or not move.is_within):
        try:
            first, last = move.apply(*span)
        except (ValueError, OverflowError):
            return None
        return When(first, last, Basis.ERA, text[start : after + move.length])
    if not match and (_IN_THE_DAYS.search(text[:start]) or _ITS_DAYS.match(text[after:])):
        return When(*span, Basis.ERA, text[start:after])
    day = _bound(match, text[:start], text[after:], span)
    return When(day, day, Basis.ERA, text[start:after]) if day else None


def _bound(match: re.Match[str] | None, before: str, after: str, span: tuple[date, date]) -> date | None:
    """Return the day next to an event or an era, by "before" and "after"; after an era nothing certain is meant."""
    if _HAD.search(before):
        return None
    if _BEFORE.search(before) or _HAN_BEFORE.match(after):
        return day_before(span[0])
    if match and _WHEN.search(before) and match["began"]:
        return span[0]
    return span[1] + ONE_DAY if match and (_AFTER.search(before) or _HAN_AFTER.match(after)) else None


def _span(match: re.Match[str] | None, versions: tuple[Version, ...]) -> tuple[date, date] | None:
    """Return the day of an event, or the first and the last day of the era where there is none; None where it is not known."""
    if match is None:
        era = _era(versions, "")
        return era.first, era.last
    day = _day(match, versions)
    return (day, day) if day else None


def _day(match: re.Match[str], versions: tuple[Version, ...]) -> date | None:
    if match["began"]:
        return min(version.interval.start.latest for version in versions)
    if match["issued"]:
        dates = [version.dates.promulgated for version in versions if version.dates.promulgated]
        return min(dates).earliest if dates else None
    ends = [version.interval.end for version in versions if version.interval.end and version.interval.end.is_bounded]
    return max(ends).earliest if ends else None


def _editions(text: str, corpus: Corpus) -> Iterator[tuple[int, int, Version]]:
    """Yield the Versions named by their year: an edition of the framework, or the order of that year."""
    for match in _EDITION.finditer(text):
        year = str(year_number(next(value for value in match.groupdict().values() if value)))
        wants_framework = _FRAMEWORK.search(text) is not None
        for version in corpus.versions():
            is_framework = corpus.regulation(version.regulation).kind == "framework"
            is_order = corpus.regulation(version.regulation).kind == "order"
            if version.label.startswith(year) and (is_framework if wants_framework else is_order):
                yield match.start(), match.end(), version
                break
