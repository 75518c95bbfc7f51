"""Days that are still to come: what will apply then is known only as far as it is promulgated."""

from datetime import timedelta

from kb.corpus import Corpus
from qa.answer import Reason, Refusal
from qa.question import Basis, Question, When

# of days so near what is promulgated so far is told
SOON = timedelta(days=31)


def refuse_to_come(question: Question, when: When, corpus: Corpus) -> Refusal | None:
    """Refuse a question whose words mean days to come by which nothing promulgated begins.

    A day given apart is taken as it is: what is promulgated so far is told for it.
    """
    if when.basis is Basis.GIVEN or when.first <= question.today + SOON:
        return None
    pending = (version for version in corpus.versions() if question.today < version.interval.start.earliest <= when.last)
    return None if any(pending) else Refusal(Reason.TO_COME, first_day=when.first)
