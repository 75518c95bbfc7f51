"""What tests of questions share: one Answerer over the shipped corpus, and the labelled questions."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kb.citation import Citation
from kb.corpus import Corpus
from kb.interval import Certainty
from qa.answer import Answer, Applied, Became, Happened, Quoted, Touching
from qa.answerer import Answerer
from qa.days import find_when
from qa.question import Basis, Question, language_of

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 26)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks questions of the shipped corpus; each is answered once, for all tests that look at its answer."""

    corpus: Corpus
    answerer: Answerer
    answers: dict[Question, Answer] = field(default_factory=dict)

    def ask(self, text: str, on: str = "") -> Answer:
        """Ask a question, on a day given apart or not."""
        return self.answer(Question(text, language_of(text), TODAY, date.fromisoformat(on) if on else None))

    def ask_row(self, row: Row) -> Answer:
        """Ask a labelled question, with its day where its words do not say it."""
        bare = Question(row["question"], row["language"], TODAY)
        is_silent = find_when(bare, self.corpus).basis in (Basis.TODAY, Basis.RELATIVE)
        on = date.fromisoformat(row["on"]) if row.get("on_given", is_silent) else None
        return self.answer(Question(row["question"], row["language"], TODAY, on))

    def answer(self, question: Question) -> Answer:
        """Answer a question, or return the answer that it had."""
        if question not in self.answers:
            self.answers[question] = self.answerer.answer(question)
        return self.answers[question]

    def may_apply(self, citation: Citation, days: Sequence[date]) -> bool:
        """Try every day: whether a Provision may have applied on one of them."""
        version = self.corpus.version(citation)
        provision = version.find(citation.anchor)
        assert provision is not None
        interval = version.interval_of(provision)
        return any(interval.covers(day) is not Certainty.NO for day in days)


def quoted(answer: Answer) -> list[Quoted]:
    """Return the Provisions that an answer quotes."""
    return [one for one in answer.statements if isinstance(one, Quoted)]


def cited(answer: Answer) -> list[str]:
    """Return what an answer quotes, in order."""
    return [str(one.citation) for one in quoted(answer)]


def is_gold(answer: Answer, gold: Sequence[str]) -> bool:
    """Whether an answer quotes or names one of some Provisions or Versions; a gold one without version or anchor means any."""
    named = [one.citation for one in quoted(answer)]
    for one in answer.statements:
        if isinstance(one, Applied):
            named += [version.citation for version in one.outcome.versions]
        elif isinstance(one, Happened):
            named += [version.citation for version in (one.version, *one.other)]
        elif isinstance(one, Became):
            named += [*one.new, *one.old]
        elif isinstance(one, Touching) and one.transition.citation:
            named += _texts(one.transition.citation, gold)
    return any(
        one.regulation == other.regulation and one.anchor in ("", other.anchor) and one.version in ("", other.version)
        for one in map(Citation.parse, gold)
        for other in named
    )


def _texts(rule: Citation, gold: Sequence[str]) -> list[Citation]:
    """Return what a transitional rule is laid down in, as the gold names it: the rule does not say in which text."""
    named = (Citation.parse(one) for one in gold)
    return [one for one in named if (one.regulation, one.anchor) == (rule.regulation, rule.anchor)]


def labelled(name: str) -> list[Row]:
    """Return the labelled questions of a file in tests/."""
    rows: list[Row] = json.loads((ROOT / "tests" / name).read_text(encoding="utf-8"))
    return rows


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from the first to the last, both included."""
    return (date.fromordinal(one) for one in range(first.toordinal(), last.toordinal() + 1))
