"""The transitional rules that touch the days of an answer, and speak of what was asked."""

from collections.abc import Iterator

from kb.citation import Citation
from kb.corpus import Corpus
from kb.interval import Certainty
from kb.line import Transition
from kb.model import Status
from qa.answer import Quoted, Touching
from qa.asked import Asked
from qa.question import When
from search.analysis import terms_of

MOST = 2
# such a rule is of the answer where it says so much of the question, or less, but all of its notions
SHARED, ABOUT = 0.6, 0.3


def find_touching(corpus: Corpus, when: When, asked: Asked, quoted: tuple[Quoted, ...]) -> Iterator[Touching]:
    """Yield the transitional rules that touch the days meant and speak of what was asked, beside what is quoted."""
    regulations = {one.version.regulation for one in quoted}
    said = {Citation(one.version.regulation, "", one.provision.anchor) for one in quoted}
    lines = {line.id: line for id_ in regulations for line in corpus.lines_of(id_)}
    touching = [
        (_share(transition, asked), transition)
        for line in lines.values()
        for transition in line.transitions
        if transition.into in regulations and transition.status is not Status.UNKNOWN
        if transition.citation not in said and _touches(transition, when, corpus)
    ]
    best = sorted(touching, key=lambda pair: -pair[0])[:MOST]
    yield from (Touching(transition) for share, transition in best if share >= SHARED)


def _touches(transition: Transition, when: When, corpus: Corpus) -> bool:
    reach = corpus.reach(transition)
    return any(reach.covers(day) is not Certainty.NO for day in (when.first, when.last))


def _share(transition: Transition, asked: Asked) -> float:
    words = f"{transition.title.text(asked.language)} {transition.text.text(asked.language)}"
    terms = frozenset(terms_of(words))
    own = [unit for unit in asked.units if unit.is_own]
    share = asked.coverage(terms)
    is_about = own and all(unit.covered_by(terms) == 1 for unit in own) and share >= ABOUT
    return max(share, SHARED) if is_about else share
