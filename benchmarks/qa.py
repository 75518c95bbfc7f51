"""How well questions are answered, on files of labelled questions, over the shipped corpus.

    python benchmarks/qa.py [FILE ...]

A file is a JSON list of {"question", "language", "on", "gold", "figures", "on_given", "unanswerable", "why"}: the last four
may be absent. Without `on_given` a question is asked with its day unless its words say one. Printed are, for each file: the day
understood, a gold provision cited first and at all, citations of texts that did not apply on the day (computed facts and what
differs apart), abstention (also by why there is no answer), the figures of the gold answer among the words of the answer, and
the time beside one search. No question is answered with itself as a precedent: of those that are one, a fold is asked of an
Answerer that knows the others. tests/qa/fresh.json is asked only when named: it is for measuring, so whoever tunes the answers
should see its figures and not its misses.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from passages import CORPORA  # noqa: E402

from kb.citation import Citation  # noqa: E402
from kb.corpus import Corpus  # noqa: E402
from kb.exports.answered import answer_record  # noqa: E402
from kb.history import Histories  # noqa: E402
from kb.interval import Certainty  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.source.loader import load_corpus  # noqa: E402
from qa.answer import Answer, Quoted, Status  # noqa: E402
from qa.answerer import Answerer  # noqa: E402
from qa.days import find_when  # noqa: E402
from qa.precedents import Precedent, load_precedents  # noqa: E402
from qa.question import Basis, Question  # noqa: E402
from search.finder import Finder, open_finder  # noqa: E402
from search.query import Query  # noqa: E402
from search.segmenter import make_segmenter  # noqa: E402

FOLDS = 10
TODAY = date(2026, 11, 26)
FILES = (
    ROOT / "tests" / "qa" / "tuning.json",
    ROOT / "tests" / "qa" / "tuning_more.json",
    ROOT / "tests" / "qa" / "held.json",
    ROOT / "tests" / "questions.json",
    CORPORA.parent / "eval" / "questions.sample.json",
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one labelled question."""

    row: Row
    answer: Answer
    text: str
    seconds: float
    search: float

    @property
    def day(self) -> date:
        """The day it was asked for."""
        return date.fromisoformat(self.row["on"])

    @property
    def is_answerable(self) -> bool:
        """Whether it has an answer."""
        return not self.row.get("unanswerable")

    @property
    def is_answered(self) -> bool:
        """Whether it was answered."""
        return self.answer.status is Status.ANSWERED

    @property
    def cited(self) -> list[Citation]:
        """What the answer cites, in order."""
        entries = [entry["citation"] for entry in self.row["record"]["answer"] if entry["citation"]]
        return [Citation.parse(text) for text in dict.fromkeys(entries)]


def main() -> None:
    """Print one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    parser.add_argument("--misses", action="store_true", help="print the questions that went wrong too")
    chosen = parser.parse_args()
    corpus, precedents = load_corpus(ROOT / "regulations"), load_precedents()
    with TemporaryDirectory() as folder:
        finder = open_finder(corpus, replace(Settings.from_environment(os.environ), derived=Path(folder)))
        for path in chosen.files:
            if not path.is_file():
                print(f"{path.name}: skipped: not there")
                continue
            rows = json.loads(path.read_text(encoding="utf-8"))
            outcomes = [one for part in deal(rows, precedents) for one in ask_all(corpus, finder, precedents, part)]
            report(path.name, corpus, outcomes)
            if chosen.misses:
                print_misses(corpus, outcomes)


def deal(rows: list[Row], precedents: Sequence[Precedent]) -> list[list[Row]]:
    """Return questions in folds where there are precedents among them, else all together."""
    is_known = not {one.text for one in precedents}.isdisjoint(row["question"] for row in rows)
    return [rows[fold::FOLDS] for fold in range(FOLDS)] if is_known else [rows]


def ask_all(corpus: Corpus, finder: Finder, precedents: Sequence[Precedent], rows: Sequence[Row]) -> list[Outcome]:
    """Ask some questions, none of which is a precedent, twice: the second time is told, as nothing is looked up first then."""
    texts = {row["question"] for row in rows}
    others = [one for one in precedents if one.text not in texts]
    answerer = Answerer(corpus, finder, Histories(corpus), make_segmenter(), others)
    for row in rows:
        ask(corpus, answerer, finder, row)
    return [ask(corpus, answerer, finder, row) for row in rows]


def ask(corpus: Corpus, answerer: Answerer, finder: Finder, row: Row) -> Outcome:
    """Ask one question, and time it beside one search with the same words."""
    day = date.fromisoformat(row["on"])
    bare = Question(row["question"], row["language"], TODAY)
    given = row.get("on_given", find_when(bare, corpus).basis in (Basis.TODAY, Basis.RELATIVE))
    question = Question(row["question"], row["language"], TODAY, day if given else None)
    start = perf_counter()
    answer = answerer.answer(question)
    middle = perf_counter()
    finder.search(Query(row["question"], day, row["language"]))
    end = perf_counter()
    record = answer_record(corpus, answer)
    text = " ".join(entry["text"] for entry in record["answer"])
    return Outcome({**row, "record": record, "given": given}, answer, text, middle - start, end - middle)


def report(name: str, corpus: Corpus, outcomes: Sequence[Outcome]) -> None:
    """Print the figures of one file."""
    answerable = [one for one in outcomes if one.is_answerable]
    others = [one for one in outcomes if not one.is_answerable]
    said = [one for one in outcomes if not one.row["given"]]
    print(f"{name}: {len(outcomes)} questions, {len(others)} of them without an answer")
    print(f"{name}: day understood: {share(understood(one) for one in said)} of {len(said)} that say it (goal: 97 %)")
    print(f"{name}: gold cited first: {share(is_gold(one, one.cited[:1]) for one in answerable)}")
    print(f"{name}: gold cited: {share(is_gold(one, one.cited) for one in answerable)} (goal: 85 %)")
    wrong = [one for one in outcomes if wrong_versions(corpus, one)]
    print(f"{name}: answers with a text that did not apply: {share(one in wrong for one in outcomes)} (goal: 0 %)")
    refused = [one for one in outcomes if not one.is_answered]
    print(f"{name}: answerable refused: {share(not one.is_answered for one in answerable)} (goal: at most 5 %)")
    if others:
        print(f"{name}: unanswerable abstained: {share(not one.is_answered for one in others)} (goal: 90 %)")
        for why in sorted({one.row.get("why", "") for one in others} - {""}):
            alike = [one for one in others if one.row.get("why") == why]
            print(f"{name}: unanswerable abstained, {why}: {share(not one.is_answered for one in alike)} of {len(alike)}")
        print(f"{name}: abstentions that were right: {share(not one.is_answerable for one in refused)}")
    figures = [figure in squeeze(one.text) for one in answerable for figure in map(squeeze, one.row.get("figures", ()))]
    if figures:
        print(f"{name}: figures of the gold answers present: {share(figures)}")
    ratio = median(one.seconds for one in outcomes) / median(one.search for one in outcomes)
    print(f"{name}: median time {median(one.seconds for one in outcomes) * 1e3:.1f} ms, {ratio:.1f} times one search (goal: 5)")


def understood(outcome: Outcome) -> bool:
    """Whether the day asked for lies in what was understood."""
    return outcome.answer.when.first <= outcome.day <= outcome.answer.when.last


def is_gold(outcome: Outcome, cited: Sequence[Citation]) -> bool:
    """Whether one of the citations is a gold provision, in the version that applied or whatever its version."""
    gold = [Citation.parse(text) for text in outcome.row["gold"]]
    return any(
        (one.regulation == other.regulation and one.anchor == other.anchor and one.version in ("", other.version))
        or (not one.anchor and one.regulation == other.regulation and one.version in ("", other.version))
        for one in gold
        for other in cited
    )


def wrong_versions(corpus: Corpus, outcome: Outcome) -> list[Citation]:
    """Return the quoted texts that surely did not apply on the day asked for, unless a stretch of days was understood."""
    quoted = [one.citation for one in outcome.answer.statements if isinstance(one, Quoted)]
    when = outcome.answer.when
    days = (outcome.day,) if when.is_one_day else (when.first, when.last)
    return [one for one in quoted if not may_apply(corpus, one, days)]


def may_apply(corpus: Corpus, citation: Citation, days: Sequence[date]) -> bool:
    """Whether a Provision may have applied on one of the days, or between them."""
    version = corpus.version(citation)
    provision = version.find(citation.anchor)
    interval = version.interval_of(provision) if provision else version.interval
    inside = days[0] <= interval.start.earliest <= days[-1]
    return inside or any(interval.covers(day) is not Certainty.NO for day in days)


def squeeze(text: str) -> str:
    """Return a text as figures are compared: without spaces and separators of thousands, in small letters."""
    return "".join(char for char in text.lower() if not char.isspace() and char not in ",，")


def share(values: Iterable[bool]) -> str:
    """Return how many of some truths hold, in percent."""
    found = list(values)
    return f"{100 * sum(found) / len(found):.1f} %" if found else "none"


def print_misses(corpus: Corpus, outcomes: Sequence[Outcome]) -> None:
    """Print what went wrong, question by question."""
    for one in outcomes:
        faults = []
        if not one.row["given"] and not understood(one):
            faults.append(f"day {one.answer.when.first}..{one.answer.when.last}")
        if one.is_answerable and not one.is_answered:
            faults.append("refused")
        elif one.is_answerable and not is_gold(one, one.cited):
            faults.append("gold not cited")
        if not one.is_answerable and one.is_answered:
            faults.append("answered")
        if wrong_versions(corpus, one):
            faults.append("wrong version")
        if faults:
            print(
                f"  {', '.join(faults)}: {one.row['on']} {one.row['question']} | gold {one.row['gold']} | "
                f"{[str(c) for c in one.cited[:3]]} {one.answer.refusal or ''}"
            )


if __name__ == "__main__":
    main()
