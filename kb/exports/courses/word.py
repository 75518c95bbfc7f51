"""A course as DOCX, with real styles and headings and a table of contents that Word and LibreOffice keep up."""

import io
from collections.abc import Iterable

from docx import Document
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from kb.exports.courses.blocks import Block, BlockKind
from kb.exports.courses.letters import letter_of, lettered
from kb.exports.courses.outline import parts_of
from kb.exports.courses.questions import Question
from kb.exports.courses.script import Closing, LessonScript, Script
from kb.exports.courses.words import say

CHINESE_FONT = "Microsoft YaHei"
LATIN_FONT = "Calibri"
_ACCENT, _SOFT = RGBColor(0x0B, 0x5F, 0x63), RGBColor(0x55, 0x63, 0x6B)


def export_docx(script: Script) -> bytes:
    """Return the course as a DOCX file."""
    word = Document()
    _set_styles(word)
    word.core_properties.title = script.title
    word.core_properties.author = ""
    word.add_paragraph(script.title, "Title")
    for language in script.course.languages:
        word.add_paragraph(say("on", language, day=script.day), "Subtitle")
        word.add_paragraph(say("notice", language), "Source Line")
    _add_contents(word, script)
    numbers = {id(question): number for number, question in script.numbered()}
    for lesson in script.lessons:
        _add_lesson(word, lesson, numbers)
    for closing in script.closings:
        _add_closing(word, closing, numbers)
    _add_keys(word, script)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _set_styles(word: WordFile) -> None:
    _style(word, "Normal", size=11)
    for name, size in (("Title", 26), ("Subtitle", 13), ("Heading 1", 18), ("Heading 2", 15), ("Heading 3", 12)):
        _style(word, name, size=size).font.color.rgb = _ACCENT
    source = word.styles.add_style("Source Line", WD_STYLE_TYPE.PARAGRAPH)
    source.base_style = word.styles["Normal"]
    source.font.size, source.font.color.rgb = Pt(9), _SOFT
    source.paragraph_format.keep_with_next = True
    word.styles["Subtitle"].font.italic = False
    lang = word.styles["Normal"].element.get_or_add_rPr().makeelement(qn("w:lang"), {})
    lang.set(qn("w:val"), "en-US")
    lang.set(qn("w:eastAsia"), "zh-CN")
    word.styles["Normal"].element.get_or_add_rPr().append(lang)
    for page in word.sections:
        page.page_width, page.page_height = Mm(210), Mm(297)
        _add_field(page.footer.paragraphs[0], "PAGE", "1")


def _style(word: WordFile, name: str, *, size: int) -> ParagraphStyle:
    """Set the fonts of a style: one for Latin letters, and one for Chinese characters, which no theme replaces."""
    style = word.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size = LATIN_FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), CHINESE_FONT)
    return style


def _add_contents(word: WordFile, script: Script) -> None:
    """Add the field of a table of contents, holding the headings until the reader's program fills in the pages."""
    word.add_paragraph(say("contents", script.main_language), "Subtitle")
    titles = [_heading(lesson, index) for lesson in script.lessons for index in range(len(lesson.tellings))]
    titles += [title for closing in script.closings for title, _ in _closing_parts(closing)]
    begin = word.add_paragraph(style="Normal")
    _add_mark(begin, "begin", dirty=True)
    _add_code(begin, 'TOC \\o "1-1" \\h \\z \\u')
    _add_mark(begin, "separate")
    last = begin
    for place, title in enumerate([*titles, _keys_title(script)]):
        last = begin if place == 0 else word.add_paragraph(style="Normal")
        last.paragraph_format.space_after = Pt(2)
        last.add_run(title)
    _add_mark(last, "end")


def _heading(lesson: LessonScript, index: int) -> str:
    telling = lesson.tellings[index]
    return f"{say('lesson', telling.language, number=lesson.number)} {telling.title}"


def _add_lesson(word: WordFile, lesson: LessonScript, numbers: dict[int, str]) -> None:
    for index, telling in enumerate(lesson.tellings):
        heading = word.add_paragraph(_heading(lesson, index), "Heading 1")
        heading.paragraph_format.page_break_before = index == 0
        word.add_paragraph(telling.source, "Source Line")
        for title, blocks in parts_of(telling):
            word.add_paragraph(title, "Heading 2")
            _add_blocks(word, blocks)
        if telling.questions:
            word.add_paragraph(say("quiz", telling.language), "Heading 2")
            _add_questions(word, telling.questions, numbers)
    if lesson.note:
        word.add_paragraph(say("note", lesson.tellings[0].language), "Heading 2")
        _add_blocks(word, lesson.note)


def _add_blocks(word: WordFile, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            word.add_paragraph(block.text, "Heading 3")
        elif block.kind is BlockKind.ENTRY and block.marker == "•":
            word.add_paragraph(block.text, "List Bullet 2" if block.level else "List Bullet")
        elif block.kind is BlockKind.ENTRY:
            # the rule's own number stays the rule's: a list of Word's would count anew
            entry = word.add_paragraph(f"{block.marker}\t{block.text}", "List Paragraph")
            entry.paragraph_format.first_line_indent = Pt(-24)
            entry.paragraph_format.left_indent = Pt(36 + 18 * block.level)
        else:
            word.add_paragraph(" | ".join(block.cells) or block.text)


def _add_questions(word: WordFile, questions: Iterable[Question], numbers: dict[int, str]) -> None:
    for question in questions:
        title = say("question", question.language, number=numbers[id(question)])
        word.add_paragraph(title, "Heading 3")
        word.add_paragraph(question.prompt).paragraph_format.keep_with_next = True
        for option in lettered(question.options):
            word.add_paragraph(option, "List Paragraph").paragraph_format.keep_with_next = option[0] != letter_of(
                len(question.options) - 1
            )


def _closing_parts(closing: Closing) -> list[tuple[str, str]]:
    parts = [("transitions", closing.transitions), ("closing", closing.questions)]
    return [(say(key, closing.language), key) for key, held in parts if held]


def _add_closing(word: WordFile, closing: Closing, numbers: dict[int, str]) -> None:
    for title, key in _closing_parts(closing):
        word.add_paragraph(title, "Heading 1")
        if key == "closing":
            _add_questions(word, closing.questions, numbers)
            continue
        for name, text in closing.transitions:
            word.add_paragraph(name, "Heading 3")
            word.add_paragraph(text)


def _keys_title(script: Script) -> str:
    return " · ".join(say("keys", language) for language in script.course.languages)


def _add_keys(word: WordFile, script: Script) -> None:
    heading = word.add_paragraph(_keys_title(script), "Heading 1")
    heading.paragraph_format.page_break_before = True
    for number, question in script.numbered():
        word.add_paragraph(f"{number}  {letter_of(question.right)}. {question.why}")


def _add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    _add_mark(paragraph, "begin")
    _add_code(paragraph, code)
    _add_mark(paragraph, "separate")
    paragraph.add_run(shown)
    _add_mark(paragraph, "end")


def _add_mark(paragraph: Paragraph, kind: str, *, dirty: bool = False) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if dirty:
        mark.set(qn("w:dirty"), "true")
    paragraph.add_run()._r.append(mark)  # type: ignore[arg-type]  # noqa: SLF001 - the library has no fields


def _add_code(paragraph: Paragraph, code: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = code
    paragraph.add_run()._r.append(instruction)  # type: ignore[arg-type]  # noqa: SLF001 - the library has no fields
