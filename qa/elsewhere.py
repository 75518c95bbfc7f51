"""When the rules of other days answer, and those of the days meant do not: near as they come, they are no answer."""

from collections.abc import Iterable, Sequence

from kb.corpus import Corpus
from kb.history import Histories
from kb.interval import Certainty
from kb.line import MAIN_TRACK
from kb.model import Version
from qa.answer import Reason, Refusal
from qa.asked import Asked
from qa.own_words import own_terms
from qa.question import When
from qa.reading import NOTHING, Read
from qa.units import Unit

# how good the best Provision of other days may be beside the best of the days meant
ELSEWHERE = 0.6
ELSEWHERE_IN_WORDS = 0.95
# the same where less than so much of the order of the days meant is held
ELSEWHERE_OF_GAPS = 0.9
MOSTLY_HELD = 0.75
# so good has a Provision of other days to be whose counterpart of the days meant is not held
AS_WELL = 0.98
# a notion in the rules' own words so telling that a question turns on it
TURNED_ON = 6.5
# the same is turned on only where other days answer so much better, and say so much of the question
BETTER, WELL_SAID = 0.98, 0.75
# of what only other days say: how many notions, how much they tell, how much of the question, and how much better the answer is
LEAST_LOST, LOST_WEIGHT, OUTSAID, OUTSAID_BY = 2, 10.0, 0.3, 0.9


def refuse_elsewhere(asked: Asked, reads: Sequence[Read], best: Read, elsewhere: Read | None) -> Refusal | None:
    """Refuse a question that a Provision of other days answers far better, or whose own words only other days knew."""
    if elsewhere is None or elsewhere.version is best.version:
        return None
    said = [terms for read in reads for terms in read.pieces]
    lost = [unit for unit in asked.units if unit.is_own and not _is_said(unit, said) and _is_said(unit, elsewhere.pieces)]
    if lost and best.score < ELSEWHERE_IN_WORDS * elsewhere.score:
        return Refusal(Reason.NOT_THEN, lost[0].words)
    turned_on = _turned_on(asked, best, elsewhere) if best.score < BETTER * elsewhere.score else ()
    turned_on = turned_on or _outsaid(asked, reads, best, elsewhere)
    if turned_on:
        return Refusal(Reason.NOT_THEN, turned_on[0].words)
    return Refusal(Reason.NOT_CARRIED) if is_far_better(elsewhere, best) else None


def _turned_on(asked: Asked, best: Read, elsewhere: Read) -> tuple[Unit, ...]:
    """Return the notions that a question turns on which a Provision of other days says, and the best does not for itself."""
    if elsewhere.covered < WELL_SAID:
        return ()
    own = own_terms(best.text, best.version.regulation)
    keys = (unit for unit in asked.units if unit.is_key and unit.weight >= TURNED_ON)
    return tuple(unit for unit in keys if not unit.covered_by(own) and unit.covered_by(elsewhere.words))


def _outsaid(asked: Asked, reads: Sequence[Read], best: Read, elsewhere: Read) -> tuple[Unit, ...]:
    """Return the notions that only other days say, where these say far more of a question than anything near to the best."""
    if best.score >= OUTSAID_BY * elsewhere.score:
        return ()
    near = [read for read in reads if read.score >= ELSEWHERE * best.score]
    if elsewhere.covered - max(read.covered for read in near) < OUTSAID:
        return ()
    lost = tuple(
        unit
        for unit in asked.units
        if unit.covered_by(elsewhere.words) == 1 and not _is_said(unit, [read.words for read in near])
    )
    return lost if len(lost) >= LEAST_LOST and sum(unit.weight for unit in lost) >= LOST_WEIGHT else ()


def refuse_gap(best: Read, elsewhere: Read | None, when: When, corpus: Corpus) -> Refusal | None:
    """Refuse a question that an order of other days answers better, where much of the order of its days is not held."""
    if elsewhere is None or elsewhere.version is best.version or best.score >= ELSEWHERE_OF_GAPS * elsewhere.score:
        return None
    for line in corpus.lines_of(elsewhere.version.regulation):
        orders = line.regulations(MAIN_TRACK)
        for id_ in orders if elsewhere.version.regulation in orders else ():
            if gap := _gap(id_, when, corpus):
                return Refusal(Reason.NOT_HELD, str(gap.citation))
    return None


def refuse_counterpart(best: Read, elsewhere: Read | None, when: When, histories: Histories) -> Refusal | None:
    """Refuse a question that a Provision of other days answers as well, whose counterparts on the days meant are not held."""
    if elsewhere is None or elsewhere.version is best.version or elsewhere.score < AS_WELL * best.score:
        return None
    stages = [
        stage for stage in histories.joined(elsewhere.document.citation) if stage.interval.covers(when.first) is Certainty.YES
    ]
    if stages and all(stage.provision.held in NOTHING for stage in stages):
        return Refusal(Reason.NOT_HELD, str(stages[0].citation))
    return None


def has_gaps(regulations: Iterable[str], when: When, corpus: Corpus) -> bool:
    """Whether much of one of some Regulations is not held, as they stood on the days meant."""
    return any(_gap(id_, when, corpus) for id_ in regulations)


def _gap(regulation: str, when: When, corpus: Corpus) -> Version | None:
    """Return a Version of a Regulation of which much is not held, where that is so of all the days meant."""
    stretches = corpus.timeline(regulation).over(when.first, when.last)
    gaps = [[version for version in one.outcome.versions if _share_held(version) < MOSTLY_HELD] for one in stretches]
    return gaps[-1][0] if gaps and all(gaps) else None


def _share_held(version: Version) -> float:
    """Return of how many of the Provisions of a Version something is held."""
    held = [provision.held not in NOTHING for provision in version.provisions if not provision.is_chapter]
    return sum(held) / len(held)


def is_far_better(elsewhere: Read, best: Read) -> bool:
    """Whether a Provision of other days answers far better than the best of the days meant."""
    return best.score < ELSEWHERE * elsewhere.score


def _is_said(unit: Unit, said: Iterable[frozenset[str]]) -> bool:
    return any(unit.covered_by(terms) == 1 for terms in said)
