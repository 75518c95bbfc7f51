"""Which rule refuses a question for which Provisions were found: in what order the rules are asked, and of which Provisions."""

from dataclasses import dataclass

from kb.citation import Citation
from kb.corpus import Corpus
from kb.history import Histories
from kb.kinds import Held
from qa.abstention import (
    refuse_cited,
    refuse_figure,
    refuse_focus,
    refuse_named,
    refuse_notion,
    refuse_unsaid,
)
from qa.answer import Refusal
from qa.answered_before import Before
from qa.ascribed import refuse_ascribed
from qa.asked import Asked
from qa.asserted import refuse_asserted
from qa.claims import asks_for_place
from qa.dated import DATED
from qa.elsewhere import refuse_counterpart, refuse_elsewhere, refuse_gap
from qa.places import Places
from qa.question import Question, When
from qa.reading import Read
from qa.retrieval import Found
from qa.topics import load_topics, refuse_topic
from qa.unknown import refuse_unknown

MOST_QUOTED = 5
# so near to the best has a Provision to be that a rule looks at it, and so near to be one of those that lead
NEAR, AS_GOOD = 0.6, 0.9


@dataclass(frozen=True, slots=True)
class Sought:
    """What was sought for a question that names some Provisions, and found.

    `is_cited` says that only what it names was looked at; `elsewhere` is what answers best on other days, where these were
    looked at; `before` what precedents say of it.
    """

    question: Question
    when: When
    asked: Asked
    named: tuple[Citation, ...]
    found: tuple[Found, ...]
    before: Before
    elsewhere: Read | None = None
    is_cited: bool = False

    @property
    def reads(self) -> list[Read]:
        """Everything found, of every part of the days."""
        return [read for one in self.found for read in one.reads]

    @property
    def leading(self) -> list[Read]:
        """What is as good as the best of it, of each part of the days that which would be quoted."""
        best = max((one.reads[0].score for one in self.found if one.reads), default=0.0)
        return [read for one in self.found for read in one.reads[:MOST_QUOTED] if read.score >= AS_GOOD * best]


class Refuser:
    """Refuses what one corpus does not answer."""

    def __init__(self, corpus: Corpus, histories: Histories, places: Places) -> None:
        self._corpus = corpus
        self._histories = histories
        self._places = places
        self._topics = load_topics()
        self._unheld = [(one, part) for one in corpus.versions() for part in one.provisions if part.held is Held.NONE]

    def refuse_subject(self, sought: Sought) -> Refusal | None:
        """Refuse a question about a neighbouring subject."""
        if sought.is_cited:
            return None
        return refuse_topic(sought.asked, self._topics, sought.leading, sought.before)

    def refuse(self, sought: Sought) -> Refusal | None:
        """Return why a question of the subject is not answered from what was found, None where it is."""
        question, asked = sought.question, sought.asked
        refusal = refuse_cited(question, asked, sought.found) if sought.is_cited else self._refuse_found(sought)
        top = max((read.score for read in sought.reads), default=0.0)
        near = [read for read in sought.reads if read.score >= NEAR * top]
        return (
            refusal
            or refuse_ascribed(question, sought.named, asked, near)
            or refuse_asserted(question, sought.named, near)
            or _refuse_as_before(sought)
        )

    def _refuse_found(self, sought: Sought) -> Refusal | None:
        question, asked, when, found = sought.question, sought.asked, sought.when, sought.found
        best = max((one.reads[0] for one in found if one.reads), key=lambda read: read.score, default=None)
        near = [read for one in found for read in one.reads[:MOST_QUOTED] if read.score >= NEAR * one.reads[0].score]
        refusal = self._places.refuse(question, asked, near) or refuse_unsaid(asked, best)
        if refusal or best is None:
            return refusal
        return (
            refuse_named(asked, when, self._unheld)
            or (None if sought.before.is_answered else refuse_focus(question, asked, near) or refuse_figure(asked, near))
            or refuse_unknown(question, asked, near)
            or refuse_notion(question, asked, when, near)
            or refuse_counterpart(best, sought.elsewhere, when, self._histories)
            or (None if sought.before.is_answered else refuse_gap(best, sought.elsewhere, when, self._corpus))
            or refuse_elsewhere(asked, sought.reads, best, sought.elsewhere)
        )


def _refuse_as_before(sought: Sought) -> Refusal | None:
    """Refuse what is like questions without an answer; a date, or where something stands, is found without precedents."""
    asks_for_itself = bool(DATED & set(sought.asked.intents)) or asks_for_place(sought.question.text)
    return None if sought.is_cited or asks_for_itself else sought.before.refuse()
