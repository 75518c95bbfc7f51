"""How well questions in users' words find the provision that answers them, on its day, through the whole of search.

    python benchmarks/lay_questions.py [--misses] [FILE …]

The engine is the one that the settings choose: with INFORCE_OPENSEARCH_URLS, the cluster.

Each file holds questions with their language, day and right provisions. Without a name the two sets of the tests are asked. Of
`questions_unseen.json` the questions at even places were used to improve search. Those at odd places only measured it until
ordinary words of theirs (police, supplier, brokerage) went into the glossary too; docs/architecture.md has the figures.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kb.citation import Citation  # noqa: E402
from kb.settings import Settings  # noqa: E402
from kb.source.loader import load_corpus  # noqa: E402
from kb.timeline import State  # noqa: E402
from search.finder import Finder, open_finder  # noqa: E402
from search.query import Query  # noqa: E402

FILES = [ROOT / "tests" / "questions.json", ROOT / "tests" / "questions_unseen.json"]
DEPTHS = (1, 5, 10)
ANSWERING = {State.IN_FORCE, State.UNCERTAIN, State.AMBIGUOUS}
Question = dict[str, Any]


def main() -> None:
    """Print one line for each part of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=FILES)
    parser.add_argument("--misses", action="store_true", help="print what was not among the first five, even places only")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        finder = open_finder(
            load_corpus(ROOT / "regulations"), replace(Settings.from_environment(os.environ), derived=Path(folder))
        )
        for path in chosen.files:
            asked = [
                (place, one, rank_of(finder, one)) for place, one in enumerate(json.loads(path.read_text(encoding="utf-8")))
            ]
            print_parts(path.name, asked)
            if chosen.misses:
                print_misses(finder, asked)


def print_parts(name: str, asked: Sequence[tuple[int, Question, float]]) -> None:
    """Print how many were found among the first, for every part of a set."""
    parts: dict[str, Callable[[int, Question], bool]] = {
        "all": lambda _, __: True,
        **{
            f"{half} {language}": lambda place, one, half=half, language=language: (
                one["language"] == language and place % 2 == (half == "odd")
            )
            for half in ("even", "odd")
            for language in ("en", "zh")
        },
    }
    for part, belongs in parts.items():
        ranks = [rank for place, one, rank in asked if belongs(place, one)]
        if ranks:
            found = ", ".join(f"first {depth} {fmean(rank <= depth for rank in ranks):.3f}" for depth in DEPTHS)
            print(f"{name}, {part}: {found} of {len(ranks)}")


def print_misses(finder: Finder, asked: Sequence[tuple[int, Question, float]]) -> None:
    """Print the questions at even places that found nothing right among the first five, and what they found."""
    for place, one, rank in asked:
        if rank > DEPTHS[1] and place % 2 == 0:
            print(f"- {rank} {one['on']} {one['question']} {one['gold']}")
            print("   ", *(str(hit.document.citation) for hit in finder.search(query_of(one)).hits[:5]))


def rank_of(finder: Finder, question: Question) -> float:
    """Return the rank of the best right provision, infinite where none is on the first page; fail on what did not apply."""
    hits = finder.search(query_of(question)).hits
    for hit in hits:
        if hit.state not in ANSWERING:
            raise SystemExit(
                f"{hit.document.citation} is {hit.state} on {question['on']}, and was found: {question['question']}"
            )
    right = map(Citation.parse, question["gold"])
    wanted = {(one.regulation, one.anchor, one.version) for one in right}
    for rank, hit in enumerate(hits, start=1):
        found = hit.document.citation
        if {(found.regulation, found.anchor, ""), (found.regulation, found.anchor, found.version)} & wanted:
            return rank
    return float("inf")


def query_of(question: Question) -> Query:
    """Return the query that a question is."""
    return Query(question["question"], date.fromisoformat(question["on"]), question["language"])


if __name__ == "__main__":
    main()
