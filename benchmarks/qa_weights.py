"""Fit the weights that set the Provisions which answer in order (`qa.ranking.WEIGHTS`), and say what they gain.

    python benchmarks/qa_weights.py [--folds N]

The labelled questions are the precedents and those for tuning (`tuning.json`, `questions.json`, `questions_unseen.json`),
never those held back; precedents are dealt into folds, and those of a fold are read by the others alone. What is fitted is how
likely a gold provision stands before the others compared with it: a softmax over them, with the weights kept small. Questions
are dealt into folds; those of a fold are ranked by weights fitted on the others.
Printed are how often a gold provision stands first and among the first five, with the weights as they are and with those fitted
on other folds; then the weights fitted on all, to be copied into the module by hand.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kb.citation import Citation  # noqa: E402
from kb.history import Histories  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.source.loader import load_corpus  # noqa: E402
from qa.asked import QuestionReader  # noqa: E402
from qa.precedents import Precedent, Precedents, load_precedents  # noqa: E402
from qa.question import Basis, Question, When  # noqa: E402
from qa.ranking import COMPARED, WEIGHTS, find_compared, find_features  # noqa: E402
from qa.retrieval import Retriever  # noqa: E402
from search.finder import open_finder  # noqa: E402
from search.segmenter import make_segmenter  # noqa: E402

FILES = (
    ROOT / "tests" / "qa" / "tuning.json",
    ROOT / "tests" / "questions.json",
    ROOT / "tests" / "questions_unseen.json",
)
FOLDS = 5
SMALL, STEPS, RATE = 0.001, 300, 0.05
NEVER = -1e9
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question, one a row: their features, and which of them are gold."""

    features: Floats
    gold: Floats


def main() -> None:
    """Print one line for each way to weigh, and the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    folds: int = parser.parse_args().folds
    examples = read_examples()
    now = np.array(list(WEIGHTS.values()))
    print(f"{len(examples)} questions; gold among the candidates: {np.mean([one.gold.any() for one in examples]):.1%}")
    print(f"weights as they are: {describe([place_of_gold(one, now) for one in examples])}")
    places = [place for fold in range(folds) for place in validate(examples, fold, folds)]
    print(f"weights fitted on other folds: {describe(places)}")
    for name, weight in zip(WEIGHTS, fit(examples), strict=True):
        print(f'    "{name}": {weight:.2f},')


def read_examples() -> list[Example]:
    """Return the candidates of every question that has a gold provision, as they are found on its day."""
    corpus = load_corpus(ROOT / "regulations")
    histories, precedents = Histories(corpus), load_precedents()
    labelled = [one for path in FILES for one in load_precedents(path)]
    examples = []
    with TemporaryDirectory() as folder:
        finder = open_finder(corpus, replace(Settings.from_environment(os.environ), derived=Path(folder)))
        retriever = Retriever(corpus, finder)
        for fold in range(FOLDS):
            others = [one for place, one in enumerate(precedents) if place % FOLDS != fold]
            known = Precedents(others, corpus, histories, finder.notions)
            reader = QuestionReader(finder, corpus.vocabulary, make_segmenter(), known)
            asked = (*precedents[fold::FOLDS], *labelled[fold::FOLDS])
            examples += [read_example(reader, retriever, one) for one in asked if one.answers]
    return [one for one in examples if len(one.gold)]


def read_example(reader: QuestionReader, retriever: Retriever, labelled: Precedent) -> Example:
    """Return the candidates of a question on its day."""
    question = Question(labelled.text, labelled.language, labelled.day)
    asked = reader.read(question)
    found = retriever.find(question, When(labelled.day, labelled.day, Basis.GIVEN), asked, ())
    compared = find_compared(found[0].reads)
    is_there = [is_gold(read.document.citation, labelled.answers) for read in compared]
    return Example(np.array(find_features(compared, asked)), np.array(is_there, dtype=float))


def is_gold(citation: Citation, gold: Sequence[Citation]) -> bool:
    """Whether a citation is one of the gold provisions; a gold one without an anchor or a version means any."""
    return any(
        one.regulation == citation.regulation and one.anchor in ("", citation.anchor) and one.version in ("", citation.version)
        for one in gold
    )


def fit(examples: Sequence[Example]) -> Floats:
    """Return the weights that put gold first most likely, by gradient descent with moments (Adam)."""
    useful = [one for one in examples if one.gold.any()]
    features = np.zeros((len(useful), COMPARED, len(WEIGHTS)))
    gold, is_there = np.zeros((2, len(useful), COMPARED))
    for row, one in enumerate(useful):
        features[row, : len(one.gold)], gold[row, : len(one.gold)], is_there[row, : len(one.gold)] = one.features, one.gold, 1
    weights, first, second = np.zeros((3, len(WEIGHTS)))
    for step in range(1, STEPS + 1):
        chance = share_out(np.where(is_there, features @ weights, NEVER))
        wanted = chance * gold
        wanted /= np.maximum(wanted.sum(axis=1, keepdims=True), 1e-12)
        slope = SMALL * weights + np.einsum("qn,qnf->f", chance - wanted, features) / len(useful)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def share_out(scores: Floats) -> Floats:
    """Return how likely each candidate of each question is by its score, one question a row."""
    chance: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    return chance / chance.sum(axis=1, keepdims=True)


def validate(examples: Sequence[Example], fold: int, folds: int) -> list[int]:
    """Return the places of gold in the questions of a fold, by weights fitted on the others."""
    weights = fit([one for place, one in enumerate(examples) if place % folds != fold])
    return [place_of_gold(one, weights) for one in examples[fold::folds]]


def place_of_gold(example: Example, weights: Floats) -> int:
    """Return at which place gold stands, from 0; the number of candidates where it is none of them."""
    ranked = example.gold[np.argsort(-(example.features @ weights), kind="stable")]
    return int(ranked.argmax()) if ranked.any() else len(ranked)


def describe(places: Sequence[int]) -> str:
    """Say how often gold stands first, and among the first five."""
    return f"gold first {np.mean([place < 1 for place in places]):.1%}, in five {np.mean([place < 5 for place in places]):.1%}"


if __name__ == "__main__":
    main()
