"""The words of a text that mean days, in English and Chinese: dates written out, counted from today, or called by a name.

Each pattern is tried on the whole text; where two overlap the longer one holds. Those of a family are tried only where the text
has a word that all of the family need: most questions have none.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from qa.calendar_parts import Mention, match_days
from qa.named_days import ANY_NAME, NAMED
from qa.relative_days import RELATIVE
from qa.written_days import WRITTEN

_FAMILIES = (
    (re.compile(r"\d\d|[一二][九〇零]|[〇零九一二][〇零一二三四五六七八九]年|十年代"), WRITTEN),
    (
        re.compile(
            r"\b(?:today|now|currently|at|these|right|yesterday|tomorrow|last|this|next|ago|on)\b|nowadays"
            r"|[今昨明后前去现目眼如当上这本下月]",
            re.IGNORECASE,
        ),
        RELATIVE,
    ),
    (ANY_NAME, NAMED),
)
RECENT = 64


@lru_cache(maxsize=RECENT)  # one question is read for its days by several rules
def find_mentions(text: str, today: date) -> tuple[Mention, ...]:
    """Return what the text says of days, in order; relative words are counted from `today`."""
    found = sorted(_every(text, today), key=lambda mention: (mention.start - mention.end, mention.start))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _every(text: str, today: date) -> Iterator[Mention]:
    for needed, patterns in _FAMILIES:
        if needed.search(text):
            yield from match_days(patterns, text, today)
