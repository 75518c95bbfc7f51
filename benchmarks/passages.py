"""Collections that nobody here wrote, as the product's documents: what the benchmarks of search measure on."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.citation import Citation
from kb.interval import Interval, PartialDate
from search.documents import Document

CORPORA = Path(os.environ.get("INFORCE_CORPORA", Path(__file__).resolve().parents[2] / "shared" / "corpora"))
SINCE = Interval(PartialDate.parse("2024-01-01"))
_ARTICLE = re.compile(r"^\*\*(第[一二三四五六七八九十百千零〇]+条(?:之[一二三四五六七八九十]+)?)\*\*\s*", re.MULTILINE)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def load_obliqa(data: Path) -> list[tuple[tuple[str, str], Document]]:
    """Return every passage of the ObliQA collection with its document and passage ids."""
    found = []
    for path in sorted(data.glob("[0-9]*.json")):
        passages = json.loads(path.read_text(encoding="utf-8"))
        texts = {passage["PassageID"]: passage["Passage"] for passage in passages}
        found += [
            ((str(one["DocumentID"]), one["PassageID"]), _passage(one, texts, place)) for place, one in enumerate(passages)
        ]
    return found


def load_just_laws(data: Path) -> list[Document]:
    """Return every article of the Chinese collection just-laws."""
    return [document for number, path in enumerate(sorted(data.rglob("*.md"))) for document in _articles(path, number)]


def _articles(path: Path, number: int) -> Iterator[Document]:
    text = path.read_text(encoding="utf-8")
    title = _TITLE.search(text)
    parts = _ARTICLE.split(text)
    for place, (article, body) in enumerate(zip(parts[1::2], parts[2::2], strict=True)):
        citation = Citation(f"text-{number}", "2024-01-01", f"art-{place + 1}")
        words = re.sub(r"^#.*$", "", body, flags=re.MULTILINE).strip()
        yield Document(citation, "zh", article, title[1] if title else "", words, SINCE, (("language", ("zh",)),))


def _passage(passage: dict[str, Any], texts: dict[str, str], place: int) -> Document:
    """Return a passage as a document: the texts of the passages above it are its context."""
    above = [texts[other] for other in _ancestors(passage["PassageID"]) if other in texts and len(texts[other]) < 200]
    citation = Citation(f"doc-{passage['DocumentID']}", "2024-01-01", f"p-{place}")
    return Document(citation, "en", "", " ".join(above), passage["Passage"], SINCE, (("language", ("en",)),))


def _ancestors(name: str) -> list[str]:
    """Return the ids above a passage's own: of 18.8.2 these are 18.8 and 18, with and without a closing dot."""
    parts = name.rstrip(".").split(".")
    shorter = [".".join(parts[:n]) for n in range(1, len(parts))]
    return [form for one in shorter for form in (one, f"{one}.")]
