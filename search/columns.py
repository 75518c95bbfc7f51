"""What an index knows of its documents beside their words, so that opening it makes no document.

Days, groups, facets and headings are arrays by the documents' places, made once with the index and stored with it.
"""

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.citation import TextLanguage
from search.analysis import languages_read
from search.documents import Document
from search.postings import Integers, load_array, load_arrays, save_arrays
from search.query import FIELDS

NAME = "columns"
_ARRAYS = ("texts", "provisions", "histories", "headings", "days")

Column = tuple[tuple[str, ...], Integers, Integers]
"""The names of a field's values, and for each value of each document its number and the document's place."""


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of documents, each an array by their places.

    `keys` are the documents' names. `texts`, `provisions` and `histories` number what they are of: a text is a Version in one
    language, a history a Provision in all Versions. `headings` number `heading_names`, each with its language. The rows of
    `days` are ordinals: the first day that it may apply and surely applies, and the first that it surely and may not any more.
    """

    keys: tuple[str, ...]
    texts: Integers
    provisions: Integers
    histories: Integers
    headings: Integers
    days: Integers
    heading_names: tuple[tuple[str, str], ...]
    facets: Mapping[str, Column]

    @property
    def size(self) -> int:
        """How many documents there are."""
        return len(self.keys)

    @property
    def languages(self) -> tuple[TextLanguage, ...]:
        """The languages by whose rules a question to the documents is read."""
        return languages_read(self.facets["language"][0])

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Columns":
        """Note the columns of documents."""
        headings = dict.fromkeys((document.heading, document.language) for document in documents)
        return cls(
            keys=tuple(document.key for document in documents),
            texts=number(f"{one.citation.regulation}@{one.citation.version}|{one.language}" for one in documents),
            provisions=number(str(document.citation) for document in documents),
            histories=number(document.history for document in documents),
            headings=number((document.heading, document.language) for document in documents),
            days=_days(documents),
            heading_names=tuple(headings),
            facets=_facets(documents),
        )

    def save(self, folder: Path) -> None:
        """Write the columns to files of a folder."""
        arrays: dict[str, NDArray[Any]] = {name: getattr(self, name) for name in _ARRAYS}
        for field, (_, ids, places) in self.facets.items():
            arrays |= {f"{field}-ids": ids, f"{field}-places": places}
        save_arrays(folder, NAME, arrays)
        names = {field: values for field, (values, _, _) in self.facets.items()}
        said = {"keys": self.keys, "headings": self.heading_names, "facets": names}
        _path(folder).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Columns":
        """Read what was saved."""
        said = json.loads(_path(folder).read_text(encoding="utf-8"))
        headings = tuple((text, language) for text, language in said["headings"])
        facets = {field: _column(folder, field, names) for field, names in said["facets"].items()}
        arrays = dict(zip(_ARRAYS, load_arrays(folder, NAME, _ARRAYS), strict=True))
        return cls(keys=tuple(said["keys"]), heading_names=headings, facets=facets, **arrays)


def number(names: Iterable[object]) -> Integers:
    """Return a number for each name, the same for the same name, from 0 in order of appearance."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def _path(folder: Path) -> Path:
    return folder / f"{NAME}.json"


def _column(folder: Path, field: str, names: Sequence[str]) -> Column:
    ids, places = (load_array(folder, f"{NAME}-{field}-{what}") for what in ("ids", "places"))
    return tuple(names), ids, places


def _days(documents: Sequence[Document]) -> Integers:
    intervals = [document.interval for document in documents]
    ends = [(i.end.earliest, i.end.latest) if i.end else (date.max, date.max) for i in intervals]
    days = [
        [interval.start.earliest for interval in intervals],
        [interval.start.latest for interval in intervals],
        [earliest for earliest, _ in ends],
        [latest for _, latest in ends],
    ]
    return np.array([[day.toordinal() for day in row] for row in days], dtype=np.int64)


def _facets(documents: Sequence[Document]) -> dict[str, Column]:
    names: dict[str, dict[str, int]] = {field: {} for field in FIELDS}
    cells = {field: (array("q"), array("q")) for field in FIELDS}
    for place, document in enumerate(documents):
        for field, values in document.facets:
            known, (ids, places) = names[field], cells[field]
            for value in values:
                ids.append(known.setdefault(value, len(known)))
                places.append(place)
    return {
        field: (tuple(names[field]), np.array(ids, dtype=np.int64), np.array(places, dtype=np.int64))
        for field, (ids, places) in cells.items()
    }
