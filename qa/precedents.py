"""Precedents: questions asked before, with the provisions that answered them, or with why nothing did.

What is asked in like words is likely answered by the same rule, in the text of its own day: a precedent of one era speaks for
the counterparts of its provision in every other, which the Concordances name. It proposes and weighs Provisions, and never says
what they say. A precedent without an answer speaks only where the same orders were in force as on its own day.

Two questions are alike by their terms and by the notions in them, whatever the words or the language that says these.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from heapq import nlargest
from pathlib import Path
from typing import Any

from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.errors import KbError
from kb.history import Histories
from kb.model import Place
from kb.problems import Problem
from kb.references import find_references
from kb.source.yaml_lines import SourceError
from qa.question import blank_out
from search.alike import Alike
from search.analysis import fold, terms_of, without_days
from search.glossary import Notion

FILE = Path(__file__).parent / "precedents.json"
# of how many precedents, the most like a question, is asked what answered them
LOOKED_AT = 60
# how much the most like of the precedents that say the same speaks for it, and the next ones
SHARES = (1.0, 0.5, 0.25)
# so much like a question is a precedent whose words are words for what answered it
NEAR = 0.3
# how much less the counterpart in another instrument is spoken for
COUNTERPART = 0.85
# what all say of a provision, and what those say that it answered itself
ALL, ITSELF = 0.7, 0.5
# of a question without an answer: why it has none, how much it speaks for days of its own orders, and how much for others
_UNANSWERED: dict[str, tuple[float, float]] = {
    "subject": (1.0, 1.0),
    "not_provided": (1.0, 0.7),
    "not_held": (1.0, 0.0),
    "era": (1.0, 0.0),
    "trap": (0.8, 0.0),
}
Key = tuple[str, str]
FindNotions = Callable[[str], Iterable[Notion]]


@dataclass(frozen=True, slots=True)
class Precedent:
    """A question asked before: for which day, and what answered it; `why` nothing did, "" where something did."""

    text: str
    language: Language
    day: date
    answers: tuple[Citation, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Why precedents have no answer, how much they speak for that, and the orders in force on the day of the first."""

    why: str
    likeness: float
    orders: frozenset[Citation]


@dataclass(frozen=True, slots=True)
class Likened:
    """What precedents say to a question.

    `answered` says how much they speak for a provision, by the id of its Regulation and its anchor: the likeness of the
    nearest that it answered, from 0 to 1, and a part of that of the next. `by_itself` says the same without what they say of
    its counterparts. `unanswered` are those without an answer, `near` the words of those answered that are much like it.
    """

    answered: Mapping[Key, float]
    by_itself: Mapping[Key, float] = field(default_factory=dict[Key, float])
    unanswered: tuple[Unanswered, ...] = ()
    near: tuple[tuple[str, frozenset[Key]], ...] = ()

    def of(self, citation: Citation) -> float:
        """Return how much precedents speak for a Provision, most of all those that it answered itself; 0 where none does."""
        key = (citation.regulation, citation.anchor)
        return ALL * self.answered.get(key, 0.0) + ITSELF * self.by_itself.get(key, 0.0)

    def of_itself(self, citation: Citation) -> float:
        """Return how much precedents that a Provision itself answered speak for it, 0 where none does."""
        return self.by_itself.get((citation.regulation, citation.anchor), 0.0)

    def words_for(self, citations: Iterable[Citation]) -> list[str]:
        """Return the folded words of precedents much like the question that some Provisions, or counterparts, answered."""
        keys = {(citation.regulation, citation.anchor) for citation in citations}
        return [text for text, answers in self.near if not keys.isdisjoint(answers)]

    def find_unanswered(self, orders: Collection[frozenset[Citation]]) -> Unanswered | None:
        """Return what precedents without an answer say together of days with some orders; None where none says anything."""
        weighed = ((one.likeness * _UNANSWERED[one.why][one.orders not in orders], one) for one in self.unanswered)
        nearest = nlargest(len(SHARES), weighed, key=lambda pair: pair[0])
        likeness = sum(share * value for share, (value, _) in zip(SHARES, nearest, strict=False))
        return replace(nearest[0][1], likeness=likeness) if likeness else None


NOTHING_LIKE_IT = Likened({})


def load_precedents(path: Path = FILE) -> tuple[Precedent, ...]:
    """Read the precedents of a JSON list of questions, in the form that `benchmarks/qa.py` measures.

    Raises SourceError, with the number of the question, where one lacks something.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise _fault(path, error.lineno, f"This is no JSON: {error.msg}.") from error
    return tuple(_precedent(path, place, row) for place, row in enumerate(rows, 2))


class Spoken:
    """What precedents say of provisions, gathered from the most like a question on: of each as many as `SHARES` has."""

    def __init__(self) -> None:
        self.said: dict[Key, float] = defaultdict(float)
        self._counts: dict[Key, int] = defaultdict(int)

    def add(self, key: Key, likeness: float) -> None:
        """Add what one more says of a provision."""
        count = self._counts[key]
        if count < len(SHARES):
            self.said[key] += SHARES[count] * likeness
        self._counts[key] = count + 1


class Precedents:
    """Finds, for one corpus, the precedents that a question is like; none where they cite nothing of it.

    `orders_on` returns the orders in force on a day.
    """

    def __init__(
        self, precedents: Sequence[Precedent], corpus: Corpus, histories: Histories, find_notions: FindNotions
    ) -> None:
        self._corpus = corpus
        self._histories = histories
        self._answers_of = cache(self._find_answers)
        self.orders_on = cache(self._find_orders)
        is_ours = any(one.regulation in corpus.regulations for precedent in precedents for one in precedent.answers)
        self._precedents = tuple(precedents) if is_ours else ()
        self._parties = frozenset((*corpus.vocabulary.levels, *corpus.vocabulary.actors))
        self._alike = Alike([self._words(one.text, find_notions(one.text)) for one in self._precedents])

    def liken(self, text: str, notions: Iterable[Notion]) -> Likened:
        """Return what the precedents say that a question, with the notions in it, is like."""
        answered, by_itself = Spoken(), Spoken()
        unanswered: list[Unanswered] = []
        near: list[tuple[str, frozenset[Key]]] = []
        for place, likeness in self._alike.find(self._words(text, notions), LOOKED_AT):
            precedent = self._precedents[place]
            if precedent.why in _UNANSWERED:
                unanswered.append(Unanswered(precedent.why, likeness, self.orders_on(precedent.day)))
            if precedent.answers and likeness >= NEAR:
                keys = (key for one in precedent.answers for key, _ in self._answers_of(one))
                near.append((fold(precedent.text), frozenset(keys)))
            for one in precedent.answers:
                by_itself.add((one.regulation, one.anchor), likeness)
                for key, share in self._answers_of(one):
                    answered.add(key, share * likeness)
        return Likened(answered.said, by_itself.said, tuple(unanswered), tuple(near))

    def _words(self, text: str, notions: Iterable[Notion]) -> frozenset[str]:
        """Return the terms of a question, and the ids of the notions in it, which no term can be.

        Days and instruments are left out: the rule is asked for whichever instrument has it on the day. A level or an actor
        says for whom, and not what: its own words are enough.
        """
        plain = blank_out(text, ((one.start, one.end) for one in find_references(text)))
        ids = (f"={id_}" for notion in notions for id_ in notion.ids if not self._parties.issuperset(notion.ids))
        return frozenset((*terms_of(without_days(plain)), *ids))

    def _find_answers(self, citation: Citation) -> tuple[tuple[Key, float], ...]:
        """Return what a Provision that answered speaks for: itself whole, its counterparts in other instruments less."""
        own = (citation.regulation, citation.anchor)
        try:
            stages = [stage.citation for stage in self._histories.joined(citation)]
        except KbError:
            return ((own, 1.0),)
        keys = {(one.regulation, one.anchor): 1.0 if one.regulation == citation.regulation else COUNTERPART for one in stages}
        return tuple({**keys, own: 1.0}.items())

    def _find_orders(self, day: date) -> frozenset[Citation]:
        orders = (id_ for id_, one in self._corpus.regulations.items() if one.kind == "order")
        return frozenset(version.citation for id_ in orders for version in self._corpus.timeline(id_).on(day).versions)


def _precedent(path: Path, line: int, row: Mapping[str, Any]) -> Precedent:
    try:
        why = row["why"] if row.get("unanswerable") else ""
        answers = () if why else tuple(Citation.parse(text) for text in row["gold"])
        return Precedent(row["question"], row["language"], date.fromisoformat(row["on"]), answers, why)
    except (KeyError, TypeError, ValueError, KbError) as error:
        raise _fault(path, line, f"This question is not whole: {error}.") from error


def _fault(path: Path, line: int, message: str) -> SourceError:
    hint = "Compare it with the questions beside it."
    return SourceError(Problem(Place(path.name, line), "precedents", message, hint, loads=False))
