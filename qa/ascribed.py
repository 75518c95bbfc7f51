"""Contents that a question ascribes to an instrument, against what its Provisions say.

"Which article of Order 225 deals with credit cultivation" has no answer where none of its articles speaks of it, however near
the best of them is.
"""

from collections.abc import Sequence

from kb.citation import Citation
from qa.answer import Reason, Refusal
from qa.asked import Asked
from qa.claims import asks_for_place
from qa.own_words import own_terms
from qa.question import Question
from qa.reading import Read
from qa.units import Unit

# how much of what is ascribed an article has to say: beside all notions in the rules' own words, and where there are none
LEAST_BESIDE, LEAST_SAID = 0.3, 0.5
WHOLE = 0.99


def refuse_ascribed(question: Question, named: Sequence[Citation], asked: Asked, reads: Sequence[Read]) -> Refusal | None:
    """Refuse a question for the article of an instrument that says something where none of its articles does."""
    regulations = {citation.regulation for citation in named if not citation.anchor}
    if not regulations or not asks_for_place(question.text):
        return None
    own = [read for read in reads if read.version.regulation in regulations]
    if any(_says(read, asked) for read in own):
        return None
    lacking = _lacking(own[0], asked) if own else ()
    return Refusal(Reason.NOT_SO, ", ".join(unit.words for unit in lacking[:1]))


def _says(read: Read, asked: Asked) -> bool:
    least = LEAST_BESIDE if any(unit.is_own for unit in asked.units) else LEAST_SAID
    return not _lacking(read, asked) and asked.coverage(own_terms(read.text, read.version.regulation)) >= least


def _lacking(read: Read, asked: Asked) -> tuple[Unit, ...]:
    """Return the notions in the rules' own words that a Provision does not say for itself."""
    terms = own_terms(read.text, read.version.regulation)
    return tuple(unit for unit in asked.units if unit.is_own and unit.covered_by(terms) < WHOLE)
