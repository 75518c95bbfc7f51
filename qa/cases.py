"""Figures of a case beside the figures of a rule: where both measure the same, which is greater is computed, not guessed.

A sum ("twice, 120,000 each") and a share ("3 times", "2,000 declarations") are worked out from the case, and say how. A figure
is compared only with figures of the same noun, in the passage that measures most of the case, and for those who ask:
brokers, or those who trade for themselves.
"""

import re
from collections.abc import Iterator

from kb.citation import Citation
from qa.answer import Measured, Relation
from qa.figures import PAPERS, TIMES, Figure, Quantity, find_figures
from qa.passages import Passage

MEASURED = (Quantity.MONEY, Quantity.DOLLARS, Quantity.SHARE, Quantity.COUNT)
MOST = 4
NEAR = 40  # characters before a figure that say whether it is of one penalty or of all
# shares as great as these measure something else than breaches among declarations
GREATEST_SHARE = 0.005
_EACH = re.compile(r"\s*(?:\w+\s+)?(?:each|apiece|per\s+time|every\s+time)\b", re.IGNORECASE)
_HAN_EACH = re.compile(r"(?:每次|各)[^，。；]{0,6}$")
_BROKER = re.compile(
    r"\b(?:brokers?|brokerage|customs-declaration\s+enterprises?|clearing\s+agents?|(?<!non-)declarants?)\b|(?<!非)报关(?:企业|行|公司)|清关行|[(（]报关[)）]",
    re.IGNORECASE,
)
# who says that he is no broker speaks as a trader
_NO_BROKER = re.compile(
    r"\b(?:not|no|isn't|aren't)\s+(?:an?\s+)?(?:customs\s+)?(?:brokers?|brokerage|agents?|declarants?)\b|(?:不是|并非|非)(?:报关|清关)(?:企业|行|公司)",
    re.IGNORECASE,
)
_TRADER = re.compile(
    r"\b(?:other\s+than\s+a\s+broker|non-\w+|own\s+account|importers?|exporters?|manufactur\w+|producers?|trad(?:er|ing)\b)"
    r"|非报关|收发货人|生产|进口商|出口商|外贸|自营",
    re.IGNORECASE,
)
_LIMB = re.compile(
    r"[;；]|(?<=非报关[)）])|(?<=[,，。])(?=\s*(?:报关企业|(?:(?:and|or),?\s+)?(?:for\s+)?(?:a\s+)?(?:customs[\s-]+)?(?:brokers?|declara)))",
    re.IGNORECASE,
)
# a pair of limits, one for each kind of enterprise: "(over 1,000,000 / over 300,000)"
_PAIR = re.compile(r"[(（][^)）]*(?: / |／)[^)）]*[)）]")
_SINGLE = re.compile(r"\b(?:each|single|one)\b|单次|每次|一次", re.IGNORECASE)


def measure(question: str, passages: tuple[Passage, ...], citation: Citation) -> tuple[Measured, ...]:
    """Return each figure of the question beside each figure of the passages that measures the same, for those who ask."""
    own = [one for one in find_figures(question) if one.quantity in MEASURED and (one.counted != TIMES or one.value > 1)]
    best = _measuring_most(tuple(_beside(own, question, passages, citation)))
    return tuple({(one.case.written, one.rule.quantity, one.rule.value): one for one in best}.values())[:MOST]


def _measuring_most(measured: tuple[Measured, ...]) -> tuple[Measured, ...]:
    """Return what was measured in the passage that has the most kinds of figures of the case, the first of equals."""
    kinds: dict[str, set[Quantity]] = {}
    for one in measured:
        kinds.setdefault(one.passage.text, set()).add(one.rule.quantity)
    best = max(kinds, key=lambda text: len(kinds[text]), default="")
    return tuple(one for one in measured if one.passage.text == best)


def _derived(question: str) -> Iterator[Figure]:
    """Yield what follows from the figures of a case: so many times so much, so many breaches of so many declarations."""
    figures = find_figures(question)
    times = [one for one in figures if one.counted == TIMES]
    papers = [one for one in figures if one.counted == PAPERS]
    for one in figures:
        is_each = _EACH.match(question, one.end) or _HAN_EACH.search(question[: one.start])
        if one.quantity is Quantity.MONEY and is_each and len(times) == 1:
            total = one.value * times[0].value
            yield Figure(Quantity.MONEY, total, f"{times[0].value:g} × {one.value:,.0f} = {total:,.0f}", one.start, one.end)
    if len(times) == 1 and len(papers) == 1 and papers[0].value:
        share = times[0].value / papers[0].value
        written = f"{times[0].value:g} / {papers[0].value:,.0f} = {share:.3%}"
        yield Figure(Quantity.SHARE, share, written, times[0].start, papers[0].end)


def _beside(case: list[Figure], question: str, passages: tuple[Passage, ...], citation: Citation) -> Iterator[Measured]:
    derived = tuple(_derived(question))
    for passage in passages:
        for limb in _LIMB.split(_PAIR.sub("", passage.text)) if not passage.is_fact else ():
            for rule in find_figures(limb) if _is_for(question, limb) else ():
                is_single = bool(_SINGLE.search(limb[max(rule.start - NEAR, 0) : rule.start]))
                yield from (
                    Measured(own, rule, _relation(own.value, rule.value), passage, citation)
                    for own in (*case, *derived)
                    if _is_same(own, rule) and _is_as_whole(own, derived, is_single=is_single)
                )


def _is_as_whole(own: Figure, derived: tuple[Figure, ...], *, is_single: bool) -> bool:
    """Whether a figure and the rule's are both of one penalty or both of all: a sum never meets the limit of a single one."""
    if own in derived:
        return own.quantity is not Quantity.MONEY or not is_single
    return is_single or all(own.start != one.start for one in derived)


def _is_for(question: str, limb: str) -> bool:
    """Whether a limb is for those who ask, as far as both say who they are."""
    rest, denials = _NO_BROKER.subn(" ", question)
    asks_broker, asks_trader = bool(_BROKER.search(rest)), bool(denials or _TRADER.search(rest))
    if asks_broker == asks_trader:
        return True
    for_trader, for_broker = bool(_TRADER.search(limb)), bool(_BROKER.search(_TRADER.sub(" ", limb)))
    return (not for_trader or for_broker) if asks_broker else (not for_broker or for_trader)


def _is_same(case: Figure, rule: Figure) -> bool:
    """Whether two figures measure the same thing."""
    if case.quantity is not rule.quantity or case.counted != rule.counted:
        return False
    if case.quantity is Quantity.COUNT:
        return case.counted in (TIMES, PAPERS)
    return case.quantity is not Quantity.SHARE or (case.value < GREATEST_SHARE * 10) == (rule.value < GREATEST_SHARE)


def _relation(case: float, rule: float) -> Relation:
    if case == rule:
        return Relation.EQUAL
    return Relation.ABOVE if case > rule else Relation.BELOW
