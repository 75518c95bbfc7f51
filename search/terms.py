"""Terms as numbers of 64 bits, so that an index of millions of them opens without reading one.

A term's number is drawn from its digest, the same in every index, so that joining two of them is a matter of numbers alone.
Of two million terms two share one with a probability of one in ten million. A pair of terms has a number made of theirs.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

BYTES = 8
REMEMBERED = 5_000  # single terms: most pairs are asked for once
JOINT = " "
_ODD = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def key_of(term: str) -> int:
    """Return the number of a term, or of two that are joined by a space."""
    first, joint, second = term.partition(JOINT)
    return (_draw(first) * _ODD + key_of(second)) & _MASK if joint else _draw(first)


@lru_cache(maxsize=REMEMBERED)
def _draw(term: str) -> int:
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=BYTES).digest(), "little")


def keys_of(terms: Iterable[str]) -> Keys:
    """Return the numbers of many terms."""
    return np.array([key_of(term) for term in terms], dtype=np.uint64)


def keys_of_pairs(firsts: Keys, seconds: Keys) -> Keys:
    """Return the numbers of pairs of terms, of which the numbers are given."""
    return firsts * np.uint64(_ODD) + seconds


def find_few(keys: Keys, wanted: Keys) -> list[int]:
    """Return the row of each of a few wanted numbers among ascending ones, -1 where it is none of them.

    For as many as a query has, to look at each is quicker than any further step over all of them.
    """
    view, size, places = keys.data, len(keys), keys.searchsorted(wanted).tolist()
    return [place if place < size and view[place] == key else -1 for place, key in zip(places, wanted.tolist(), strict=True)]


def find_rows(keys: Keys, wanted: Keys) -> NDArray[np.int64]:
    """Return the row of each wanted number among ascending ones, -1 where it is none of them."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    rows = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[rows] == wanted, rows, -1)
