"""Figures in the text of a rule: a number with what it counts, as written, and what it counts as.

Days of the calendar, years of instruments and numbers of articles are no figures.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from kb.citation import TextLanguage
from kb.numerals import parse_quantity

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_HAN = "一二三四五六七八九十两"
_ENGLISH = re.compile(
    rf"(?<![\w/.,-])(?:(?P<share>(?:{_NUMBER})%)"
    rf"|(?P<ratio>\d+/\d[\d,]*)(?![\w/])"
    rf"|(?P<currency>RMB|USD)\s(?P<sum>{_NUMBER})(?P<size>\s?(?:million|m)\b)?(?![,.]?\d)"
    rf"|(?P<count>{_NUMBER})\s(?:(?:full|consecutive|working|calendar)\s)?(?P<unit>year|month|week|day|hour)s?\b)"
)
_CHINESE = re.compile(
    rf"(?<![\w/.,])(?P<ratio>\d+/\d[\d,]*)(?![\w/])"
    rf"|(?<![\d.,])(?P<share>\d+(?:\.\d+)?[%％])|(?P<portion>[百千万]分之[{_HAN}]+)"
    rf"|(?<![\d.,])(?P<sum>(?:{_NUMBER})[万亿]?)(?P<currency>美元|元)"
    rf"|(?<![第\d.,/月年{_HAN}百千])(?P<count>\d{{1,3}}|[{_HAN}]{{1,3}})(?P<unit>年|个月|周|日|天|小时)(?![度初末\d前后]|级|月)"
)
_UNITS = {
    "RMB": "RMB", "元": "RMB", "USD": "USD", "美元": "USD", "year": "year", "年": "year", "month": "month", "个月": "month",
    "week": "week", "周": "week", "day": "day", "日": "day", "天": "day", "hour": "hour", "小时": "hour",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, its place in the text, and what it counts as: its unit and its value in plain digits."""

    text: str
    start: int
    end: int
    unit: str
    value: str

    @property
    def key(self) -> tuple[str, str]:
        """What it counts as, however it is written."""
        return self.unit, self.value


def find_figures(text: str, language: TextLanguage) -> tuple[Figure, ...]:
    """Return the figures of a text, in order.

    >>> [figure.key for figure in find_figures("within 90 days, a fine over RMB 1,000,000 or 1/1000", "en")]
    [('day', '90'), ('RMB', '1000000'), ('share', '0.1')]
    >>> [figure.key for figure in find_figures("自2018年5月1日起30日内，罚款100万元，连续2年，万分之五", "zh")]
    [('day', '30'), ('RMB', '1000000'), ('year', '2'), ('share', '0.05')]
    """
    pattern = _CHINESE if language == "zh" else _ENGLISH
    figures = (_read(match) for match in pattern.finditer(text))
    return tuple(figure for figure in figures if figure.value)


def _read(match: re.Match[str]) -> Figure:
    groups = match.groupdict()
    value = _share(groups)
    unit = "share" if value else _UNITS.get(groups["currency"] or groups["unit"] or "", "")
    if not value and groups["currency"]:
        value = parse_quantity(groups["sum"] + ("百万" if groups.get("size") else ""))
    return Figure(match[0], match.start(), match.end(), unit, value or parse_quantity(groups["count"] or ""))


def _share(groups: dict[str, str | None]) -> str:
    """Return a share in per cent, "" where it is none: `5%`, `1/1000` and `万分之五` count alike."""
    if groups["share"]:
        return parse_quantity(groups["share"].rstrip("%％"))
    if groups.get("portion"):
        whole, _, part = str(groups["portion"]).partition("分之")
        return _per_cent(parse_quantity(part), parse_quantity(f"一{whole}"))
    if groups["ratio"]:
        return _per_cent(*groups["ratio"].replace(",", "").split("/"))
    return ""


def _per_cent(part: str, whole: str) -> str:
    return f"{(Decimal(part) * 100 / Decimal(whole)).normalize():f}" if part and Decimal(whole or 0) else ""
