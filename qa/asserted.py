"""Figures that a question takes for the rule's own, against those that the rule has.

"The 500,000 limit of Order 251" and "237号令要求60日内决定" are no figures of a case. Where what was found for the question has
no such figure, there is no answer to it; the nearest rule says what is so.
"""

import re
from collections.abc import Iterator, Sequence

from kb.citation import Citation
from kb.references import Reference, find_references
from qa.answer import Reason, Refusal
from qa.calendar_words import find_mentions
from qa.claims import asks_for_place, asks_why, clause_at, is_of_a_case, is_tagged, is_whether, without_place
from qa.figures import Figure, Quantity, find_figures
from qa.own_words import own_words
from qa.question import Question
from qa.reading import Read

# of lengths of time: a year is twelve months and 365 days
NEAR = 0.02
# so many characters at most between an instrument and its figure, and after the figure up to what it is called
MOST_BETWEEN, NEAR_LIMIT = 60, 12
_LAYS_DOWN = re.compile(
    r"\b(?:sets?|fix(?:es|ed)?|require[sd]?|has|had|gives?|gave|lets?|allow(?:s|ed)?|puts?|caps?|limits?|provide[sd]?|demand(?:s|ed)?|must|may"
    r"|says?|said|make[s]?|made|want(?:s|ed)?|ask(?:s|ed)?|cut|raised?|lowered|shortened|lengthened|extended|reduced)\b"
    r"|(?:提|提高|降|压|缩短|延长|升|调|改)[到至为成]|规定|要求|定[为在成]|设[为定了]|允许|应当|必须|须|就能|就可|可以|给了?",
    re.IGNORECASE,
)
_OF_INSTRUMENT = re.compile(r"\b(?:of|in|under|by)\s+(?:the\s+)?$", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:limits?|thresholds?|caps?|ceilings?|rates?|deadlines?|periods?|rules?|lines?|bars?|floors?)\b|界限|上限|下限|标准|期限|门槛|比例|查验率|红线|线",
    re.IGNORECASE,
)
# "满半年就能恢复": what follows from the figure
_FOLLOWS = re.compile(r"以?后?(?:就|即|便)(?:能|可)|后(?:能|可)(?!不|否)")
# "Under Order 251 it was done every two years. …": a sentence that states what the instrument has
_UNDER, _STATED = re.compile(r"\bunder\s+$", re.IGNORECASE), re.compile(r"[^.?!]{0,60}\.\s")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_YEARLY_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_NAMES})\b(?!\s*(?:19|20)\d\d)"
    rf"|\b(?P<name>{_NAMES})\s+(?P<date>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s*(?:19|20)\d\d)"
    r"|(?<!年)(?P<han>\d{1,2})月(?P<on>\d{1,2})[日号]",
    re.IGNORECASE,
)


def refuse_asserted(question: Question, named: Sequence[Citation], reads: Sequence[Read]) -> Refusal | None:
    """Refuse a question that ascribes a figure to an instrument where what was found there has none such."""
    if not reads or not (named or asks_why(question.text)):
        return None
    texts = ["\n".join(own_words(read.text, read.version.regulation)) for read in reads]
    said = [figure for text in texts for figure in find_figures(text)]
    for figure in _ascribed(question):
        if not any(_is_same(figure, other) for other in said):
            return Refusal(Reason.NOT_SO, figure.written)
    days = {_day(match) for text in texts for match in _YEARLY_DAY.finditer(text)}
    lacking = (
        match for match in _YEARLY_DAY.finditer(question.text) if _is_ascribed(question.text, match.start(), match.end())
    )
    missing = next((match for match in lacking if _day(match) not in days), None)
    return Refusal(Reason.NOT_SO, missing[0]) if missing else None


def _ascribed(question: Question) -> Iterator[Figure]:
    """Yield the figures of a question that it takes for those of an instrument that it names."""
    text = question.text
    taken = [(one.start, one.end) for one in find_mentions(text, question.today)]
    taken += [(one.start, one.end) for one in find_references(text)]
    for figure in find_figures(without_place(text)):
        is_free = not any(start < figure.end and figure.start < end for start, end in taken)
        if is_free and _is_ascribed(text, figure.start, figure.end):
            yield figure


def _is_ascribed(text: str, start: int, end: int) -> bool:
    """Whether what stands between two places is said of an instrument, and not of a case."""
    clause = clause_at(text, start)
    if is_of_a_case(clause):
        return False
    if is_whether(text) and not is_tagged(text):
        own = [one for one in find_references(clause) if not is_whether(clause)]
        offset = text.index(clause)
        return any(_lays_down(clause, reference, start - offset, end - offset) for reference in own)
    if asks_for_place(text) or asks_why(text):
        return True
    return any(_lays_down(text, reference, start, end) for reference in find_references(text))


def _lays_down(text: str, reference: Reference, start: int, end: int) -> bool:
    """Whether an instrument is said to lay down what stands between two places: by a verb between, or as its limit."""
    if reference.end <= start:
        between = text[reference.end : start]
        is_near = len(between) <= MOST_BETWEEN and not re.search(r"[.;?。；？]", between)
        follows = _FOLLOWS.match(text, end) or (_UNDER.search(text[: reference.start]) and _STATED.match(text, end))
        return is_near and bool(follows or _LAYS_DOWN.search(between) or _LIMIT.search(text[end : end + NEAR_LIMIT]))
    between = text[end : reference.start]
    return bool(_LIMIT.search(between) and _OF_INSTRUMENT.search(between)) and len(between) <= MOST_BETWEEN


def _is_same(figure: Figure, other: Figure) -> bool:
    """Whether two figures measure the same; money may stand without its unit."""
    if figure.quantity is not other.quantity:
        return False
    if figure.quantity is Quantity.COUNT and figure.counted and other.counted and figure.counted != other.counted:
        return False
    return abs(figure.value - other.value) <= NEAR * max(figure.value, other.value)


def _day(match: re.Match[str]) -> tuple[int, int]:
    """Return the month and the day of a day of every year."""
    if match["han"]:
        return int(match["han"]), int(match["on"])
    name, day = (match["month"], match["day"]) if match["month"] else (match["name"], match["date"])
    return _MONTHS.index(name[:3].lower()) + 1, int(day)
