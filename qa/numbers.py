"""The numbers in a text, whatever they count, so that one that is not in another text can be told.

Arabic, full-width and Chinese numerals, digits parted by commas, shares and the number words of English.
"""

import re
from decimal import Decimal

from kb.numerals import parse_quantity
from search.analysis import fold

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_OTHER = {
    "half": "0.5", "quarter": "0.25", "third": "3", "double": "2", "twofold": "2", "twice": "2", "triple": "3", "thrice": "3",
    "dozen": "12", "hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000",
}  # fmt: skip
_VALUES = (
    {word: str(value) for value, word in enumerate(_SMALL) if value != 1}
    | {word: str(20 + 10 * place) for place, word in enumerate(_TENS)}
    | _OTHER
)
_SCALES = {"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_HAN = "〇零一二三四五六七八九十百千万亿两"
_ONE_OF = "[个年月日天周次票项倍成元份家条种类级款分]"
_SHARES = {"百": 100, "千": 1000, "万": 10_000, "%": 100, "‰": 1000, "percent": 100, "per cent": 100}
_PATTERN = re.compile(
    rf"(?P<of>[百千万])分之(?P<share>\d[\d,.]*|[{_HAN}]+)"
    rf"|(?P<part>\d[\d,.]*|[{_HAN}]+)\s*(?P<sign>%|‰|percent\b|per cent\b)"
    rf"|(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)(?:\s*(?P<scale>thousand|million|billion)\b|(?P<unit>[十百千万亿]*))"
    rf"|(?P<han>[{_HAN}]+)(?P<after>{_ONE_OF}?)"
    rf"|(?P<half>半)"
    rf"|(?P<tens>\b(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_SMALL[1:10])})\b)"
    rf"|\b(?P<word>{'|'.join(_VALUES)})s?\b"
)


def find_numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text, as plain digits; a share has its sign.

    A lone 一 is a number only before what it counts, else a part of a word such as 一般; "one" is none.

    >>> sorted(find_numbers("超过１００万元、千分之一，一般企业三年")), sorted(find_numbers("thirty-five, 10,000 and 3%"))
    (['0.1%', '1000000', '3'], ['10000', '3%', '35'])
    """
    return frozenset(number for match in _PATTERN.finditer(fold(text)) if (number := _read(match)))


def _read(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found["share"] or found["part"]:
        base = _SHARES[found["of"] or found["sign"]]
        value = parse_quantity((found["share"] or found["part"]).rstrip(".,"))
        return f"{_plain(Decimal(value) * 100 / base)}%" if value else match[0]
    if found["number"]:
        value = parse_quantity(found["number"] + (found["unit"] or "")) or found["number"]
        return _plain(Decimal(value) * _SCALES[found["scale"]]) if found["scale"] else value
    if found["han"]:
        return "" if found["han"] in "一千万百" and not found["after"] else parse_quantity(found["han"]) or found["han"]
    if found["half"]:
        return "0.5"
    if found["tens"]:
        tens, small = re.split("[- ]", found["tens"])
        return str(int(_VALUES[tens]) + _SMALL.index(small))
    return _VALUES[found["word"]]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
