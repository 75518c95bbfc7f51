"""The numbers that Word shows before paragraphs, which stand nowhere in the text of the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from lxml.etree import _Element

from kb.numerals import to_chinese

_CHINESE = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
# 一二三 as they are written on cheques
_LEGAL = str.maketrans("一二三四五六七八九十百千〇零", "壹贰叁肆伍陆柒捌玖拾佰仟零零")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = 0x2460  # ①, of which there are twenty
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 3_999
_LEVELS = 9
_DEEPEST_STYLE = 20
# it stands before every paragraph of the list
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered; `after` is the level, counted from 1, that sets it back; None: each wider one."""

    format: str
    text: str
    start: int
    after: int | None = None
    in_figures: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """One list: those of one `pattern` are counted on together, but for the levels that `anew` gives a number to begin with."""

    pattern: str
    levels: Mapping[int, _Level]
    anew: Mapping[int, int]


@dataclass(slots=True)
class Numbers:
    """The numbering of one file: its lists, the lists of styles, how far each pattern is counted, and what has begun anew."""

    lists: Mapping[str, _List]
    styles: Mapping[str, tuple[str, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, word: WordFile) -> "Numbers":
        """Return the numbering of a file, empty where it has none."""
        part = next((one.target_part for one in word.part.rels.values() if one.reltype.endswith("/numbering")), None)
        named = {style.get(qn("w:styleId"), ""): style for style in word.styles.element.iterfind(qn("w:style"))}
        lists = _read_lists(part.element, named) if part is not None else {}
        styles = {id_: found for id_ in named if (found := _list_of_style(id_, named, lists))}
        return cls(lists, styles)

    def next(self, paragraph: _Element, style: str) -> str:
        """Return the number before a paragraph, with a space after it; "" where it has none."""
        own, depth = _list_of(paragraph.find(qn("w:pPr")))
        of_style = self.styles.get(style, ("", 0))
        id_ = of_style[0] if own is None else own
        depth = depth if depth is not None else 0 if own else of_style[1]
        found = self.lists.get(id_)
        if found is None or depth not in found.levels:
            return ""
        return f"{self._write(found, depth, self._count(id_, found, depth))} ".lstrip()

    def _count(self, id_: str, found: _List, depth: int) -> dict[int, int]:
        """Count one more at a level, and set those within it back."""
        counts = self.counts.setdefault(found.pattern, {})
        if depth in found.anew and (id_, depth) not in self.begun:
            self.begun.add((id_, depth))
            counts[depth] = found.anew[depth]
        else:
            counts[depth] = counts.get(depth, found.levels[depth].start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            after = found.levels[deeper].after if deeper in found.levels else None
            if after is None or depth < after:
                del counts[deeper]
        return counts

    @staticmethod
    def _write(found: _List, depth: int, counts: dict[int, int]) -> str:
        level = found.levels[depth]
        if level.format == "bullet":
            return "-"
        if level.format == "none":
            return ""
        text = level.text
        for wider in range(_LEVELS):
            other = found.levels.get(wider)
            if other and f"%{wider + 1}" in text:
                form = "decimal" if level.in_figures else other.format
                text = text.replace(f"%{wider + 1}", write_number(counts.get(wider, other.start), form))
        return text


def _list_of(properties: _Element | None) -> tuple[str | None, int | None]:
    """Return the list and the level that properties give, None where they give none; the list "0" takes a number away."""
    found = properties.find(qn("w:numPr")) if properties is not None else None
    if found is None:
        return None, None
    id_, depth = _value(found, "numId"), _value(found, "ilvl")
    return id_, None if depth is None else _int(depth, 0)


def _list_of_style(id_: str, named: Mapping[str, _Element], lists: Mapping[str, _List]) -> tuple[str, int] | None:
    """Return the list and the level of a style: its own, or those of the style that it is based on."""
    style: _Element | None = named[id_]
    list_, depth = None, None
    for _ in range(_DEEPEST_STYLE):
        if style is None:
            break
        own, own_depth = _list_of(style.find(qn("w:pPr")))
        list_, depth = own if list_ is None else list_, own_depth if depth is None else depth
        style = named.get(_value(style, "basedOn") or "")
    if list_ is None or list_ not in lists:
        return None
    tied = next((level for level, one in lists[list_].levels.items() if one.style == id_), 0)
    return list_, tied if depth is None else depth


def _read_lists(numbering: _Element, named: Mapping[str, _Element]) -> dict[str, _List]:
    patterns = {one.get(qn("w:abstractNumId"), ""): one for one in numbering.iterfind(qn("w:abstractNum"))}
    numbers = {one.get(qn("w:numId"), ""): one for one in numbering.iterfind(qn("w:num"))}
    lists = {}
    for id_, number in numbers.items():
        pattern = _value(number, "abstractNumId") or ""
        linked = _value(patterns[pattern], "numStyleLink") if pattern in patterns else None
        if linked and linked in named:
            other = _list_of(named[linked].find(qn("w:pPr")))[0]
            pattern = (_value(numbers[other], "abstractNumId") or "") if other in numbers else pattern
        levels = dict(_levels(patterns[pattern])) if pattern in patterns else {}
        overrides = {_int(one.get(qn("w:ilvl")), 0): one for one in number.iterfind(qn("w:lvlOverride"))}
        own = {depth: _level(level) for depth, one in overrides.items() if (level := one.find(qn("w:lvl"))) is not None}
        anew = {depth: _int(start, 1) for depth, one in overrides.items() if (start := _value(one, "startOverride"))}
        lists[id_] = _List(pattern, levels | own, anew)
    return lists


def _levels(pattern: _Element) -> Iterator[tuple[int, _Level]]:
    for level in pattern.iterfind(qn("w:lvl")):
        yield _int(level.get(qn("w:ilvl")), 0), _level(level)


def _level(level: _Element) -> _Level:
    after, figures = _value(level, "lvlRestart"), level.find(qn("w:isLgl"))
    return _Level(
        format=_value(level, "numFmt") or "decimal",
        text=(_value(level, "lvlText") or "")[:_LONGEST],
        start=_int(_value(level, "start"), 1),
        after=None if after is None else _int(after, 0),
        in_figures=figures is not None and figures.get(qn("w:val"), "1") not in ("0", "false", "off"),
        style=_value(level, "pStyle") or "",
    )


def _value(element: _Element, name: str) -> str | None:
    found = element.find(qn(f"w:{name}"))
    return found.get(qn("w:val"), "") if found is not None else None


def write_number(number: int, kind: str) -> str:
    """Return a number in one of Word's formats; in one that is not known, in figures.

    >>> [write_number(4, kind) for kind in ("decimal", "decimalZero", "lowerLetter", "upperRoman", "chineseCounting")]
    ['4', '04', 'd', 'IV', '四']
    >>> [write_number(4, kind) for kind in ("chineseLegalSimplified", "ideographTraditional", "decimalEnclosedCircle")]
    ['肆', '丁', '④']
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
    return _by_sign(number, kind)


def _by_sign(number: int, kind: str) -> str:
    if kind == "chineseLegalSimplified":
        written = to_chinese(number).translate(_LEGAL)
        return f"壹{written}" if written.startswith("拾") else written
    if kind == "ideographTraditional" and number <= len(_STEMS):
        return _STEMS[number - 1]
    if kind.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(_CIRCLED + number - 1)
    return f"{number:02}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _int(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 7 else default
