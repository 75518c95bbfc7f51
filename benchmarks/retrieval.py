"""How well free text finds the passage that answers it, on a public retrieval benchmark for regulations (ObliQA).

    python benchmarks/retrieval.py [--data DIR] [--questions FILE]

The passages become a corpus of their own and are ranked by the product's own code and weights. Printed are Recall@10 and MAP@10
over the questions, where a passage is right if its document and passage ids are; MAP@10 divides by the number of right
passages, at most 10.
"""

import argparse
import json
import sys
from pathlib import Path
from statistics import fmean
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from passages import CORPORA, load_obliqa  # noqa: E402

from search.ranking import Ranking  # noqa: E402

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
    passages = load_obliqa(chosen.data)
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


if __name__ == "__main__":
    main()
