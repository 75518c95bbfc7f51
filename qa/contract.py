"""The contract that a sentence of a language model has to keep, checked by the program and not by the model.

A sentence names a Provision of the answer and quotes it word for word. Every figure and every rule that it names must stand in
the sentences quoted, and it may neither add nor lose a negation. The quote that is shown is widened to whole sentences of the
Provision. Each check errs on the side of dropping: the extractive answer stands in any case.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kb.citation import Citation, Language
from kb.references import find_references
from kb.words import HAN
from qa.answer import Quoted
from qa.figures import find_figures
from qa.numbers import find_numbers
from qa.passages import Passage, find_passages
from qa.question import language_of
from search.analysis import fold

LONGEST_SENTENCE = 600
LEAST_PROOF = 6.0
_WORTH_OF_A_WORD = 1.5
_STRAIGHT = str.maketrans("“”‘’„‟", '""\'\'""')
_SPACE = re.compile(r"\s+")
_SPACE_BESIDE_HAN = re.compile(rf"(?<=[{HAN}。、；：，]) | (?=[{HAN}。、；：，])")
_WORD = re.compile(r"[a-z0-9]+")
_HAN_CHAR = re.compile(f"[{HAN}]")
_NUMBERED = re.compile(r"^(?:第\S+?[条款项章]|[A-Za-z]+ [\w-]*\d[\w-]*)")
# 非 only as a word of its own: in 非报关企业 it is part of a name
_NEGATION = re.compile(
    r"\b(?:not|no|nor|never|none|without|cannot|neither|nobody|nothing|unless|except|exempt)|n['’]t\b"
    r"|[不无未免禁没勿否]|除外|(?<=[并而若除])非"
)
_FOREIGN = re.compile(r"https?:|www\.|[<>]|\]\(")


@dataclass(frozen=True, slots=True)
class Phrased:
    """A sentence that kept the contract; `quote` are the whole sentences of the Provision that it rests on."""

    text: str
    quote: str
    citation: Citation


def check_sentence(sentence: object, quoted: Mapping[str, Quoted], language: Language) -> Phrased | None:
    """Return the sentence if it keeps the contract, else None; `quoted` holds the Provisions it may name."""
    if not isinstance(sentence, dict):
        return None
    given = [sentence.get(key) for key in ("text", "quote", "citation")]
    if not all(isinstance(value, str) for value in given):
        return None
    text, quote, cited = (" ".join(str(value).split()) for value in given)
    source = quoted.get(cited)
    if source is None or not 0 < len(text) <= LONGEST_SENTENCE or _FOREIGN.search(text) or language_of(text) != language:
        return None
    ground = _ground(find_passages(source.text), quote)
    if not ground or not _keeps_to(text, ground, source):
        return None
    return Phrased(text, _joined(ground), source.citation)


def squeeze(text: str) -> str:
    r"""Return the text with width, case, quotation marks and white space made one, so that only its words count.

    >>> squeeze("超过 １００\n万元"), squeeze("At  least\n“one”")
    ('超过100万元', 'at least "one"')
    """
    return _SPACE_BESIDE_HAN.sub("", _SPACE.sub(" ", fold(text).translate(_STRAIGHT))).strip()


def _ground(passages: tuple[Passage, ...], quote: str) -> tuple[Passage, ...]:
    """Return the passages in which a quote stands word for word, none where it does not, or is too short to prove anything."""
    words = squeeze(quote)
    whole, spans = "", list[tuple[int, int, Passage]]()
    for passage in passages:
        piece = squeeze(passage.text)
        whole = squeeze(f"{whole} {piece}")
        spans.append((len(whole) - len(piece), len(whole), passage))
    enough = _worth(words) >= LEAST_PROOF or any(words == squeeze(passage.text) for passage in passages)
    found = re.search(rf"(?<![a-z0-9])(?<!\d[.,]){re.escape(words)}(?![a-z0-9]|[.,]\d)", whole) if enough and words else None
    if not found:
        return ()
    return tuple(passage for start, end, passage in spans if start < found.end() and found.start() < end)


def _worth(words: str) -> float:
    """Return how much a quote proves, in Chinese characters; a word of English counts for more than one."""
    return len(_HAN_CHAR.findall(words)) + _WORTH_OF_A_WORD * len(_WORD.findall(words))


def _keeps_to(text: str, ground: tuple[Passage, ...], source: Quoted) -> bool:
    """Return whether a text has no figure, no rule and no negation other than those of what it quotes."""
    words = " ".join(f"{passage.lead} {passage.text}" for passage in ground)
    bare = _without_own_names(text, words, source)
    if bare is None:
        return False
    own, allowed = fold(bare), fold(words)
    if not {(one.quantity, round(one.value, 6)) for one in find_figures(own)} <= {
        (one.quantity, round(one.value, 6)) for one in find_figures(allowed)
    }:
        return False
    return find_numbers(own) <= find_numbers(allowed) and _negates_alike(own, allowed)


def _negates_alike(own: str, allowed: str) -> bool:
    """Return whether a text has no negation that its quote lacks, and some where the quote has one."""
    added, quoted = set(_NEGATION.findall(own)), set(_NEGATION.findall(allowed))
    return added <= quoted and bool(added) == bool(quoted)


def _without_own_names(text: str, words: str, source: Quoted) -> str | None:
    """Return the text without the names of the quoted Provision; None where it names a rule that the quote does not."""
    named = {one.citation for one in find_references(words, source.version.citation)}
    bare = text
    for reference in reversed(find_references(text)):
        cited = reference.citation
        is_own = cited.regulation == source.citation.regulation and cited.anchor in ("", source.citation.anchor)
        if not is_own and cited not in named:
            return None
        bare = f"{bare[: reference.start]} {bare[reference.end :]}" if is_own else bare
    label = _NUMBERED.match(source.text.heading)
    return re.sub(rf"{re.escape(label[0])}(?!\d)", " ", bare) if label else bare


def _joined(ground: tuple[Passage, ...]) -> str:
    """Return the passages as one quote, each lead once."""
    pieces: list[str] = []
    for passage in ground:
        pieces += [piece for piece in (passage.lead, passage.text) if piece and piece not in pieces]
    joined = " ".join(pieces)
    return _SPACE_BESIDE_HAN.sub("", joined)
