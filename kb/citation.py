"""Names for a Regulation, Version or Provision; `parse` and `str` are inverses.

    gacc-order-237                          a Regulation
    gacc-order-237@2018-05-01               a Version, named by its first day
    gacc-order-237@2018-05-01#art-12        a Provision of that Version
    gacc-order-237#art-12(2)(3)             its paragraph 2, item 3, on a day to be said

People write "Order 237 Art. 12(3)" or "第237号令第十二条第三项"; `parse` reads these too, and `written` makes them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kb.errors import InvalidCitationError, InvalidDateError
from kb.interval import PartialDate
from kb.numerals import parse_numeral, to_chinese

# The languages that the program itself speaks.
Language = Literal["en", "zh"]
# The language of a text, by its code of two or three letters: any.
TextLanguage = str
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)

_CANONICAL = re.compile(
    r"(?P<regulation>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    r"(?:@(?P<version>[0-9]{4}(?:-[0-9]{2}){0,2}))?"
    r"(?:\#(?P<anchor>[a-z0-9]+(?:-[a-z0-9]+)*)(?P<parts>(?:\([0-9]{1,4}\))*))?\Z",
    re.ASCII,
)
# In a text a bare slug is a word: a canonical name there has the number of a series, the day of a version, or several words and
# an anchor. What lies in an address or in a file name is none.
_PLACED = r"(?:\#[a-z0-9]+(?:-[a-z0-9]+)*(?:\([0-9]{1,4}\))*)"
_DAY = r"(?:@[0-9]{4}(?:-[0-9]{2}){0,2})"
_CANONICAL_IN_TEXT = re.compile(
    rf"(?<![A-Za-z0-9_./@:\#=&?%+-])(?:gacc-(?:order-[0-9]+|ann-[0-9]{{4}}-[0-9]+){_DAY}?{_PLACED}?"
    rf"|[a-z][a-z0-9]*(?:-[a-z0-9]+)*{_DAY}{_PLACED}?|[a-z][a-z0-9]*(?:-[a-z0-9]+)+{_PLACED})(?![\w@/\#-]|\.\w)",
    re.ASCII,
)
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z", re.ASCII)
# no longer than any such number is: longer ones are none, and a text of digits alone is read in good time
_DIGIT = "[0-9０-９〇零一二三四五六七八九十百千两]"
_NUMBER = rf"(?<!{_DIGIT}){_DIGIT}{{1,9}}+"
_N = r"\d{1,4}+(?!\d)"

# "Order 237", "GACC Order No. 237", "Decree No. 225 of the General Administration of Customs", "海关总署令第237号",
# "总署令第237号", "海关总署第237号令", "第237号令", "237号令"
_ISSUED = r"(?:\s+of\s+(?:the\s+)?(?:GACC|General\s+Administration\s+of\s+Customs)\b)?"
_ORDER = (
    rf"(?:(?<![A-Za-z])(?:GACC\s+)?(?:Order|Decree)\s+(?:No\.?\s*)?(?P<order_en>\d{{1,4}})\b{_ISSUED}"
    rf"|(?:海关总署令?)?(?:第\s*)?(?P<order_zh>{_NUMBER})\s*号令"
    rf"|(?:海关|(?<!出版))总署令第?\s*(?P<order_zh2>{_NUMBER})\s*号(?!令))"
)
# "Announcement 2018 No. 32", "Announcement No. 32 of 2018" (also without "No."), "No. 32 of 2018", "Announcement 2018/32",
# "海关总署公告2018年第32号", "2018年第32号公告", "2018年32号公告", "海关总署2018年第32号公告"
_ANNOUNCEMENT = (
    r"(?:(?<![A-Za-z])(?:GACC\s+)?(?:Announcement|Bulletin)\s+(?P<year_en>\d{4})(?:\s+No\.?\s*|/)(?P<ann_en>\d{1,4})\b"
    r"|(?<![A-Za-z])(?:(?:GACC\s+)?(?:Announcement|Bulletin)\s+(?:No\.?\s*)?|No\.?\s*)(?P<ann_en2>\d{1,4})\s+of\s+(?P<year_en2>\d{4})\b"
    rf"|(?:海关总署)?公告\s*(?P<year_zh>{_NUMBER})\s*年\s*(?:第\s*)?(?P<ann_zh>{_NUMBER})\s*号"
    rf"|(?:海关总署)?(?P<year_zh2>{_NUMBER})\s*年\s*(?:第\s*)?(?P<ann_zh2>{_NUMBER})\s*号公告)"
)
# parts of an article: "(2)(3)", "para 2 item 3", "paragraph 2, item 3"
_PARTS = rf"(?:\s?\({_N}\)|,?\s+(?:para(?:graph|\.)?|item|point)\s+\(?{_N}\)?)"
# places: "Art. 12(3)", "Article 12-1", "Art. 12 para 2 item 3", "item 4", and in Chinese 第十二条第二款第三项, 第十二条之一,
# 第4项. What is "of" another instrument is none of this one's: "under Order 237, Article 12 of Order 251 …"
_PLACE = (
    rf"(?:[\s,，]*(?:Art(?:icle)?\.?\s*(?P<art_en>{_N})(?:-(?P<sub_en>{_N}))?|(?:item|point)\s+(?P<item_en>{_N}))"
    rf"(?!{_PARTS}*\s+(?:of\s+(?!\d)|hereof\b))(?P<parts_en>{_PARTS}*)"
    rf"|\s*第\s*(?P<art_zh>{_NUMBER})\s*条(?:之(?P<sub_zh>{_NUMBER}))?"
    rf"(?:第?(?P<par_zh>{_NUMBER})款)?(?:第?[（(]?(?P<item_zh>{_NUMBER})[）)]?项)?"
    rf"|\s*第\s*(?P<item_zh2>{_NUMBER})\s*(?:项|点))"
)
# the place first: "Article 6 of Order 71", "Article 22 item 3 of Order 251", "item 2 of Announcement 2018 No. 32"; an item by
# itself is none of an order's
_PLACE_OF = (
    rf"(?P<of>(?<![A-Za-z])(?:Art(?:icle)?\.?\s*(?P<art_of>{_N})(?:-(?P<sub_of>{_N}))?"
    rf"(?P<parts_of>{_PARTS}*)"
    rf"|(?:item|point)\s+(?P<item_of>{_N})(?!\s+of\s+(?:GACC\s+)?(?:Order|Decree)))\s+of\s+(?:the\s+(?=GACC))?)?"
)
# orders and announcements of others are numbered too, and so are those that a buyer places: "State Council Order No. 653",
# "国务院令第653号", "商务部公告2018年第32号", "Purchase Order 237", "Decree No. 653 of the State Council"
_OTHERS_BEFORE = re.compile(
    r"(?:(?:State Council|Executive|Presidential|Ministerial|Council|Court|Purchase|Work|Sales|Change|Delivery|Service|Supply"
    r"|Production|Standing|Money|Customer|MOFCOM|MOF|SAMR|AQSIQ|NDRC|Ministry of \w+(?: and \w+)?)(?:'s)?\s*"
    r"|(?:国务院|主席|部|出版总署|局|银行|委|委员会|政府|法院|检察院)[令第、，,\s]*)\Z",
    re.IGNORECASE,
)
_OTHERS_AFTER = re.compile(r"\s+of\s+(?:the\s+)?(?:State Council|Ministry|President|Court|MOFCOM|SAMR|AQSIQ|NDRC|MOF)\b")
_FARTHEST = 24
# without one of these a text names no instrument, or not its own, and need not be searched
_NAMES = re.compile(r"号|order|decree|announcement|bulletin|no\.?\s*\d")
_OWN_NAMES = re.compile(r"本|these|this")
_WRITTEN = re.compile(rf"{_PLACE_OF}(?:{_ORDER}|{_ANNOUNCEMENT})(?(of)|{_PLACE}?)", re.IGNORECASE)
# the instrument that speaks: "Article 12 of these Measures", "本办法第十二条"
_SELF = (
    r"(?:(?<![A-Za-z])(?:these\s+(?:Measures|Provisions|Rules|Regulations)|this\s+(?:Order|Announcement|Notice))\b"
    r"|本(?:办法|规定|规则|细则|令|公告|通知))"
)
_OWN = re.compile(rf"{_PLACE_OF}{_SELF}(?(of)|{_PLACE}?)", re.IGNORECASE)
_AT = re.compile(_PLACE, re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A name for a Regulation, one of its Versions, or a Provision.

    `parts` are the numbers of paragraph and item below an anchor, outermost first.

    >>> str(Citation.parse("第237号令第十二条第三项"))
    'gacc-order-237#art-12(3)'
    >>> Citation.parse("gacc-order-237#art-12(3)").written("en")
    'Order 237 Art. 12(3)'
    """

    regulation: str
    version: str = ""
    anchor: str = ""
    parts: tuple[int, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Citation":
        """Read a canonical or a written citation; raise InvalidCitationError for anything else."""
        stripped = text.strip()
        match = _CANONICAL.match(stripped)
        if match:
            return _from_canonical(match)
        written = _WRITTEN.fullmatch(stripped)
        if written:
            return _from_written(written)
        message = f"{text!r} is not a citation."
        hint = "Write gacc-order-237, gacc-order-237@2018-05-01 or gacc-order-237#art-12; or Order 237 Art. 12."
        raise InvalidCitationError(message, hint)

    def at(self, version: str) -> "Citation":
        """Return the same place in the Version named by its first day."""
        return replace(self, version=version)

    def read_in(self, version: "Citation") -> "Citation":
        """Return what it means in a text of `version`: of its own Regulation, that Version itself."""
        return self.at(version.version) if self.regulation == version.regulation and not self.version else self

    def __str__(self) -> str:
        version = f"@{self.version}" if self.version else ""
        anchor = f"#{self.anchor}" if self.anchor else ""
        return f"{self.regulation}{version}{anchor}" + "".join(f"({part})" for part in self.parts)

    def written(self, language: Language) -> str:
        """Return the form people write, or the canonical one where the instrument has no such form."""
        write = _write_en if language == "en" else _write_zh
        return write(self) or str(self)


def is_language(text: str) -> bool:
    """Whether the text can be the code of the language of a text."""
    return _LANGUAGE.fullmatch(text) is not None


def is_anchor(text: str) -> bool:
    """Whether the text can be the anchor, or the regulation, of a Citation."""
    return _SLUG.match(text) is not None


def find_written(text: str) -> Iterator[tuple[int, int, Citation]]:
    """Yield (start, end, citation) of every written citation in `text`, in order."""
    for match in _WRITTEN.finditer(text) if _NAMES.search(text.lower()) else ():
        if not _is_of_others(text, match):
            yield match.start(), match.end(), _from_written(match)


def find_canonical(text: str) -> Iterator[tuple[int, int, Citation]]:
    """Yield (start, end, citation) of every canonical citation in `text`, in order; a day that does not exist names nothing."""
    for match in _CANONICAL_IN_TEXT.finditer(text) if "-" in text or "@" in text else ():
        try:
            yield match.start(), match.end(), Citation.parse(match[0])
        except InvalidCitationError:
            continue


def read_place(text: str, start: int) -> tuple[int, str, tuple[int, ...]] | None:
    """Return (end, anchor, parts) of the place that `text` names at `start`, None where it names none there."""
    match = _AT.match(text, start)
    return (match.end(), *_place(match)) if match else None


def find_own(text: str, version: Citation) -> Iterator[tuple[int, int, Citation]]:
    """Yield (start, end, citation) of every place that `text`, standing in `version`, names in its own instrument, in order."""
    for match in _OWN.finditer(text) if _OWN_NAMES.search(text.lower()) else ():
        anchor, parts = _place(match)
        if anchor:
            yield match.start(), match.end(), replace(version, anchor=anchor, parts=parts)


def _is_of_others(text: str, match: re.Match[str]) -> bool:
    """Whether the words around a number say that another body gave it."""
    if re.match(r"海关|总署令|GACC", match[0], re.IGNORECASE):
        return False
    named_at = match.end("of") if match["of"] else match.start()
    before = text[max(0, named_at - _FARTHEST) : named_at]
    place = next((match.start(name) for name in ("art_en", "item_en") if match[name]), match.end())
    after = _OTHERS_AFTER.search(text, match.start(), match.end() + _FARTHEST)
    return bool(_OTHERS_BEFORE.search(before)) or bool(after and after.start() <= place)


def _from_canonical(match: re.Match[str]) -> Citation:
    version = match["version"] or ""
    if version:
        try:
            PartialDate.parse(version)
        except InvalidDateError as error:
            message = f"{match[0]!r} names a version by a day that does not exist."
            raise InvalidCitationError(message, error.hint) from error
    parts = tuple(int(part) for part in re.findall(r"\d+", match["parts"] or ""))
    return Citation(match["regulation"], version, match["anchor"] or "", parts)


def _first(match: re.Match[str], *names: str) -> str:
    there = match.re.groupindex
    return next((match[name] for name in names if name in there and match[name]), "")


def _number(match: re.Match[str], *names: str) -> int | None:
    text = _first(match, *names)
    return parse_numeral(text) if text else None


def _from_written(match: re.Match[str]) -> Citation:
    order = _number(match, "order_en", "order_zh", "order_zh2")
    if order is not None:
        regulation = f"gacc-order-{order}"
    else:
        year = _number(match, "year_en", "year_en2", "year_zh", "year_zh2")
        regulation = f"gacc-ann-{year}-{_number(match, 'ann_en', 'ann_en2', 'ann_zh', 'ann_zh2')}"
    return Citation(regulation, "", *_place(match))


def _place(match: re.Match[str]) -> tuple[str, tuple[int, ...]]:
    """Return the anchor and the parts that a written citation names."""
    article = _number(match, "art_of", "art_en", "art_zh")
    if article is not None:
        sub = _number(match, "sub_of", "sub_en", "sub_zh")
        anchor = f"art-{article}" + (f"-{sub}" if sub is not None else "")
        return anchor, _parts(match)
    item = _number(match, "item_of", "item_en", "item_zh2")
    return (f"item-{item}", _parts(match)) if item is not None else ("", ())


def _parts(match: re.Match[str]) -> tuple[int, ...]:
    english = tuple(int(part) for part in re.findall(r"\d+", _first(match, "parts_of", "parts_en")))
    chinese = (_number(match, "par_zh"), _number(match, "item_zh"))
    return english or tuple(part for part in chinese if part is not None)


_SERIES = re.compile(r"gacc-(?:order-(?P<order>\d+)|ann-(?P<year>\d{4})-(?P<number>\d+))\Z")
_NUMBERED = re.compile(r"(?P<kind>art|item)-(?P<number>\d+)(?:-(?P<sub>\d+))?\Z")


def _write_en(citation: Citation) -> str:
    series, place = _SERIES.match(citation.regulation), _NUMBERED.match(citation.anchor)
    if series is None or citation.version or (citation.anchor and place is None):
        return ""
    name = f"Order {series['order']}" if series["order"] else f"Announcement {series['year']} No. {series['number']}"
    if place is None:
        return name
    label = "Art." if place["kind"] == "art" else "item"
    sub = f"-{place['sub']}" if place["sub"] else ""
    return f"{name} {label} {place['number']}{sub}" + "".join(f"({part})" for part in citation.parts)


def _write_zh(citation: Citation) -> str:
    series, place = _SERIES.match(citation.regulation), _NUMBERED.match(citation.anchor)
    too_deep = len(citation.parts) > 2 or (place is not None and place["kind"] == "item" and citation.parts)
    if series is None or citation.version or too_deep or (citation.anchor and place is None):
        return ""
    name = f"第{series['order']}号令" if series["order"] else f"海关总署公告{series['year']}年第{series['number']}号"
    if place is None:
        return name
    number = to_chinese(int(place["number"]))
    if place["kind"] == "item":
        return f"{name}第{number}项"
    sub = f"之{to_chinese(int(place['sub']))}" if place["sub"] else ""
    units = ("项",) if len(citation.parts) == 1 else ("款", "项")
    parts = "".join(f"第{to_chinese(part)}{unit}" for part, unit in zip(citation.parts, units, strict=False))
    return f"{name}第{number}条{sub}{parts}"
