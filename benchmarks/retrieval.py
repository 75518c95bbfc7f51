"""How well free text finds the passage that answers it, on a public retrieval benchmark for regulations (ObliQA).

    python benchmarks/retrieval.py [--data DIR] [--questions FILE]

The passages become a corpus of their own and are ranked by the product's own code and weights. Printed are Recall@10 and MAP@10
over the questions, where a passage is right if its document and passage ids are; MAP@10 divides by the number of right
passages, at most 10.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from kb.citation import Citation  # noqa: E402
from kb.interval import Interval, PartialDate  # noqa: E402
from search.documents import Document  # noqa: E402
from search.ranking import Ranking  # noqa: E402

CORPORA = Path(os.environ.get("INFORCE_CORPORA", ROOT.parent / "shared" / "corpora"))
SINCE = Interval(PartialDate.parse("2024"))
DEPTH = 10


def main() -> None:
    """Print one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=CORPORA / "obliqa")
    parser.add_argument("--questions", type=Path)
    chosen = parser.parse_args()
    if not chosen.data.is_dir():
        print(f"skipped: {chosen.data} is not there; name the folder with --data")
        return
    passages = load_passages(chosen.data)
    questions = json.loads((chosen.questions or chosen.data / "dev.json").read_text(encoding="utf-8"))
    start = perf_counter()
    ranking = Ranking.of([document for _, document in passages])
    print(f"passages: {len(passages)}, analysed and weighed in {perf_counter() - start:.1f} s")
    recalls, precisions, seconds = [], [], []
    for question in questions:
        right = {(str(one["DocumentID"]), one["PassageID"]) for one in question["Passages"]}
        start = perf_counter()
        found = best(ranking, question["Question"])
        seconds.append(perf_counter() - start)
        hits = [passages[place][0] in right for place in found]
        recalls.append(sum(hits) / len(right))
        precisions.append(sum(sum(hits[: n + 1]) / (n + 1) for n, hit in enumerate(hits) if hit) / min(len(right), DEPTH))
    print(f"Recall@10 {fmean(recalls):.4f} over {len(questions)} questions (goal on unseen ones: 0.815)")
    print(f"MAP@10 {fmean(precisions):.4f} (goal on unseen ones: 0.690)")
    print(f"median time of a question: {np.median(seconds) * 1e3:.2f} ms")


def best(ranking: Ranking, question: str) -> list[int]:
    """Return the places of the ten best passages."""
    scores = ranking.score([(question, 1.0)], np.ones(ranking.size, dtype=bool))
    top = np.argpartition(-scores, DEPTH)[:DEPTH]
    return [int(place) for place in top[np.argsort(-scores[top], kind="stable")]]


def load_passages(data: Path) -> list[tuple[tuple[str, str], Document]]:
    """Return every passage of the collection with its ids."""
    found = []
    for path in sorted(data.glob("[0-9]*.json")):
        passages = json.loads(path.read_text(encoding="utf-8"))
        texts = {passage["PassageID"]: passage["Passage"] for passage in passages}
        found += [((str(one["DocumentID"]), one["PassageID"]), make_document(one, texts)) for one in passages]
    return found


def make_document(passage: dict[str, Any], texts: dict[str, str]) -> Document:
    """Return a passage as the product's document: the texts of the passages above it are its context."""
    name = passage["PassageID"]
    above = [texts[other] for other in ancestors(name) if other in texts and len(texts[other]) < 200]
    citation = Citation(f"doc-{passage['DocumentID']}", "2024", "p")
    return Document(citation, "en", "", " ".join(above), passage["Passage"], SINCE, ())


def ancestors(name: str) -> list[str]:
    """Return the ids above a passage's own: of 18.8.2 these are 18.8 and 18, with and without a closing dot."""
    parts = name.rstrip(".").split(".")
    shorter = [".".join(parts[:n]) for n in range(1, len(parts))]
    return [form for one in shorter for form in (one, f"{one}.")]


if __name__ == "__main__":
    main()
