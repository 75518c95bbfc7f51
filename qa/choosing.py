"""Which passages of a Provision answer a question: those that say most of it, with what they hang on.

A short text is kept whole. Of a long one the best passages are kept, in reading order; a list item brings what leads in to it,
and what follows a kept passage and takes some of it back ("except", "但") is kept with it.
"""

import re
from itertools import pairwise

from kb.model import ProvisionText
from qa.asked import Asked
from qa.figures import Quantity, find_figures, has_figure
from qa.intent import Intent
from qa.passages import Passage
from qa.reading import Read

SHORT = {"en": 520, "zh": 240}
LONG = {"en": 900, "zh": 420}
NEAR = 0.7
FIGURE_WANTED = 0.3
MOST_FACTS = 2
# so many sentences answer a question for one fact, one more where it says nearly as much as the best
FEW, AS_NEAR = 2, 0.9
_COUNTED = frozenset({Quantity.COUNT, Quantity.MONEY, Quantity.TIME})
_TAKES_BACK = re.compile(
    r"(?:but|except|unless|however|this\s+does\s+not|it\s+does\s+not|other\s+than|save)\b|但|除外|另有|不适用|前款",
    re.IGNORECASE,
)


def choose_passages(read: Read, asked: Asked) -> tuple[Passage, ...]:
    """Return the passages that answer, in reading order; figures that answer come last."""
    body = [(passage, share) for passage, share in read.passages if not passage.is_fact]
    facts = [(passage, share + _wanted(passage, asked)) for passage, share in read.passages if passage.is_fact]
    if sum(len(passage.text) for passage, _ in body) <= SHORT.get(read.text.language, SHORT["en"]) and (
        not asked.is_single or len(body) <= FEW
    ):
        kept = [passage for passage, _ in body]
    else:
        kept = _best(body, read.text, asked)
        kept = _whole_lists(kept, [passage for passage, _ in body], read.text) if Intent.HOW_MANY in asked.intents else kept
    leads = {passage.lead for passage in kept}
    kept = [passage for passage in kept if passage.text not in leads]
    return (*kept, *_best_facts(facts, kept, asked))


def _whole_lists(kept: list[Passage], body: list[Passage], text: ProvisionText) -> list[Passage]:
    """Return the passages kept with the rest of their lists, where these are short: what is counted is named."""
    leads = {passage.lead for passage in kept} - {""}
    whole = [passage for passage in body if passage in kept or passage.lead in leads]
    return whole if sum(len(passage.text) for passage in whole) <= LONG[text.language] else kept


def choose_briefly(read: Read, asked: Asked) -> tuple[Passage, ...]:
    """Return the passage that says most of what was asked, with what takes it back: enough of what stands beside the answer."""
    chosen = choose_passages(read, asked)
    shares = {id(passage): share + _wanted(passage, asked) for passage, share in read.passages}
    best = max(chosen, key=lambda passage: (shares[id(passage)], not passage.is_fact), default=None)
    pairs = pairwise([*chosen, None])
    return tuple(
        one for before, after in pairs if before is best for one in (before, after) if one and (one is best or _takes_back(one))
    )


def _takes_back(passage: Passage) -> bool:
    return _TAKES_BACK.match(passage.text) is not None


def _wanted(passage: Passage, asked: Asked) -> float:
    """Return what a passage gains by a figure of the kind asked for."""
    wanted = asked.quantities
    return FIGURE_WANTED if wanted and has_figure(passage.text, wanted) else 0.0


def _best(body: list[tuple[Passage, float]], text: ProvisionText, asked: Asked) -> list[Passage]:
    shares = [share + _wanted(passage, asked) for passage, share in body]
    top = max(shares, default=0.0)
    by_share = sorted(range(len(body)), key=lambda place: (-shares[place], place))
    kept, length = set[int](), 0
    for place in by_share:
        is_enough = len(kept) >= FEW if asked.is_single else length > LONG.get(text.language, LONG["en"])
        if kept and shares[place] < (AS_NEAR if is_enough and asked.is_single else NEAR) * top:
            break
        if is_enough and (not asked.is_single or len(kept) > FEW):
            break
        kept.add(place)
        length += len(body[place][0].text)
    kept |= {after for before, after in pairwise(range(len(body))) if before in kept and _takes_back(body[after][0])}
    return [body[place][0] for place in sorted(kept)]


def _best_facts(facts: list[tuple[Passage, float]], kept: list[Passage], asked: Asked) -> list[Passage]:
    """Return the figures that say most of what was asked, where the kept passages do not say them already; one for one fact."""
    said = " ".join(passage.text for passage in kept)
    top = max((share for _, share in facts), default=0.0)
    figures = _figures(said)
    new = [
        (passage, share)
        for passage, share in facts
        if share >= NEAR * top and share > 0 and passage.text not in said and not _repeats(passage.text, figures)
    ]
    most = max(1, len(asked.quantities & _COUNTED)) if asked.is_single else MOST_FACTS
    best = sorted(new, key=lambda one: -one[1])[:most]
    return [passage for passage, _ in facts if any(passage is chosen for chosen, _ in best)]


def _figures(text: str) -> frozenset[tuple[Quantity, float]]:
    return frozenset((figure.quantity, figure.value) for figure in find_figures(text))


def _repeats(text: str, said: frozenset[tuple[Quantity, float]]) -> bool:
    """Whether a text has figures, and none but those that were said."""
    own = _figures(text)
    return bool(own) and own <= said
