"""The labels of the questions kept for measuring: right in form, without asking one of them."""

import json
from collections import Counter
from pathlib import Path

from kb.citation import Citation
from kb.corpus import Corpus

ROWS = json.loads((Path(__file__).parent / "qa" / "fresh.json").read_text(encoding="utf-8"))


def test_every_gold_provision_of_a_fresh_question_is_held(corpus: Corpus) -> None:
    for row in ROWS:
        for citation in map(Citation.parse, row["gold"]):
            assert citation.version, row["question"]
            version = corpus.version(citation)
            assert not citation.anchor or version.find(citation.anchor), row["question"]


def test_a_fresh_question_has_an_answer_or_says_why_it_has_none() -> None:
    for row in ROWS:
        assert bool(row["gold"]) is not bool(row.get("why") and row.get("unanswerable")), row["question"]


def test_the_fresh_questions_are_even_over_languages_and_reasons() -> None:
    assert Counter(row["language"] for row in ROWS) == {"en": 120, "zh": 120}
    assert set(Counter(row["why"] for row in ROWS if row.get("unanswerable")).values()) == {16}


def test_no_fresh_question_stands_among_those_for_tuning() -> None:
    folder = Path(__file__).parent
    others = {*folder.glob("qa/*.json"), *folder.glob("questions*.json")} - {folder / "qa" / "fresh.json"}
    asked = {row["question"] for path in others for row in json.loads(path.read_text(encoding="utf-8"))}
    assert len(others) > 3
    assert not asked & {row["question"] for row in ROWS}
