"""Which of many short texts one is most like: the cosine of their words, weighed by how few of the texts have each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from search.postings import Floats

HALF = 0.5


class Alike:
    """Some texts, each given by its words; immutable."""

    def __init__(self, texts: Sequence[Collection[str]]) -> None:
        places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(texts):
            for word in words:
                places[word].append(place)
        self._size = len(texts)
        self._rarity = {word: log((len(texts) + 1) / (len(found) + HALF)) for word, found in places.items()}
        self._rarity_of_unknown = log((len(texts) + 1) / HALF)
        shares = np.array([1 / self._length(words) for words in texts], dtype=np.float32)
        self._entries: dict[str, tuple[NDArray[np.int32], Floats]] = {}
        for word, found in places.items():
            where = np.array(found, dtype=np.int32)
            self._entries[word] = where, shares[where] * np.float32(self._rarity[word])

    def find(self, words: Collection[str], most: int) -> list[tuple[int, float]]:
        """Return the places of the texts that some words are most like, the most like first, and how much, from 0 to 1."""
        likeness, length = np.zeros(self._size, dtype=np.float32), self._length(words)
        for word in self._entries.keys() & set(words):
            places, weights = self._entries[word]
            likeness[places] += weights * np.float32(self._rarity[word] / length)
        some = np.argpartition(likeness, -most)[-most:] if most < self._size else np.arange(self._size)
        best = some[np.argsort(-likeness[some], kind="stable")]
        return [(int(place), float(likeness[place])) for place in best if likeness[place] > 0]

    def _length(self, words: Iterable[str]) -> float:
        return sqrt(sum(self._rarity.get(word, self._rarity_of_unknown) ** 2 for word in words)) or 1.0
