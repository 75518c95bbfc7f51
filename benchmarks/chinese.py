"""How well Chinese is found by the product's character bigrams, by words, and by both.

    python benchmarks/chinese.py [--data DIR] [--count N]

Every analyser feeds the product's own ranking: its terms are numbered, and each text is written as the numbers of its terms.
Asked of the articles of just-laws are clauses without their function words, and runs of characters; each is to find the article
it was taken from. Asked of the shipped corpus are the Chinese questions of the tests, on their days, with the glossary.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from statistics import fmean

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import jieba  # noqa: E402
import numpy as np  # noqa: E402
from passages import CORPORA, load_just_laws  # noqa: E402

from kb.interval import Certainty  # noqa: E402
from kb.source.loader import load_corpus  # noqa: E402
from search.analysis import find_terms, fold, without_days  # noqa: E402
from search.documents import Document, make_documents  # noqa: E402
from search.glossary import FILE, load_glossary  # noqa: E402
from search.postings import Booleans  # noqa: E402
from search.ranking import Ranking  # noqa: E402

SEED = 11
_HAN = re.compile(r"[\u3400-\u9fff]+")
_CLAUSE = re.compile(r"[^，。；：、（）\s]{8,30}")
_FUNCTION_WORDS = re.compile(
    r"应当|可以|不得|以及|或者|并且|按照|依照|根据|对于|关于|由于|进行|予以|有关|规定|[的了和与或在是为由对被将所其及等]"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in texts with weights, what may be found, and the places that are right."""

    texts: tuple[tuple[str, float], ...]
    eligible: Booleans
    right: tuple[int, ...]


class Analyser:
    """A way to cut text into terms, written so that the product's own analysis gives back exactly these."""

    def __init__(self, cut: Callable[[str], Iterator[str]]) -> None:
        self._cut = cut
        self._numbers: dict[str, str] = {}

    def write(self, text: str) -> str:
        """Return a text as the numbers of its terms."""
        return " ".join(self._numbers.setdefault(term, f"w{len(self._numbers)}") for term in self._cut(text))


def main() -> None:
    """Print one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=CORPORA / "just-laws" / "docs")
    parser.add_argument("--count", type=int, default=1000)
    chosen = parser.parse_args()
    shipped = [document for document in make_documents(load_corpus(ROOT / "regulations")) if document.language == "zh"]
    compare("shipped, questions", shipped, ask_questions(shipped))
    if not chosen.data.is_dir():
        print(f"skipped: {chosen.data} is not there; name the folder with --data")
        return
    articles = load_just_laws(chosen.data)
    compare("just-laws, clauses", articles, ask_known(articles, chosen.count, clause_of))
    compare("just-laws, runs", articles, ask_known(articles, chosen.count, run_of))


def compare(name: str, documents: Sequence[Document], asked: Sequence[Asked]) -> None:
    """Print the figures of every analyser on the same queries."""
    for label, cut in analysers().items():
        analyser = Analyser(cut)
        ranking = Ranking.of([write_document(document, analyser) for document in documents])
        ranks = [rank_of(ranking, analyser, one) for one in asked]
        for depth in (1, 5, 10):
            print(f"{name}: {label}: first {depth}: {fmean(rank <= depth for rank in ranks):.4f} of {len(ranks)}")
        print(f"{name}: {label}: MRR {fmean(1 / rank for rank in ranks):.4f}")


def analysers() -> dict[str, Callable[[str], Iterator[str]]]:
    """Return the analysers that are compared, by name."""
    words = jieba.Tokenizer()
    entries = load_glossary(FILE).entries
    for word in {word for entry in entries for word in (*entry.words, *entry.lay) if _HAN.fullmatch(word)}:
        words.add_word(word)
    return {
        "bigrams": bigrams,
        "words": lambda text: cut_words(text, words.cut),
        "search-mode words": lambda text: cut_words(text, words.cut_for_search),
        "bigrams and words": lambda text: both(text, words.cut),
        "unigrams and bigrams": unigrams_and_bigrams,
    }


def bigrams(text: str) -> Iterator[str]:
    """Yield the product's own terms."""
    return (term.text for term in find_terms(text))


def cut_words(text: str, cut: Callable[[str], Iterator[str]]) -> Iterator[str]:
    """Yield words in place of the characters between other terms."""
    folded, place = fold(text), 0
    for term in find_terms(text):
        if not _HAN.fullmatch(term.text):
            yield from _words(folded[place : term.start], cut)
            yield term.text
            place = term.end
    yield from _words(folded[place:], cut)


def both(text: str, cut: Callable[[str], Iterator[str]]) -> Iterator[str]:
    """Yield the bigrams, then the words that are longer than one."""
    yield from bigrams(text)
    yield from (word for word in _words(fold(text), cut) if len(word) > 2)


def unigrams_and_bigrams(text: str) -> Iterator[str]:
    """Yield the bigrams, then every character."""
    yield from bigrams(text)
    yield from (char for run in _HAN.findall(fold(text)) for char in run)


def _words(text: str, cut: Callable[[str], Iterator[str]]) -> Iterator[str]:
    return (word for run in _HAN.findall(text) for word in cut(run))


def write_document(document: Document, analyser: Analyser) -> Document:
    """Return a document in numbers."""
    heading, context, body = map(analyser.write, (document.heading, document.context, document.body))
    return replace(document, heading=heading, context=context, body=body)


def rank_of(ranking: Ranking, analyser: Analyser, asked: Asked) -> float:
    """Return the rank of the best right place, infinite where it was not found at all."""
    scores = ranking.score([(analyser.write(text), weight) for text, weight in asked.texts], asked.eligible)
    best = max((float(scores[place]) for place in asked.right), default=0.0)
    return float((scores > best).sum() + 1) if best > 0 else float("inf")


def ask_known(documents: Sequence[Document], count: int, make: Callable[[str, Random], str]) -> list[Asked]:
    """Return queries taken from as many articles, the same at every run."""
    random, everything = Random(SEED), np.ones(len(documents), dtype=np.bool_)
    places = random.sample([place for place, one in enumerate(documents) if _CLAUSE.search(one.body)], count)
    return [Asked(((make(documents[place].body, random), 1.0),), everything, (place,)) for place in places]


def clause_of(body: str, random: Random) -> str:
    """Return a clause without its function words, its halves exchanged, as one who remembers what and not how."""
    clause = random.choice(_CLAUSE.findall(body))
    parts = [part for part in _FUNCTION_WORDS.split(clause) if part]
    return " ".join(parts[len(parts) // 2 :] + parts[: len(parts) // 2])


def run_of(body: str, random: Random) -> str:
    """Return ten neighbouring characters."""
    chars = "".join(_HAN.findall(body))
    start = random.randrange(max(1, len(chars) - 9))
    return chars[start : start + 10]


def ask_questions(documents: Sequence[Document]) -> list[Asked]:
    """Return the Chinese questions of the tests, with what the glossary adds, and what may apply on their days."""
    glossary, asked = load_glossary(FILE), []
    for path in sorted((ROOT / "tests").glob("questions*.json")):
        for one in json.loads(path.read_text(encoding="utf-8")):
            if one["language"] != "zh":
                continue
            words, day = without_days(one["question"]), date.fromisoformat(one["on"])
            texts = ((words, 1.0), *((more.words, more.weight) for more in glossary.additions(words)))
            right = tuple(n for n, document in enumerate(documents) if is_gold(document, one["gold"]))
            eligible = np.array([one.interval.covers(day) is not Certainty.NO for one in documents], dtype=np.bool_)
            asked.append(Asked(texts, eligible, right))
    return asked


def is_gold(document: Document, gold: Sequence[str]) -> bool:
    """Whether a document is one of the right provisions, named with or without their version."""
    citation = document.citation
    return str(citation) in gold or f"{citation.regulation}#{citation.anchor}" in gold


if __name__ == "__main__":
    main()
