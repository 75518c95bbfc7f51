"""Figures and days that the corpus says it does not know: "decision deadline: not established" is no answer to "how soon"."""

import re
from collections.abc import Sequence

from qa.answer import Reason, Refusal
from qa.asked import Asked
from qa.figures import find_figures
from qa.intent import Intent
from qa.reading import Read
from search.analysis import terms_of

_NOT_KNOWN = re.compile(
    r"\bnot\s+(?:established|seen|visible|found|known)\b|\bunknown\b|未见|不明|未查明|不详|未知|没有查到|未找到|未确定",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:19|20)\d\d")
_OF_DAYS = frozenset({Intent.BEGAN, Intent.BY_WHEN})
# so near to what says most of the question has a passage to be that says that it is not known
NEAR = 0.95


def refuse_unknown(asked: Asked, reads: Sequence[Read]) -> Refusal | None:
    """Refuse a question for a figure or a day where the best Provision says of just that that it is not known."""
    if not reads or not (asked.quantities or _OF_DAYS & set(asked.intents)):
        return None
    heading = frozenset(terms_of(reads[0].text.heading))
    shares = [(asked.coverage(passage.terms | heading), passage.text) for passage, _ in reads[0].passages]
    top = max((share for share, _ in shares), default=0.0)
    unknown = max((share for share, text in shares if _NOT_KNOWN.search(text)), default=-1.0)
    known = max((share for share, text in shares if not _NOT_KNOWN.search(text) and _answers(text, asked)), default=-1.0)
    is_unknown = unknown >= NEAR * top and unknown > known
    return Refusal(Reason.NOT_HELD, str(reads[0].document.citation)) if is_unknown else None


def _answers(text: str, asked: Asked) -> bool:
    """Whether a text has a figure of the kind asked for, or a date where a day is."""
    if asked.quantities:
        return any(figure.quantity in asked.quantities for figure in find_figures(text))
    return _DATE.search(text) is not None
