r"""What the number of a provision looks like: the safe patterns of Chinese and of English, and those that a profile adds.

Patterns are those of RE2, whose time is linear in the text, so that neither a profile nor a document can make one run away.
A pattern is held to the beginning of a line and gives its groups: `number`, and where the rest is not simply the rest, `title`.

第一条　为了…  第十二条之一 …  第一章　总则  第二节 …  Article 1 Scope  Section 2(3)(a)  § 5 …  § 35<sup>1</sup> …
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import re2

from kb.errors import InvalidCitationError, KbError
from kb.numerals import parse_numeral

MOST_PATTERN = 1_000
_HAN = "〇零一二三四五六七八九十百千两0-9０-９"
_FIGURES = r"[0-9]{1,5}[A-Za-z]{0,3}(?:[-.][0-9]{1,4}){0,3}"
_RAISED_FIGURES = r"(?:<sup>[0-9]{1,3}</sup>|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})?"
_BRACKETS = r"(?:\([0-9A-Za-z]{1,4}\)){0,5}"
_OWN_NUMBER = rf"(?P<number>{_FIGURES}|[IVXLCDM]{{1,9}}|[A-Z])"
# "之一" must be a whole: in "第十二条之一般规定" it is none.
_OF = r"(?:之[一二三四五六七八九十0-9]{1,3})?"
_END = r"(?:[.:：]|\b|$)"
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"<sup>(.{0,20}?)</sup>|([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# A letter alone is a letter, but for I, V and X: there is more often an Annex C than a hundredth annex.
_ROMAN_NUMBER = re.compile(r"[IVX]|(?=..)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_PIECE = re.compile(r"[^\W_]+")

ANNEX, PART, SUBPART, CHAPTER, SECTION, ARTICLE = "annex", "part", "subpart", "chapter", "section", "article"
LEVELS = (ANNEX, "book", "title", PART, SUBPART, CHAPTER, SECTION, "subsection", ARTICLE)


class PatternError(KbError):
    """A pattern of a profile is none, or says nothing of a number."""


@dataclass(frozen=True, slots=True)
class HeadingRule:
    """How the headings of one level begin: the level's name, the pattern, and its rank, the lower the wider."""

    level: str
    pattern: Any
    rank: float

    def match(self, line: str) -> tuple[str, str] | None:
        """Return the number and the words of a title that the pattern itself sets off, or None."""
        found = self.pattern.match(line)
        if found is None:
            return None
        groups = found.groupdict()
        # a bracket that begins what follows, as in 第八条【目的】, is only looked at
        return groups.get("number") or "", found[0].rstrip("【（(")


def compile_rule(level: str, pattern: str, rank: float | None = None) -> HeadingRule:
    """Return the rule of a level; raise PatternError for what RE2 does not take."""
    return HeadingRule(level, compile_pattern(pattern), float(LEVELS.index(level)) if rank is None else rank)


def compile_pattern(pattern: str) -> Any:  # noqa: ANN401 - RE2 brings no hints
    """Return a pattern of RE2; raise PatternError where it is none."""
    options = re2.Options()
    options.log_errors = False
    try:
        if len(pattern) <= MOST_PATTERN:
            return re2.compile(pattern, options)
        reason = f"it has more than {MOST_PATTERN:,} characters"
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
    message = f"{pattern[:60]!r} is not a pattern: {reason}."
    raise PatternError(message, "Write it in the syntax of RE2; it has no look-around and no back references.")


def default_rules() -> tuple[HeadingRule, ...]:
    """Return the rules for Chinese and English; the first that matches a line is its rule."""
    return tuple(compile_rule(level, pattern) for level, pattern in _DEFAULTS)


_DEFAULTS: Sequence[tuple[str, str]] = (
    (ARTICLE, rf"第(?P<number>[{_HAN}]{{1,9}}条{_OF})(?:[\s　、：:【（(]|$)"),
    (SUBPART, rf"第(?P<number>[{_HAN}]{{1,9}})分编(?:[\s　：:]|$)"),
    (PART, rf"第(?P<number>[{_HAN}]{{1,9}})编(?:[\s　：:]|$)"),
    (CHAPTER, rf"第(?P<number>[{_HAN}]{{1,9}}章{_OF})(?:[\s　：:]|$)"),
    (SECTION, rf"第(?P<number>[{_HAN}]{{1,9}}节{_OF})(?:[\s　：:]|$)"),
    (ANNEX, rf"附(?:件|录|表)(?P<number>[{_HAN}]{{0,9}})(?:[\s　：:]|$)"),
    (ARTICLE, rf"(?i:Article|Art\.)\s{{1,3}}(?P<number>{_FIGURES}|[IVXLC]{{1,9}}){_END}"),
    (ARTICLE, rf"§\s{{0,3}}(?P<number>{_FIGURES}{_RAISED_FIGURES})(?:[.:]|\s|$)"),
    (SECTION, rf"(?:Section|SECTION|Sec\.)\s{{1,3}}(?P<number>{_FIGURES}{_BRACKETS}|[IVXLC]{{1,9}})(?:[.:]|\s|$)"),
    (CHAPTER, rf"(?:Chapter|CHAPTER)\s{{1,3}}{_OWN_NUMBER}{_END}"),
    (PART, rf"(?:Part|PART)\s{{1,3}}{_OWN_NUMBER}{_END}"),
    ("book", rf"(?:Book|BOOK)\s{{1,3}}{_OWN_NUMBER}{_END}"),
    ("title", rf"(?:Title|TITLE)\s{{1,3}}{_OWN_NUMBER}{_END}"),
    (ANNEX, rf"(?:Annex|ANNEX|Appendix|APPENDIX|Schedule|SCHEDULE)(?:\s{{1,3}}{_OWN_NUMBER}{_END}|\s{{0,3}}$)"),
)


def anchor_of(level: str, number: str) -> str:
    """Return the anchor of a number at a level, alone: "" where the number has no letter or digit of ASCII.

    >>> [anchor_of("article", text) for text in ("十二条之一", "12", "35<sup>1</sup>", "II")]
    ['art-12-1', 'art-12', 'art-35-1', 'art-2']
    >>> anchor_of("section", "2(3)(a)"), anchor_of("chapter", "三章"), anchor_of("annex", "")
    ('section-2-3-a', 'chapter-3', 'annex')
    """
    pieces = _RAISED.sub(lambda match: f"-{(match[1] or match[2]).translate(_SUPER)}", number)
    for unit in "条章节":
        pieces = pieces.replace(unit, "-")
    slug = "-".join(_piece(piece) for part in pieces.replace("之", "-").split("-") for piece in _PIECE.findall(part))
    name = "art" if level == ARTICLE else level
    return f"{name}-{slug}" if slug else name


def _piece(text: str) -> str:
    """Return one number or letter as an anchor has it."""
    if _ROMAN_NUMBER.fullmatch(text):
        return str(_roman(text))
    if text.isascii():
        return text.lower()
    try:
        return str(parse_numeral(text))
    except InvalidCitationError:
        return slug_of(text)


def _roman(text: str) -> int:
    values = [_ROMAN[char] for char in text]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))


def slug_of(text: str) -> str:
    """Return what of a text an anchor can hold: its letters and digits of ASCII, in small letters, joined by hyphens.

    >>> slug_of("PART 1.1.(a) Guidance"), slug_of("1. peatükk"), slug_of("附则")
    ('part-1-1-a-guidance', '1-peatukk', '')
    """
    folded = "".join(char for char in unicodedata.normalize("NFKD", text[:200].lower()) if not unicodedata.combining(char))
    return "-".join(re.findall(r"[a-z0-9]+", folded))[:80].strip("-")
