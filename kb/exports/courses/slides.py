"""A course as PPTX: one idea a slide, the source in the notes, nothing longer than its slide."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from kb.citation import Language
from kb.exports.courses.blocks import lines_of
from kb.exports.courses.letters import cut, lettered, lines_needed
from kb.exports.courses.outline import parts_of
from kb.exports.courses.questions import Question
from kb.exports.courses.script import Closing, LessonScript, Script, Telling
from kb.exports.courses.words import say

CHINESE_FONT = "Microsoft YaHei"
LATIN_FONT = "Calibri"
TITLE_SIZE, SOURCE_SIZE, NOTE_SIZE = 30, 12, 12
TITLE_WIDTH = 96
SOURCE_WIDTH = 130
# size in points, the width of a line of 12 inches in Latin letters (a Chinese character is two), and the lines with air
SIZES = ((28, 54, 7), (24, 63, 9), (20, 76, 11))
_TITLE, _TITLE_AND_BODY = 0, 1
_ACCENT = RGBColor(0x0B, 0x5F, 0x63)  # type: ignore[no-untyped-call]
_SOFT = RGBColor(0x55, 0x63, 0x6B)  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class _Page:
    """One slide: its title, its lines, what the trainer reads below it, the language of all, and what it rests on."""

    title: str
    lines: tuple[str, ...]
    note: str
    language: Language
    source: str = ""


def export_pptx(script: Script) -> bytes:
    """Return the course as a PPTX file of wide slides."""
    deck = Presentation()
    _widen(deck)
    deck.core_properties.title, deck.core_properties.author = script.title, ""
    _add_first(deck, script)
    for page in _pages(script):
        for part in _parts(page):
            _add(deck, part)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _widen(deck: Deck) -> None:
    """Make the slides 16:9; what the layouts place keeps its share of the width."""
    before, deck.slide_width = deck.slide_width or Inches(10), Inches(13.333)
    for layout in (deck.slide_master, *deck.slide_layouts):
        for shape in layout.placeholders:
            shape.left, shape.width = (Emu(int(side * deck.slide_width / before)) for side in (shape.left, shape.width))


def _pages(script: Script) -> Iterator[_Page]:
    numbers = {id(question): number for number, question in script.numbered()}
    for language in script.course.languages:
        lines = [
            f"{lesson.number}. {one.title}" for lesson in script.lessons for one in lesson.tellings if one.language == language
        ]
        yield _Page(say("contents", language), tuple(lines), say("notice", language), language)
    for lesson in script.lessons:
        for telling in lesson.tellings:
            yield from _lesson(lesson, telling, numbers)
    for closing in script.closings:
        yield from _closing(closing, numbers)


def _lesson(lesson: LessonScript, telling: Telling, numbers: dict[int, str]) -> Iterator[_Page]:
    note = "\n".join((telling.source, *lines_of(lesson.note)))
    for title, blocks in parts_of(telling):
        yield _Page(f"{telling.title} · {title}", tuple(lines_of(blocks)), note, telling.language, telling.source)
    yield from (_question(question, numbers) for question in telling.questions)


def _question(question: Question, numbers: dict[int, str]) -> _Page:
    title = say("question", question.language, number=numbers[id(question)])
    return _Page(title, (question.prompt, *lettered(question.options)), question.why, question.language)


def _closing(closing: Closing, numbers: dict[int, str]) -> Iterator[_Page]:
    language = closing.language
    for title, text in closing.transitions:
        yield _Page(f"{say('transitions', language)} · {title}", (text,), f"{title}: {text}", language)
    yield from (_question(question, numbers) for question in closing.questions)


def _parts(page: _Page) -> Iterator[_Page]:
    """Yield the page as often as its lines need slides, at the least size."""
    _, width, most = SIZES[-1]
    slides: list[list[str]] = [[]]
    for line in (piece for whole in page.lines for piece in cut(whole, width * (most - 1))):
        if slides[-1] and _height((*slides[-1], line), width) > most:
            slides.append([])
        slides[-1].append(line)
    title = next(cut(page.title, TITLE_WIDTH))
    for number, held in enumerate(slides, 1):
        shown = title if number == 1 else say("continued", page.language, title=title, number=number)
        yield replace(page, title=shown, lines=tuple(held))


def _height(lines: Iterable[str], width: int) -> int:
    return sum(lines_needed(line, width) for line in lines)


def _size(lines: tuple[str, ...]) -> int:
    """Return the largest size at which the lines stand on one slide."""
    return next((size for size, width, most in SIZES if _height(lines, width) <= most), SIZES[-1][0])


def _add_first(deck: Deck, script: Script) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE])
    days = [say("on", language, day=script.day) for language in script.course.languages]
    _fill(_body(slide, 0), (next(cut(script.title, TITLE_WIDTH)),), (36, _ACCENT), script.main_language)
    _fill(_body(slide, 1), tuple(days), (22, _SOFT), script.main_language)
    notices = [say("notice", language) for language in script.course.languages]
    _note(slide, "\n".join((script.title, *notices)), script.main_language)


def _add(deck: Deck, page: _Page) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_AND_BODY])
    _place(_shape(slide, 0), 0.4, 1.2)
    _place(_shape(slide, 1), 1.75, 4.9)
    _body(slide, 0).vertical_anchor = MSO_ANCHOR.MIDDLE
    _fill(_body(slide, 0), (page.title,), (TITLE_SIZE, _ACCENT), page.language)
    _fill(_body(slide, 1), page.lines, (_size(page.lines), None), page.language)
    if page.source:
        box = slide.shapes.add_textbox(Inches(0.6), Inches(6.8), Inches(12.1), Inches(0.4))
        box.text_frame.word_wrap = True
        _fill(box.text_frame, (next(cut(page.source, SOURCE_WIDTH)),), (SOURCE_SIZE, _SOFT), page.language)
    _note(slide, page.note, page.language)


def _place(shape: BaseShape, top: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Inches(0.6), Inches(top), Inches(12.1), Inches(height)


def _shape(slide: Slide, index: int) -> BaseShape:
    shape: BaseShape = slide.placeholders[index]
    return shape


def _body(slide: Slide, index: int) -> TextFrame:
    frame: TextFrame = slide.placeholders[index].text_frame
    return frame


def _fill(frame: TextFrame, lines: tuple[str, ...], look: tuple[int, RGBColor | None], language: Language) -> None:
    """Set the lines of a text in a size and a colour, left, with a font for either script."""
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()  # type: ignore[no-untyped-call]
        paragraph.space_after = Pt(6)
        run = paragraph.add_run()
        run.text, run.font.size, run.font.name = line, Pt(look[0]), LATIN_FONT
        if look[1]:
            run.font.color.rgb = look[1]
        properties = run._r.get_or_add_rPr()  # noqa: SLF001 - the library sets no font for Chinese
        properties.set("lang", "zh-CN" if language == "zh" else "en-US")
        properties.append(properties.makeelement(qn("a:ea"), {"typeface": CHINESE_FONT}))
        _bare(paragraph)


def _bare(paragraph: Any) -> None:  # noqa: ANN401 - the library has no hints for its elements
    """Set a paragraph left and take the layout's bullet away: a line brings its own, or has none."""
    paragraph.alignment = PP_ALIGN.LEFT
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library knows no bullets
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.append(properties.makeelement(qn("a:buNone"), {}))


def _note(slide: Slide, text: str, language: Language) -> None:
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        _fill(frame, tuple(text.split("\n")), (NOTE_SIZE, None), language)
