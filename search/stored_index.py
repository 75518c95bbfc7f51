"""The stored index: phrases, operators, prefixes and fields, by Whoosh.

It is derived data, bound to the content of every document. It is built in a folder of its own and put in place in one step, so
that nobody ever reads half an index; several processes may build at once, and the first one to finish wins. A folder that is
damaged, or was left by a process that died, is set aside and made anew.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index, qparser
from whoosh.analysis import Analyzer, Token
from whoosh.fields import KEYWORD, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.index import Index
from whoosh.query import Query as WhooshQuery
from whoosh.searching import Searcher

from search.analysis import find_terms
from search.documents import Document
from search.query import FIELDS, InvalidQueryError
from search.ranking import Booleans

FORMAT = 1
MANIFEST = "manifest.json"
KEPT = 3
MOST_WORDS = 64
_BUILDING = re.compile(r"building-(\d+)-")
_STRUCTURED = re.compile(rf'["()]|\b(?:AND|OR|NOT)\b|\b(?:{"|".join((*FIELDS, "heading"))}):|\w\*')
_SHORT_PREFIX = re.compile(r"(?<!\w)\w?\*")


class TermAnalyzer(Analyzer):
    """Hands the terms of `search.analysis` to Whoosh, so that both read a text alike."""

    def __call__(self, value: str, **modes: Any) -> Iterator[Token]:  # noqa: ANN401
        """Yield one token for each term."""
        token = Token(modes.get("positions", False), modes.get("chars", False), mode=modes.get("mode", ""))
        first = modes.get("start_pos", 0)
        for position, term in enumerate(find_terms(value), first):
            token.text, token.boost, token.stopped = term.text, 1.0, False
            token.pos, token.startchar, token.endchar = position, term.start, term.end
            yield token


def make_schema() -> Schema:
    """Return the fields of the index."""
    words = TEXT(analyzer=TermAnalyzer(), phrase=True, multitoken_query="phrase")
    names = {field: KEYWORD(lowercase=True) for field in FIELDS}
    return Schema(place=NUMERIC(stored=True), text=words, heading=words, **names)


class StoredIndex:
    """An open index over a list of documents."""

    def __init__(self, opened: Index, size: int) -> None:
        self._searcher: Searcher = opened.searcher()
        self._schema = opened.schema
        self._places = np.array([fields["place"] for fields in self._searcher.reader().all_stored_fields()], dtype=np.int64)
        self._size = size

    def matching(self, text: str) -> Booleans | None:
        """Return which documents match a query with operators; None for plain words, which are ranked and not matched.

        Raises InvalidQueryError for a query that would be slow, or cannot be read.
        """
        if not is_structured(text):
            return None
        found = np.zeros(self._size, dtype=bool)
        found[self._places[list(self._searcher.docs_for_query(self._parse(text)))]] = True
        return found

    def _parse(self, text: str) -> WhooshQuery:
        if _SHORT_PREFIX.search(text):
            raise InvalidQueryError("A prefix is too short.", "Write at least two characters before the *.")
        if len(text.split()) > MOST_WORDS:
            raise InvalidQueryError(f"A query with operators may have {MOST_WORDS} words.", "Shorten it.")
        plugins = [
            qparser.WhitespacePlugin(), qparser.PhrasePlugin(), qparser.FieldsPlugin(), qparser.GroupPlugin(),
            qparser.OperatorsPlugin(), qparser.PrefixPlugin(),
        ]  # fmt: skip
        return qparser.QueryParser("text", self._schema, plugins=plugins).parse(text)


def is_structured(text: str) -> bool:
    """Whether a query uses phrases, operators, prefixes or fields."""
    return _STRUCTURED.search(text) is not None


def without_operators(text: str) -> str:
    """Return the words of a query with operators, without what is excluded."""
    kept = re.sub(r'\bNOT\s+(?:"[^"]*"|\([^)]*\)|\S+)', " ", text)
    return re.sub(rf'\b(?:AND|OR)\b|\b(?:{"|".join(FIELDS)}):\S+|heading:|["()*]', " ", kept)


def open_index(folder: Path, documents: Sequence[Document]) -> StoredIndex:
    """Open the index of the documents below `folder`, building it where it is missing, damaged or of other content.

    Where the folder cannot be written, the index is kept in memory.
    """
    target = folder / _digest(documents)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not _is_whole(target):
            _build(folder, target, documents)
        _clear(folder, target)
        return StoredIndex(index.open_dir(str(target)), len(documents))
    except OSError:
        kept = RamStorage().create_index(make_schema())
        _write(kept, documents)
        return StoredIndex(kept, len(documents))


def _digest(documents: Sequence[Document]) -> str:
    content = sha256(f"{FORMAT}".encode())
    for source in (Path(__file__), Path(__file__).with_name("analysis.py")):
        content.update(source.read_bytes())
    for document in documents:
        content.update(document.digest.encode())
    return content.hexdigest()[:32]


def _build(folder: Path, target: Path, documents: Sequence[Document]) -> None:
    own = Path(tempfile.mkdtemp(prefix=f"building-{os.getpid()}-", dir=folder))
    _write(index.create_in(str(own), make_schema()), documents)
    sums = {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(own.iterdir()) if path.suffix != ".lock"}
    (own / MANIFEST).write_text(json.dumps(sums), encoding="utf-8")
    try:
        own.rename(target)
    except OSError:
        if not _is_whole(target):
            target.rename(Path(tempfile.mkdtemp(prefix=f"building-{os.getpid()}-", dir=folder)) / "damaged")
            own.rename(target)


def _write(made: Index, documents: Sequence[Document]) -> None:
    writer = made.writer()
    for place, document in enumerate(documents):
        names = {field: " ".join(document.values(field)) for field in FIELDS}
        writer.add_document(place=place, text=f"{document.heading}\n{document.body}", heading=document.heading, **names)
    writer.commit()


def _is_whole(target: Path) -> bool:
    try:
        sums = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        return bool(sums) and all(sha256((target / name).read_bytes()).hexdigest() == sum_ for name, sum_ in sums.items())
    except (OSError, ValueError, AttributeError):
        return False


def _clear(folder: Path, target: Path) -> None:
    """Remove what dead processes left, and all but the latest indexes."""
    finished = []
    for path in folder.iterdir():
        building = _BUILDING.match(path.name)
        if building and not _is_alive(int(building[1])):
            shutil.rmtree(path, ignore_errors=True)
        elif not building and path != target:
            finished.append(path)
    for path in sorted(finished, key=lambda one: one.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
