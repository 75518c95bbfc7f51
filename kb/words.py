"""The words of a text, each with what it counts as when two texts are compared.

What lies between words is mere form: white space, punctuation, the markers of lists. A number counts by its value, so that
`10,000`, `1万` and `一万` are one word. Dashes between numbers, signs and symbols such as `%` count, as they may change the
rule.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kb.numerals import parse_quantity

Segment = Callable[[str], Sequence[str]]

HAN = r"\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NUM = "〇零一二三四五六七八九十百千万亿两"
# what a Chinese number counts or numbers: 三年, 第十二条, 两个; 一般 and 统一 hold no number
_UNITS = "年月日天周岁条款项章节编个次种类级名家人元倍份页部期档件批户分钟小时"
_HAN_NUMBER = f"(?:(?<=第)[{_NUM}]+|[{_NUM}]+(?=[{_UNITS}])|[{_NUM}]{{2,}})"
_ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:[.．]\d+)?(?:[十百千]?[万亿])?"
_DATE = r"\d{4}-\d{2}(?:-\d{2})?(?![\d-])"
_COUNTED = f"(?:{_ARABIC}|[{_NUM}]+)"
_LETTER = rf"(?:(?![{HAN}])[^\W\d_])"
_LABEL = rf"\d{{1,3}}(?:[.．、](?!\d)|[)）])|[{_NUM}]{{1,3}}[、．.]|[a-zA-Z][.)）](?=\s)|[-*+•·](?=\s)"
_ENCLOSED = rf"[（(](?:\d{{1,3}}|[{_NUM}]{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,5}})[）)]|[①-⑳]"
_WORD = re.compile(
    # "（一）", "(1)", "1.", "1、", "一、", "a)", "-" before an entry; within a line only the enclosed ones, after a stop
    rf"(?P<marker>^[ \t　]*(?:{_ENCLOSED}|{_LABEL})"
    rf"|(?<=[；;：:。])[ \t　]*(?:{_ENCLOSED}))"
    r"|(?P<dash>(?<=[\d%％])[ \t]?[-–—~～][ \t]?(?=\d))"
    rf"|(?P<date>{_DATE})"
    rf"|(?P<number>百分之{_COUNTED}|(?:(?<=[\s（(])-)?{_ARABIC}(?:\s?[%％])?|{_HAN_NUMBER})"
    rf"|(?P<word>{_LETTER}+(?:['’]{_LETTER}+)*)"
    rf"|(?P<han>(?:(?!{_HAN_NUMBER})[{HAN}])+)"
    r"|(?P<other>[^\s_])",
    re.MULTILINE,
)
_COUNTS = frozenset("%％‰&＆@＠/／\\")
_DOES_NOT_COUNT = frozenset("`|~～＾")
_FRACTION = re.compile(r"\d+\.\d+")
_HAN_NUMBERS = re.compile(f"[{_NUM}]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the characters of the text that it stands for; `key` is what it counts as."""

    key: str
    start: int
    end: int
    is_han: bool = False


def find_words(text: str, segment: Segment) -> tuple[Word, ...]:
    """Return the words of `text`, in order; `segment` parts a run of Chinese characters into words that make it up again.

    >>> [word.key for word in find_words("（一）罚款 10,000 元；", list)]
    ['罚', '款', '#10000#', '元']
    """
    return tuple(_find(text, segment))


def loose(words: Sequence[Word]) -> str:
    """Return what the words count as together, however Chinese was parted and its numbers were written.

    >>> loose(find_words("三大原则", list)) == loose(find_words("3大原则", list))
    True
    """
    joined = "".join(word.key if word.is_han else f"\0{word.key}\0" for word in words)
    return _HAN_NUMBERS.sub(lambda match: f"\0{_number_key(match[0])}\0", joined)


def fold_width(text: str) -> str:
    """Return the text with full-width characters made plain."""
    return unicodedata.normalize("NFKC", text)


def _find(text: str, segment: Segment) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        kind, start, found = match.lastgroup, match.start(), match[0]
        if kind == "han":
            for part in segment(found):
                yield Word(fold_width(part), start, start + len(part), is_han=True)
                start += len(part)
        elif kind != "marker" and (kind != "other" or _does_count(found)):
            yield Word(_key(str(kind), found), start, match.end())


def _key(kind: str, found: str) -> str:
    if kind == "number":
        return _number_key(found)
    return "–" if kind == "dash" else fold_width(found).replace("’", "'")


def _number_key(text: str) -> str:
    plain = fold_width(text).replace(" ", "")
    share = plain.startswith("百分之") or plain.endswith("%")
    sign = "-" if plain.startswith("-") else ""
    bare = plain.removeprefix("百分之").removesuffix("%").removeprefix("-")
    # 1.10 may number a place, and is not 1.1
    value = bare if _FRACTION.fullmatch(bare) and not share else parse_quantity(bare) or bare
    return f"#{sign}{value}{'%' if share else ''}#"


def _does_count(char: str) -> bool:
    """Whether a character that is neither letter nor digit counts: signs do, stops, brackets and quotes do not."""
    if char in _DOES_NOT_COUNT:
        return False
    return char in _COUNTS or not unicodedata.category(char).startswith(("P", "C", "Z"))
