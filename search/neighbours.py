"""What passages lend each other: one whose text answers elsewhere too gains a part of the score of that."""

import numpy as np

from search.postings import Floats, Integers

# A text whose best passages answer well lends a part of their mean to each of its passages.
COMPANY, BEST, CANDIDATES = 0.35, 5, 500
# A passage whose text goes on with another that answers gains a part of the score of that.
NEXT = 0.05
LEAST = np.float32(1e-9)
_BITS = np.int64(32)


class Neighbours:
    """Which passages of a list of documents are of one text, as their numbers say, and which follows which."""

    def __init__(self, text_of: Integers) -> None:
        self._text_of = text_of
        self._texts = int(text_of.max()) + 1 if len(text_of) else 0
        self._next = find_next(text_of)

    @property
    def size(self) -> int:
        """How many passages there are."""
        return len(self._text_of)

    def lend(self, alone: Floats) -> Floats:
        """Add to each score a part of what the next passage of its text scored alone, and of the mean of the text's best."""
        scores = np.zeros(len(alone) + 1, dtype=np.float32)
        scores[:-1] = alone
        # Few passages have a score at all: only what these are lent is reckoned.
        found = alone.nonzero()[0]
        lent = scores[self._next[found]]
        lent *= np.float32(NEXT)
        lent += self._means(alone)[self._text_of[found]]
        scores[found] += lent
        return scores[:-1]

    def _means(self, scores: Floats) -> Floats:
        """Return the part that every text lends: of the mean of its best scores, of those among the best of all."""
        top = (scores >= LEAST).nonzero()[0]
        if len(top) > CANDIDATES:
            # Among these alone: to partition the zeros of all that was not found takes twenty times as long.
            found = scores[top]
            top = top[found >= np.partition(found, -CANDIDATES)[-CANDIDATES]]
        # Sorted by text and then from the best score on, as one number: the bits of positive scores are ordered as these are.
        ordered = np.sort((self._text_of[top] << _BITS) - scores[top].view(np.int32))
        texts = -(-ordered >> _BITS)
        found = ((texts << _BITS) - ordered).astype(np.int32).view(np.float32)
        best = np.ones(len(top), dtype=bool)
        best[BEST:] = texts[BEST:] != texts[:-BEST]
        means = np.bincount(texts[best], weights=found[best], minlength=self._texts) * (COMPANY / BEST)
        return means.astype(np.float32)


def find_next(text_of: Integers) -> Integers:
    """Return for each place that of the next one of the same text; the number of all places where there is none."""
    order = np.argsort(text_of, kind="stable")
    same = text_of[order][:-1] == text_of[order][1:]
    following = np.full(len(text_of), len(text_of), dtype=np.int64)
    following[order[:-1][same]] = order[1:][same]
    return following
