"""Quotations that stand beside a citation, and whether a held text says them.

A text that is not the issuer's own words cannot prove a quotation wrong, and neither can one of which only a part is held.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.authentic import provision_kind
from kb.citation import Language
from kb.kinds import Held, TextKind
from kb.model import Provision, Version
from kb.references import Reference

# “…”, "…", 「…」, 『…』; titles in 《》 are no quotations
_QUOTED = re.compile(r"“([^“”]{1,4000})”|\"([^\"\n]{1,4000})\"|「([^「」]{1,4000})」|『([^『』]{1,4000})』")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_LEFT_OUT = re.compile(r"…+|\.{3,}|\[[^\]]{0,200}\]|【[^】]{0,200}】")
_MARKER = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)、])[ \t]*|[（(][0-9一二三四五六七八九十]{1,3}[）)]", re.MULTILINE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_]+")
_NEAR = 60  # characters between a citation and its quotation: "Order 237 Art. 12 provides, among other things, that “…”"
SHORTEST = 6  # words, or Chinese characters, of a quotation that is more than a term


class Match(StrEnum):
    """Whether a held text says what is quoted; `unverified` where that cannot be told."""

    FOUND = "found"
    DIFFERS = "differs"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, from `start` up to, not including, `end` (in characters), marks left out."""

    start: int
    end: int
    words: str


def find_quotations(text: str, references: Sequence[Reference]) -> dict[Reference, Quotation]:
    """Return the quotation that stands beside each of the references, which are in order, where one does.

    A quotation is of the reference nearest to it; a reference has the first of several.
    """
    starts, found = [reference.start for reference in references], dict[Reference, Quotation]()
    for quotation in _find_long(text):
        before, after = bisect_left(starts, quotation.start) - 1, bisect_left(starts, quotation.end)
        beside = [references[index] for index in (before, after) if 0 <= index < len(references)]
        near = [(gap, one) for one in beside if (gap := _gap(text, one, quotation)) is not None]
        if near:
            found.setdefault(min(near, key=lambda pair: pair[0])[1], quotation)
    return found


def language_of(words: str) -> Language:
    """Return the language of a quotation."""
    return "zh" if _HAN.search(words) else "en"


def read_plainly(version: Version, anchor: str, language: Language) -> str:
    """Return the bare words of a Provision with all that lies in it, or of the whole Version without an anchor.

    It is "" where nothing is held in that language.
    """
    texts = (text for one in find_within(version, anchor) for text in one.texts if text.language == language)
    return "\n".join(_plain("\n".join(text.rule)) for text in texts)


def can_refute(version: Version, anchor: str, language: Language) -> bool:
    """Whether what is not said at the place is surely not in it: the issuer's own words are held, and all of them."""
    within = find_within(version, anchor)
    return bool(anchor and within) and all(_is_whole(version, one, language) for one in within)


def _is_whole(version: Version, provision: Provision, language: Language) -> bool:
    """Whether all of the issuer's own words of a Provision are held in that language."""
    is_held = provision.text(language).language == language
    kind = provision_kind(version, provision, language)
    return is_held and kind is TextKind.OFFICIAL and provision.attested_in(language).held is Held.WHOLE


def find_within(version: Version, anchor: str) -> tuple[Provision, ...]:
    """Return the Provision and all that lies in it; without an anchor, all of the Version's."""
    inside, found = {anchor}, list[Provision]()
    for provision in version.provisions:
        if not anchor or provision.anchor == anchor or provision.parent in inside:
            inside.add(provision.anchor)
            found.append(provision)
    return tuple(found)


def says(said: str, words: str) -> bool:
    """Whether a plain text has every piece of a quotation, in order; marks, spaces, width and capitals count for nothing."""
    reached = 0
    for piece in filter(None, map(_plain, _LEFT_OUT.split(words))):
        at = said.find(piece, reached)
        if at < 0:
            return False
        reached = at + len(piece)
    return True


def _find_long(text: str) -> Iterator[Quotation]:
    for match in _QUOTED.finditer(text):
        group = match.lastindex or 1
        if len(_WORD.findall(match[group])) >= SHORTEST:
            yield Quotation(match.start(group), match.end(group), match[group])


def _gap(text: str, reference: Reference, quotation: Quotation) -> int | None:
    """Return how many characters part the two, None where they are too far apart or stand in different paragraphs."""
    first, last = sorted(((reference.start, reference.end), (quotation.start, quotation.end)))
    if not first[1] <= last[0] <= first[1] + _NEAR or _PARAGRAPH.search(text, first[1], last[0]):
        return None
    return last[0] - first[1]


def _plain(text: str) -> str:
    narrow = unicodedata.normalize("NFKC", _MARKER.sub("", text)).casefold()
    return "".join(char for char in narrow if char.isalnum())
