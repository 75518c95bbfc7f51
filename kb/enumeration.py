"""Places that a text names one after another of one instrument, and those that brackets part from it.

In English only "Articles" says that what follows is of the same instrument: "Order 237 Art. 12 and Article 9" may mean
another. Real texts: "第237号令第十二条、第十三条", "第237号令第十二、十三条", "Articles 12 and 13 of Order 237",
"《中华人民共和国海关企业信用管理办法》（海关总署令第237号）第十二条", "the Measures (GACC Order No. 237), Article 12".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.citation import Citation, read_place
from kb.numerals import parse_numeral

Found = tuple[int, int, Citation]

_N = "[0-9０-９〇零一二三四五六七八九十百千两]{1,9}+"
_AND_ZH = r"\s*(?:[、和及与或至到]|以及)\s*"
_NEXT_ZH = re.compile(rf"{_AND_ZH}(?=第\s*{_N}\s*条)")
_SHORT_ZH = re.compile(rf"\s*第\s*{_N}(?:\s*[、和及与至]\s*第?{_N})+\s*条(?!之|第)")
_NUMBER_ZH = re.compile(_N)
_ITEM_EN = r"\d{1,4}+(?!\d)(?:\s?\(\d{1,4}\))*+"
_AND_EN = r"(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or|to|&)\s+|\s*[-–—]\s*)"
_ARTICLES = rf"Art(?:icle)?s\.?\s*{_ITEM_EN}(?:{_AND_EN}{_ITEM_EN})*+"
_NO_OTHERS = r"(?!\s+(?:of\s+(?!\d)|hereof\b))"
_AFTER_EN = re.compile(rf"[\s,]*{_ARTICLES}{_NO_OTHERS}", re.IGNORECASE)
_BEFORE_EN = re.compile(rf"(?<![A-Za-z]){_ARTICLES}\s+of\s+(?:the\s+)?", re.IGNORECASE)
_EACH_EN = re.compile(_ITEM_EN)
# what stands before and after an order's name in brackets behind a title: "》（2018年3月3日" and "公布，自2018年5月1日起施行）"
_TITLED = re.compile(r"(?:《[^《》]{1,80}》\s*[（(]|(?<=\w)\s\()[^()（）]{0,30}\Z")
_CLOSING = re.compile(r"[^()（）号]{0,60}[）)][\s,，]*")
_FARTHEST = 130


def join_places(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Yield what was found in `text`, in order, with the places that the text names of the same instrument beside it.

    Of a range its first and its last place are named.
    """
    before = {match.end(): match for match in _BEFORE_EN.finditer(text)}
    for start, end, citation in sorted(found):
        if citation.anchor:
            yield start, end, citation
            yield from _go_on(text, end, citation)
        elif start in before:
            yield from _share(text, before[start], (citation, end))
        else:
            yield from _read_behind(text, start, end, citation)


def _read_behind(text: str, start: int, end: int, citation: Citation) -> Iterator[Found]:
    """Yield an instrument named without a place, or the places that stand behind it or behind its brackets."""
    listed = _AFTER_EN.match(text, end) or _SHORT_ZH.match(text, end)
    if listed:
        yield from _share(text, listed, (citation, listed.end()), first=start)
        return
    titled = _TITLED.search(text, max(0, start - _FARTHEST), start)
    closing = _CLOSING.match(text, end) if titled else None
    place = read_place(text, closing.end()) if closing else None
    if titled is None or place is None or not place[1].startswith("art-"):
        yield start, end, citation
        return
    joined = replace(citation, anchor=place[1], parts=place[2])
    yield titled.start() + (text[titled.start()] == " "), place[0], joined
    yield from _go_on(text, place[0], joined)


def _go_on(text: str, end: int, citation: Citation) -> Iterator[Found]:
    """Yield the further articles named after one: "、第十三条"."""
    while step := _NEXT_ZH.match(text, end):
        place = read_place(text, step.end())
        if place is None or not citation.anchor.startswith("art-"):
            return
        end = place[0]
        yield step.end(), end, replace(citation, anchor=place[1], parts=place[2])


def _share(text: str, listed: re.Match[str], named: tuple[Citation, int], first: int | None = None) -> Iterator[Found]:
    """Yield one place for each number of a list; the first begins, and the last ends, where the whole does."""
    citation, end = named
    is_english = re.search(r"[A-Za-z]", listed[0]) is not None
    numbers = list((_EACH_EN if is_english else _NUMBER_ZH).finditer(text, listed.start(), listed.end()))
    for index, number in enumerate(numbers):
        article, *parts = (parse_numeral(one) for one in re.findall(r"\d+" if is_english else _N, number[0]))
        begin = number.start() if index else listed.start() if first is None else first
        stop = number.end() if number is not numbers[-1] else end
        yield begin, stop, replace(citation, anchor=f"art-{article}", parts=tuple(parts))
