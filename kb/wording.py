"""What changed in the wording of a text, word by word, and which differences are mere form.

Words are matched by what they count as (`kb.words`). What never counts as a change, width, punctuation, numeral style, list
markers and white space, is told apart, so that a reader can see what was passed over. The pieces are the reader's own
characters: put together they are the two texts again, to the character.

A text of many words is first cut at the words that stand once in both texts, so that no comparison takes long.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from kb.words import Segment, Word, find_words, fold_width, loose

# pairs of like words that are compared one by one; above it the texts are cut first
MOST_PAIRS = 100_000
# below this share of common words, two texts are shown as one replaced by the other, not as shreds
LEAST_SHARED = 0.2
PARTICLES = frozenset(
    (
        *"a an the of to and or in on by for with at from as is are be that which its their it this".split(),  # noqa: SIM905
        *"的和与及或在对由于为将以之其等并且应被把从按向者所了该是也而有个中上下",
        "或者",
        "以及",
    )
)
_BULLET = re.compile(r"^\s*[-*+•·]\s", re.MULTILINE)

Match = tuple[int, int, int]
Hunk = tuple[int, int, int, int]


class PieceKind(StrEnum):
    """Whether a piece of text stands in both texts or in one."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Form(StrEnum):
    """A difference that never counts as a change."""

    WIDTH = "width"
    PUNCTUATION = "punctuation"
    NUMERAL = "numeral"
    LIST_MARKER = "list_marker"
    SPACE = "space"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the texts: of a piece in both, `before` and `after` may differ in form; else one of them is empty."""

    kind: PieceKind
    before: str
    after: str

    @property
    def text(self) -> str:
        """Its characters, in the new text where it stands there."""
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class Suppression:
    """A difference that was passed over: the characters before and after, and why it does not count."""

    before: str
    after: str
    reason: Form


@dataclass(frozen=True, slots=True)
class Wording:
    """Two texts compared. The `before` of its pieces joined are the old text, the `after` the new one."""

    pieces: tuple[Piece, ...]
    suppressed: tuple[Suppression, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing changed that counts."""
        return all(piece.kind is PieceKind.SAME for piece in self.pieces)

    @property
    def is_format_only(self) -> bool:
        """Whether the texts differ, and in form alone."""
        return self.is_same and bool(self.suppressed)


def compare_wording(old: str, new: str, segment: Segment) -> Wording:
    """Compare two texts word by word; `segment` parts a run of Chinese characters into words.

    >>> [f"{piece.kind}: {piece.text}" for piece in compare_wording("within 2 years", "within 3 years", list).pieces]
    ['same: within ', 'removed: 2', 'added: 3', 'same:  years']
    """
    if old == new:
        return Wording((Piece(PieceKind.SAME, old, new),) if old else ())
    texts = _Texts(old, new, find_words(old, segment), find_words(new, segment))
    pieces = [piece for piece in texts.pieces() if piece.before or piece.after]
    return Wording(tuple(_join(pieces)), tuple(_suppressed(pieces)))


class _Texts:
    """Two texts with their words, and the words that match."""

    def __init__(self, old: str, new: str, old_words: tuple[Word, ...], new_words: tuple[Word, ...]) -> None:
        self._old, self._new = old, new
        self._old_words, self._new_words = old_words, new_words
        self._same = loose(old_words) == loose(new_words)
        a, b = [word.key for word in old_words], [word.key for word in new_words]
        matches = list(_match(a, b, 0, 0))
        self._matches = self._without_shifts(matches) if self._same else _tidy(matches, a, b)

    def pieces(self) -> Iterator[Piece]:
        """Yield what is between the matching words, and these, in order."""
        i = j = 0
        for old_at, new_at in self._pairs():
            yield from self._between((i, old_at, j, new_at))
            if old_at < len(self._old_words):
                yield Piece(PieceKind.SAME, self._old_text(old_at), self._new_text(new_at))
            i, j = old_at + 1, new_at + 1

    def _without_shifts(self, matches: list[Match]) -> list[Match]:
        """Return the matches of like texts, or none where one of them pairs words of different places."""
        old, new = self._old_words, self._new_words
        starts = [(0, 0), *((i + length, j + length) for i, j, length in matches)]
        ends = [*((i, j) for i, j, _ in matches), (len(old), len(new))]
        between = zip(starts, ends, strict=True)
        fit = all(loose(old[i:i_end]) == loose(new[j:j_end]) for (i, j), (i_end, j_end) in between)
        return matches if fit else []

    def _pairs(self) -> Iterator[tuple[int, int]]:
        for i, j, length in self._matches:
            yield from ((i + step, j + step) for step in range(length))
        yield len(self._old_words), len(self._new_words)

    def _between(self, hunk: Hunk) -> Iterator[Piece]:
        i, i_end, j, j_end = hunk
        before = self._old[self._end(self._old_words, i) : self._start(self._old, self._old_words, i_end)]
        after = self._new[self._end(self._new_words, j) : self._start(self._new, self._new_words, j_end)]
        if (i == i_end and j == j_end) or loose(self._old_words[i:i_end]) == loose(self._new_words[j:j_end]):
            yield Piece(PieceKind.SAME, before, after)
            return
        head = _common_form(before, after)
        tail = _common_form(before[head:][::-1], after[head:][::-1])
        removed, added = before[head : len(before) - tail], after[head : len(after) - tail]
        yield Piece(PieceKind.SAME, before[:head], after[:head])
        yield Piece(PieceKind.REMOVED if i < i_end or _is_shown(removed) else PieceKind.SAME, removed, "")
        yield Piece(PieceKind.ADDED if j < j_end or _is_shown(added) else PieceKind.SAME, "", added)
        yield Piece(PieceKind.SAME, before[len(before) - tail :], after[len(after) - tail :])

    @staticmethod
    def _end(words: tuple[Word, ...], place: int) -> int:
        return words[place - 1].end if place else 0

    @staticmethod
    def _start(text: str, words: tuple[Word, ...], place: int) -> int:
        return words[place].start if place < len(words) else len(text)

    def _old_text(self, place: int) -> str:
        return self._old[self._old_words[place].start : self._old_words[place].end]

    def _new_text(self, place: int) -> str:
        return self._new[self._new_words[place].start : self._new_words[place].end]


def _is_shown(form: str) -> bool:
    """Whether form that words took the place of is shown beside them: a comma that became "and" is, a new line is not."""
    return bool(form.strip()) and "\n" not in form


def _common_form(before: str, after: str) -> int:
    """Return how many characters of mere form both begin with."""
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other or one.isalnum():
            break
        count += 1
    return count


def _match(a: Sequence[str], b: Sequence[str], i: int, j: int) -> Iterator[Match]:
    """Yield (place in a, place in b, length) of the runs of words that match, in order; `i` and `j` are added to the places."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    if head:
        yield i, j, head
    yield from _match_middle(a[head : len(a) - tail], b[head : len(b) - tail], i + head, j + head)
    if tail:
        yield i + len(a) - tail, j + len(b) - tail, tail


def _match_middle(a: Sequence[str], b: Sequence[str], i: int, j: int) -> Iterator[Match]:
    counts, others = Counter(a), Counter(b)
    if sum(count * others[key] for key, count in counts.items()) <= MOST_PAIRS:
        blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
        yield from ((i + block.a, j + block.b, block.size) for block in blocks if block.size)
        return
    anchors = _anchors(a, b)
    starts, ends = [(0, 0), *anchors], [*anchors, (len(a), len(b))]
    for (old, new), (old_end, new_end) in zip(starts, ends, strict=True) if anchors else ():
        yield from _match(a[old:old_end], b[new:new_end], i + old, j + new)


def _anchors(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the words that stand once in both, as many as keep their order: where long texts are cut."""
    counts, others = Counter(a), Counter(b)
    where = {key: place for place, key in enumerate(b) if others[key] == 1}
    pairs = [(place, where[key]) for place, key in enumerate(a) if counts[key] == 1 and key in where]
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        ends[at : at + 1], last[at : at + 1] = [place], [number]
        before.append(last[at - 1] if at else -1)
    chain: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _tidy(matches: Sequence[Match], a: Sequence[str], b: Sequence[str]) -> list[Match]:
    """Drop what matches only by chance: a particle between two changes, or a few words in a text that is another."""
    if sum(length for *_, length in matches) < LEAST_SHARED * max(len(a), len(b)):
        return []
    kept: list[Match] = []
    for place, match in enumerate(matches):
        i, j, length = match
        before = kept[-1] if kept else (0, 0, 0)
        after = matches[place + 1] if place + 1 < len(matches) else (len(a), len(b), 0)
        left = max(i - before[0] - before[2], j - before[1] - before[2])
        right = max(after[0] - i - length, after[1] - j - length)
        if not (left and right and _is_chance(a[i : i + length], min(left, right))):
            kept.append(match)
    return kept


def _is_chance(run: Sequence[str], changed: int) -> bool:
    return 3 * len(run) <= changed or (len(run) <= 2 and all(key in PARTICLES for key in run))


def _suppressed(pieces: Sequence[Piece]) -> Iterator[Suppression]:
    """Yield every difference of form, in order."""
    for piece in pieces:
        if piece.kind is PieceKind.SAME and piece.before != piece.after:
            yield Suppression(piece.before, piece.after, _form(piece.before, piece.after))


def _form(before: str, after: str) -> Form:
    """Say what kind of form two stretches differ in."""
    closed, closed_after = "".join(before.split()), "".join(after.split())
    if closed == closed_after:
        return Form.SPACE
    if fold_width(closed) == fold_width(closed_after):
        return Form.WIDTH
    if _BULLET.search(before) or _BULLET.search(after):
        return Form.LIST_MARKER
    letters = [any(char.isalnum() for char in text) for text in (before, after)]
    if all(letters) and not re.search(r"[（(、.)）]", before + after):
        return Form.NUMERAL
    return Form.LIST_MARKER if any(letters) else Form.PUNCTUATION


def _join(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Put neighbours of one kind together."""
    for kind, run in groupby(pieces, key=lambda piece: piece.kind):
        some = list(run)
        yield Piece(kind, "".join(piece.before for piece in some), "".join(piece.after for piece in some))
