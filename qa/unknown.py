"""Figures and days that the corpus says it does not know: "decision deadline: not established" is no answer to "how soon"."""

import re
from collections.abc import Sequence

from kb.kinds import Held
from qa.answer import Reason, Refusal
from qa.asked import Asked
from qa.figures import Quantity, has_figure
from qa.intent import Intent
from qa.numbers import find_numbers
from qa.question import Question
from qa.reading import Read
from search.analysis import terms_of

_NOT_KNOWN = re.compile(
    r"(?<!recalled, )\bnot\s+(?:established|seen|visible|found|known|in\s+the\s+part\s+of\s+the\s+text\s+seen)\b"
    r"|\bunknown\b|\bcut\s+off\b"
    r"|(?<!凭记忆，)未见|不明|未查明|不详|未知|没有查到|未找到|未确定",
    re.IGNORECASE,
)
# of what was agreed or published, that it is not known whether it ever began
_NEVER_BEGUN = re.compile(r"came\s+into\s+force,\s+if\s+at\s+all,\s+is\s+not\s+known|何时实施，未查明", re.IGNORECASE)
_ASKS_DAY = re.compile(
    r"\b(?:what|which)\s+(?:day|date|month)\b|\bwhen\b|哪一?[天日]|哪年|何时|什么时候|几[月号]", re.IGNORECASE
)
_OF_SIGNING = re.compile(r"\bsign(?:ed|ing|ature)?\b|签", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d")
_OF_DAYS = frozenset({Intent.BEGAN, Intent.BY_WHEN})
_TIME = re.compile(
    r"\b(?:time|period|deadline|term|interval|frequency|cycle|dates?|days?|months?|years?|weeks?|when|lengths?|long|often)\b"
    r"|期|时|多久|频|日|天|年|月",
    re.IGNORECASE,
)
# so near to what says most of the question has a passage to be that says that it is not known
NEAR = 0.95
# how much of a question that asks for no figure such a passage has to say
LEAST_SAID = 0.75
# what answers and says so much of what the unknown says of the question is an answer
NEARLY = 0.7
# so near to the leading Provision has another to be whose figure is an answer all the same
AS_GOOD = 0.95
# how much of a question a passage has to say whose number counts what is asked for, and numbers that count nothing
LEAST_COUNTED = 0.7
_ORDINAL = re.compile(r"^\d+\s|(?:附件|\bannex\s+|第)\d+", re.IGNORECASE)


def refuse_unknown(question: Question, asked: Asked, reads: Sequence[Read]) -> Refusal | None:
    """Refuse a question for a figure or a day where the best Provision says of just that that it is not known."""
    if not reads:
        return None
    if lacking := _find_without_figure(asked, reads):
        return Refusal(Reason.NOT_HELD, str(lacking.document.citation))
    if _is_unknown(asked, reads[0]) or _never_began(question.text, reads[0]):
        return Refusal(Reason.NOT_HELD, str(reads[0].document.citation))
    return None


def _find_without_figure(asked: Asked, reads: Sequence[Read]) -> Read | None:
    """Return the leading Provision where it is held in part, and the part held has no figure such as is asked for."""
    near = [read for read in reads if read.score >= AS_GOOD * reads[0].score]
    near = [read for read in near if _is_of_levels(read, asked)] or near
    lead = near[0]
    wanted = asked.quantities - {Quantity.COUNT} if Quantity.TIME in asked.quantities else asked.quantities
    if not wanted or not (lead.provision.held is Held.PART or any(_NOT_KNOWN.search(one.text) for one, _ in lead.passages)):
        return None
    if Quantity.COUNT in wanted and any(_counts(read) for read in near):
        return None
    has_one = any(has_figure(passage.text, wanted) for read in near for passage, _ in read.passages)
    return None if has_one else lead


def _is_of_levels(read: Read, asked: Asked) -> bool:
    """Whether a Provision is about the levels asked about, or about none."""
    return not asked.levels or not read.provision.levels or bool(asked.levels & frozenset(read.provision.levels))


def _counts(read: Read) -> bool:
    """Whether a Provision counts something in words that say most of the question, "may count two at most"."""
    said = (one.text for one, share in read.passages if share >= LEAST_COUNTED and not _NOT_KNOWN.search(one.text))
    return any(find_numbers(_ORDINAL.sub("", text)) for text in said)


def _is_unknown(asked: Asked, lead: Read) -> bool:
    """Whether what a Provision says nearest to a question is that it is not known."""
    heading = frozenset(terms_of(lead.text.heading))
    shares = [(asked.coverage(passage.terms | heading), passage.text) for passage, _ in lead.passages]
    top = max((share for share, _ in shares), default=0.0)
    unknown = max((share for share, text in shares if _NOT_KNOWN.search(text) and _is_of_time(text, asked)), default=-1.0)
    known = max((share for share, text in shares if not _NOT_KNOWN.search(text) and _answers(text, asked)), default=-1.0)
    least = 0.0 if asked.quantities or _OF_DAYS & set(asked.intents) else LEAST_SAID
    return unknown >= max(least, NEAR * top) and NEARLY * unknown > known


def _is_of_time(text: str, asked: Asked) -> bool:
    """Whether what is not known is a time, where nothing but a time is asked for; anything, where something else is."""
    return asked.quantities != {Quantity.TIME} or _TIME.search(text) is not None


def _never_began(text: str, lead: Read) -> bool:
    """Whether it is asked from what day that applies of which it is not known whether it ever began."""
    asks = _ASKS_DAY.search(text) and not _OF_SIGNING.search(text)
    return bool(asks) and any(_NEVER_BEGUN.search(passage.text) for passage, _ in lead.passages)


def _answers(text: str, asked: Asked) -> bool:
    """Whether a text has a figure of the kind asked for, or a date where a day is; where neither is, any text answers."""
    if asked.quantities:
        return has_figure(text, asked.quantities)
    return not _OF_DAYS & set(asked.intents) or _DATE.search(text) is not None
