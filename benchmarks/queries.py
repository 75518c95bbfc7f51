"""The collections that search is timed on, each with a thousand queries: plain ones, and ones with operators."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random

from passages import CORPORA, load_just_laws, load_obliqa

from kb.source.loader import load_corpus
from search.analysis import STOP_WORDS
from search.documents import Document, make_documents

ROOT = Path(__file__).resolve().parents[1]
SEED = 7
QUESTION_COUNTS = 5  # a question is drawn from so much oftener than a text: there are fewer of them
_CLAUSE = re.compile(r"[^，。；：、（）\s]{6,24}")
_PHRASE = re.compile(r"[A-Za-z]{3,} [A-Za-z]{3,}|[\u4e00-\u9fff]{4,8}")
_WORD = re.compile(r"[A-Za-z]{4,}|[\u4e00-\u9fff]{2,4}")


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, and what is asked of them."""

    documents: tuple[Document, ...]
    plain: tuple[str, ...]
    structured: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a collection comes from."""

    folder: Path
    documents: Callable[[Path], Sequence[Document]]
    questions: Callable[[Path, Sequence[Document]], Sequence[str]]

    def missing(self) -> Path | None:
        """Return the folder that is not there."""
        return None if self.folder.is_dir() else self.folder


def read_collection(name: str, count: int) -> Collection:
    """Return a collection with so many queries of each kind, the same at every run."""
    origin = COLLECTIONS[name]
    documents = tuple(origin.documents(origin.folder))
    plain = tuple(islice(cycle(origin.questions(origin.folder, documents)), count))
    random = Random(SEED)
    return Collection(documents, plain, tuple(_with_operators(documents, random) for _ in range(count)))


def _with_operators(documents: Sequence[Document], random: Random) -> str:
    """Return a query with a phrase of a text, two of its words joined, or a prefix."""
    words: list[str] = []
    phrases: list[str] = []
    while len(words) < 3 or not phrases:
        body = random.choice(documents).body
        phrases = _PHRASE.findall(body)
        words = [word for word in _WORD.findall(body) if word.lower() not in STOP_WORDS]
    start = random.randrange(len(words) - 2)
    one, two, three = words[start : start + 3]
    phrase = random.choice(phrases)
    return random.choice([f'"{phrase}"', f"{one} AND {three}", f"{one} OR {two}", f"{one} NOT {three}", f"{two[:4]}*"])


def _obliqa_questions(folder: Path, _: Sequence[Document]) -> list[str]:
    return [one["Question"] for one in json.loads((folder / "dev.json").read_text(encoding="utf-8"))]


def _clauses(_: Path, documents: Sequence[Document]) -> list[str]:
    """Return a clause out of many articles, as a reader would remember it."""
    return find_clauses([document.body for document in documents], 2_000)


def find_clauses(texts: Sequence[str], count: int) -> list[str]:
    """Return a clause out of each of so many texts, without those that have none; the same at every run."""
    random = Random(SEED)
    chosen = random.sample(texts, count)
    return [random.choice(clauses) for text in chosen if (clauses := _CLAUSE.findall(text))]


def _lay_questions(_: Path, __: Sequence[Document]) -> list[str]:
    return [one["question"] for one in json.loads((ROOT / "tests" / "questions.json").read_text(encoding="utf-8"))]


def find_searches(count: int) -> tuple[str, ...]:
    """Return so many different searches, English and Chinese in turns; the same at every run.

    They are what readers type: two to five words in a row, or two to ten characters, of their questions and of the texts.
    """
    random = Random(SEED)
    texts: dict[str, list[str]] = {"en": [], "zh": []}
    for document in make_documents(load_corpus(ROOT / "regulations")):
        texts[document.language] += [document.heading, document.body]
    for name in ("questions.json", "qa/tuning.json"):
        for one in json.loads((ROOT / "tests" / name).read_text(encoding="utf-8")):
            texts[one["language"]] += [one["question"]] * QUESTION_COUNTS
    found: dict[str, None] = {}
    while len(found) < count:
        found.setdefault(_words_in_a_row(random.choice(texts["zh" if len(found) % 2 else "en"]), random))
        found.pop("", None)
    return tuple(found)


def _words_in_a_row(text: str, random: Random) -> str:
    """Return some words of a text in a row, or some of its characters; "" where there are too few."""
    runs, english = re.findall(r"[\u4e00-\u9fff]{2,}", text), re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    if runs:
        run = random.choice(runs)
        start = random.randrange(len(run) - 1)
        return str(run[start : start + random.randint(2, 10)])
    start = random.randrange(max(1, len(english) - 1))
    return " ".join(english[start : start + random.randint(2, 5)])


COLLECTIONS = {
    "shipped": Origin(ROOT / "regulations", lambda folder: list(make_documents(load_corpus(folder))), _lay_questions),
    "obliqa": Origin(CORPORA / "obliqa", lambda folder: [one for _, one in load_obliqa(folder)], _obliqa_questions),
    "just-laws": Origin(CORPORA / "just-laws" / "docs", load_just_laws, _clauses),
}
