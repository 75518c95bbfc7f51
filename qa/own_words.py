"""What a Provision says for itself: its words without what they tell of other instruments and of other days.

A restatement may say beside its rule how another order had it ("5 years (Order 237: every 3 years)"). Such words are of use to
a reader, but the Provision does not lay them down.
"""

import re
from functools import lru_cache

from kb.model import ProvisionText
from kb.references import find_references
from qa.passages import find_passages
from search.analysis import terms_of

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_OTHER_DAYS = re.compile(
    r"\b(?:no\s+longer|unlike|compared\s+with|before\s+that|previously|formerly|dropped|until\s+(?:19|20)\d\d|in\s+(?:19|20)\d\d|\(\d+\s+in\s)"
    r"|不再|此前|以前为|相比|不同于|删去|已删|取消了",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def own_words(text: ProvisionText, regulation: str) -> tuple[str, ...]:
    """Return the heading and the passages of a Provision of a Regulation that speak of no other instrument and no other days.

    What stands in brackets is left out where it does; the rest of the passage is kept.
    """
    passages = find_passages(text)
    pieces = (
        _BRACKETS.sub(lambda match: " " if _is_of_others(match[0], regulation) else match[0], one.text) for one in passages
    )
    leads = dict.fromkeys(passage.lead for passage in passages if passage.lead)
    return (text.title, *(one for one in (*leads, *pieces) if not _is_of_others(one, regulation)))


@lru_cache(maxsize=8192)
def own_terms(text: ProvisionText, regulation: str) -> frozenset[str]:
    """Return the terms of what a Provision says for itself."""
    return frozenset(terms_of("\n".join(own_words(text, regulation))))


def _is_of_others(words: str, regulation: str) -> bool:
    """Whether words tell of another instrument, or of other days."""
    if _OTHER_DAYS.search(words):
        return True
    return any(one.citation.regulation != regulation for one in find_references(words))
