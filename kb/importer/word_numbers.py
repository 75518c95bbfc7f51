"""The numbers that Word shows before paragraphs, which stand nowhere in the text of the file."""

from dataclasses import dataclass, field

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml.etree import _Element

from kb.numerals import to_chinese

_CHINESE = {"chineseCounting", "chineseCountingThousand", "ideographTraditional", "japaneseCounting", "chineseLegalSimplified"}
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST = 3_999
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbers:
    """The numbering of one file: the levels of each list, the lists of styles, and how far each list has been counted."""

    levels: dict[str, dict[int, _Level]]
    styles: dict[str, tuple[str, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, word: WordFile) -> "Numbers":
        """Return the numbering of a file, empty where it has none."""
        styles = {
            style.get(qn("w:styleId"), ""): found
            for style in word.styles.element.iterfind(qn("w:style"))
            if (found := _list_of(style.find(qn("w:pPr"))))
        }
        part = next((one.target_part for one in word.part.rels.values() if one.reltype.endswith("/numbering")), None)
        return cls(_read_levels(part.element) if part is not None else {}, styles)

    def next(self, paragraph: _Element, style: str) -> str:
        """Return the number before a paragraph, with a space after it; "" where it has none."""
        found = _list_of(paragraph.find(qn("w:pPr"))) or self.styles.get(style)
        level = self.levels.get(found[0], {}).get(found[1]) if found else None
        if found is None or level is None:
            return ""
        id_, depth = found
        counts = self.counts.setdefault(id_, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return f"{self._write(id_, level, counts)} ".lstrip()

    def _write(self, id_: str, level: _Level, counts: dict[int, int]) -> str:
        if level.format == "bullet":
            return "-"
        if level.format == "none":
            return ""
        text = level.text
        for depth in range(_LEVELS):
            other = self.levels[id_].get(depth)
            if other and f"%{depth + 1}" in text:
                text = text.replace(f"%{depth + 1}", write_number(counts.get(depth, other.start), other.format))
        return text


def _list_of(properties: _Element | None) -> tuple[str, int] | None:
    found = properties.find(qn("w:numPr")) if properties is not None else None
    id_ = found.find(qn("w:numId")) if found is not None else None
    if found is None or id_ is None or id_.get(qn("w:val")) == "0":
        return None
    depth = found.find(qn("w:ilvl"))
    return id_.get(qn("w:val"), ""), _int(depth.get(qn("w:val")) if depth is not None else None, 0)


def _read_levels(numbering: _Element) -> dict[str, dict[int, _Level]]:
    abstract = {
        one.get(qn("w:abstractNumId"), ""): {
            _int(level.get(qn("w:ilvl")), 0): _level(level) for level in one.iterfind(qn("w:lvl"))
        }
        for one in numbering.iterfind(qn("w:abstractNum"))
    }
    lists = {}
    for one in numbering.iterfind(qn("w:num")):
        of = one.find(qn("w:abstractNumId"))
        lists[one.get(qn("w:numId"), "")] = abstract.get(of.get(qn("w:val"), "") if of is not None else "", {})
    return lists


def _level(level: _Element) -> _Level:
    values = {
        name: one.get(qn("w:val"), "")
        for name in ("numFmt", "lvlText", "start")
        if (one := level.find(qn(f"w:{name}"))) is not None
    }
    return _Level(values.get("numFmt", "decimal"), values.get("lvlText", ""), _int(values.get("start"), 1))


def write_number(number: int, kind: str) -> str:
    """Return a number in one of Word's formats; in one that is not known, in figures.

    >>> [write_number(4, kind) for kind in ("decimal", "lowerLetter", "upperRoman", "chineseCounting")]
    ['4', 'd', 'IV', '四']
    """
    if not 0 < number <= _MOST:
        return str(number)
    if kind in _CHINESE:
        return to_chinese(number)
    if kind.endswith("Letter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if kind.startswith("upper") else letters
    if kind.endswith("Roman"):
        return _roman(number).upper() if kind.startswith("upper") else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _int(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 7 else default
