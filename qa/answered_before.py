"""Whether questions like one were answered before: where they were not, neither is this one, nor where they were is it refused.

The limits were set on questions of authors that no rule had seen, and stand here and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Reason, Refusal
from qa.asked import Asked
from qa.precedents import Precedents, Unanswered
from qa.retrieval import Found

# how much precedents without an answer have to say at least, and beside those with one and the score of what was found
LEAST_UNANSWERED, BY_ANSWERED, BY_SCORE, FREE = 0.15, 0.67, 0.026, 0.1
# how much precedents with an answer have to say at least, and how much more than those without
LEAST_ANSWERED, MORE_ANSWERED = 0.45, 0.1
# how much they have to say where the question names a kind of fact that hardly any rule has
SURELY_ANSWERED = 0.75
_REASONS = {"subject": Reason.OUT_OF_SUBJECT, "not_held": Reason.NOT_HELD, "era": Reason.NOT_THEN}


@dataclass(frozen=True, slots=True)
class Before:
    """How much precedents speak for a Provision found for a question, and for its having no answer.

    `by_itself` is without what they say of its counterparts in other instruments; `score` is that of the Provision which says
    most.
    """

    answered: float
    by_itself: float
    unanswered: Unanswered | None
    score: float

    @property
    def is_answered(self) -> bool:
        """Whether it is so like one that was answered that words which no Provision has hardly matter."""
        least = MORE_ANSWERED + self.unanswered.likeness if self.unanswered else 0.0
        return self.by_itself >= max(LEAST_ANSWERED, least)

    @property
    def is_surely_answered(self) -> bool:
        """Whether it is much like one that was answered, though it names a kind of fact that hardly any rule has."""
        return self.is_answered and self.by_itself >= SURELY_ANSWERED

    def refuse(self) -> Refusal | None:
        """Refuse a question that is like some without an answer, more than like those answered, and to which little is said."""
        least = max(LEAST_UNANSWERED, BY_ANSWERED * self.answered + BY_SCORE * self.score - FREE)
        if self.unanswered is None or self.unanswered.likeness < least:
            return None
        return Refusal(_REASONS.get(self.unanswered.why, Reason.NOT_CARRIED))


def find_before(asked: Asked, found: Sequence[Found], precedents: Precedents) -> Before:
    """Return what precedents say of a question for which some Provisions were found, each on a day."""
    reads = [read for one in found for read in one.reads]
    cited = [read.document.citation for read in reads]
    answered = max(map(asked.likened.of, cited), default=0.0)
    by_itself = max(map(asked.likened.of_itself, cited), default=0.0)
    score = max((read.score for read in reads), default=0.0)
    orders = {precedents.orders_on(one.day) for one in found}
    return Before(answered, by_itself, asked.likened.find_unanswered(orders), score)
