"""Numbers as statutes write them: Arabic, full-width and Chinese.

The range of `parse_numeral` is that of article numbers and years: 0 to 9,999; that of `parse_quantity` is that of sums.
"""

import re
from decimal import Decimal

from kb.errors import InvalidCitationError

_DIGITS = "零一二三四五六七八九"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGEST = 9999
_LARGE_UNITS = (("亿", 100_000_000), ("万", 10_000))
_PLAIN = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,6})?", re.ASCII)


def parse_numeral(text: str) -> int:
    """Read `12`, `１２`, `十二`, `二〇二一` or `一百零三`; raise InvalidCitationError for anything else.

    >>> [parse_numeral(text) for text in ("12", "１２", "十二", "二〇二一", "一百零三", "两百")]
    [12, 12, 12, 2021, 103, 200]
    """
    if text.isdecimal():
        return int(text)
    if not text or any(char not in _VALUES and char not in _UNITS for char in text):
        message = f"{text!r} is not a number."
        raise InvalidCitationError(message, "Write it in digits, or in Chinese numerals such as 十二.")
    if not any(char in _UNITS for char in text):
        return int("".join(str(_VALUES[char]) for char in text))
    return _with_units(text)


def parse_quantity(text: str) -> str:
    """Return the value of a number as plain digits, "" where it is none or has too many digits to be a quantity.

    >>> [parse_quantity(text) for text in ("10,000", "1万", "一万", "1.50", "三百万", "两亿", "一二〇", "千万", "一般")]
    ['10000', '10000', '10000', '1.5', '3000000', '200000000', '120', '10000000', '']
    """
    value = _quantity(text.replace(",", ""))
    return "" if value is None else f"{value.normalize():f}"


def _quantity(text: str) -> Decimal | None:
    for unit, size in _LARGE_UNITS:
        head, found, tail = text.rpartition(unit)
        if found:
            first, rest = _quantity(head) if head else Decimal(1), _quantity(tail) if tail else Decimal(0)
            return None if first is None or rest is None else first * size + rest
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    try:
        return Decimal(_with_arabic_head(text))
    except InvalidCitationError:
        return None


def _with_arabic_head(text: str) -> int:
    """Read Chinese numerals, or Arabic ones before a Chinese unit such as 3百."""
    head = text.rstrip("".join(_UNITS))
    if head.isascii() and head.isdecimal():
        return int(head) * parse_numeral(text.removeprefix(head) or "一")
    return parse_numeral(text)


def _with_units(text: str) -> int:
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _VALUES[char]
    return total + digit


def to_chinese(number: int) -> str:
    """Write 0 to 9,999 as statutes do: 12 is 十二, 103 is 一百零三.

    >>> [to_chinese(number) for number in (0, 8, 10, 12, 20, 103, 110, 2021)]
    ['零', '八', '十', '十二', '二十', '一百零三', '一百一十', '二千零二十一']
    """
    if not 0 <= number <= _LARGEST:
        message = f"{number} cannot be written as a Chinese article number."
        raise InvalidCitationError(message, "Numbers from 0 to 9,999 can.")
    written, pending_zero = "", False
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // power % 10
        if digit:
            written += ("零" if pending_zero else "") + _DIGITS[digit] + unit
            pending_zero = False
        else:
            pending_zero = bool(written)
    return written.removeprefix("一") if written.startswith("一十") else written or "零"
