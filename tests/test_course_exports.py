"""Each file of a course, opened with the library that reads it."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn
from markdown import markdown
from pptx import Presentation
from test_quiz import maker_of

from kb.corpus import Corpus
from kb.courses.course import Aim, Lesson, Plan, Tongue
from kb.courses.outline import make_outline
from kb.courses.syllabus import read_course
from kb.exports.courses.blocks import parse_blocks
from kb.exports.courses.formats import FORMATS
from kb.exports.courses.letters import cut, width_of
from kb.exports.courses.script import Script, write_script
from kb.exports.courses.slides import SIZES, SOURCE_WIDTH, TITLE_WIDTH
from kb.model import Bilingual

HOSTILE = "=1+1 ]]> <b>&amp;</b> {~x} a:b \\ # \x07\n\n- one\n- 二"
OPTIONS = re.compile(r"(?<!\\)([=~])((?:\\.|[^\\=~#}])*)")


@pytest.fixture(scope="module", name="script")
def fixture_script(corpus: Corpus) -> Script:
    plan = Plan(date(2020, 1, 1), Aim("customs-enterprise-credit"), Bilingual("A <B> {C}: D/E", "信用"), Tongue.BOTH, 25, 4)
    course = make_outline(corpus, plan).course
    first = Lesson(course.lessons[0].citation, "=cmd <i>", HOSTILE)
    return write_script(corpus, read_course(replace(course, lessons=(first, *course.lessons[1:])), maker_of(corpus)))


def build(script: Script, name: str) -> bytes:
    return FORMATS[name].export(script)


def questions(script: Script) -> list[str]:
    return [question.prompt for _, question in script.numbered()]


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_built_the_same_every_time_and_says_all_questions(script: Script, name: str) -> None:
    assert len(questions(script)) > 20
    if name not in ("docx", "pptx"):
        assert build(script, name) == build(script, name)
        assert build(script, name).decode().count("2020-01-01") >= len(questions(script)) // 2


def test_the_handout_has_real_headings_and_a_table_of_contents(script: Script) -> None:
    word = Document(io.BytesIO(build(script, "docx")))
    headings = [one.text for one in word.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings[:2] == ["Lesson 1 =cmd <i>", "第1课 =cmd <i>"]
    assert sum("Lesson" in heading for heading in headings) == len(script.lessons)
    codes = "".join(code.text or "" for code in word.element.body.iter(qn("w:instrText")))
    assert codes.startswith("TOC ")
    marks = [mark.get(qn("w:fldCharType")) for mark in word.element.body.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]


def test_the_handout_holds_every_question_and_sets_a_chinese_font(script: Script) -> None:
    word = Document(io.BytesIO(build(script, "docx")))
    said = {one.text for one in word.paragraphs}
    assert set(questions(script)) <= said
    fonts = word.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
    assert word.core_properties.title == script.title


def test_no_slide_holds_more_than_fits(script: Script) -> None:
    deck = Presentation(io.BytesIO(build(script, "pptx")))
    lines = {size: (width, most) for size, width, most in SIZES}
    for slide in list(deck.slides)[1:]:
        body = slide.placeholders[1].text_frame
        width, most = lines[int(body.paragraphs[0].runs[0].font.size.pt)]
        assert sum(-(-width_of(one.text) // width) for one in body.paragraphs) <= most, slide.shapes.title.text
        assert width_of(slide.shapes.title.text) <= TITLE_WIDTH + 6
        assert all(width_of(shape.text_frame.text) <= SOURCE_WIDTH for shape in slide.shapes if not shape.is_placeholder)


def test_every_slide_has_a_title_notes_and_a_chinese_font(script: Script) -> None:
    deck = Presentation(io.BytesIO(build(script, "pptx")))
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert all(slide.shapes.title.text and slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert all(str(lesson.citation) in notes for lesson in script.lessons)
    runs = [run for slide in deck.slides for one in slide.placeholders for p in one.text_frame.paragraphs for run in p.runs]
    assert {run._r.rPr.find(qn("a:ea")).get("typeface") for run in runs} == {"Microsoft YaHei"}  # noqa: SLF001


def test_a_question_has_one_slide_and_its_key_in_the_notes(script: Script) -> None:
    deck = Presentation(io.BytesIO(build(script, "pptx")))
    noted = {
        slide.placeholders[1].text_frame.paragraphs[0].text: slide.notes_slide.notes_text_frame.text for slide in deck.slides
    }
    for _, question in script.numbered():
        assert noted[question.prompt] == question.why


def test_the_markdown_shows_words_as_they_are(script: Script) -> None:
    page = BeautifulSoup(markdown(build(script, "markdown").decode()), "html.parser")
    assert page.h1
    assert page.h1.get_text() == "A <B> {C}: D/E · 信用"
    assert len(page.find_all("h2")) >= 2 * len(script.lessons)
    assert not page.find_all(["b", "i", "script"])


def test_the_page_fetches_nothing_and_obeys_no_markup_of_a_note(script: Script) -> None:
    page = BeautifulSoup(build(script, "html"), "html.parser")
    assert not page.find_all(["script", "link", "img", "b", "i"])
    assert "<b>&amp;</b>" in page.find("aside").get_text()
    assert {one["href"][1:] for one in page.nav.find_all("a")} == {one["id"] for one in page.find_all("article", id=True)}
    assert len(page.find_all("details")) == len(questions(script))


def test_moodle_reads_each_question_with_one_right_answer(script: Script) -> None:
    quiz = ET.fromstring(build(script, "moodle"))
    assert (quiz.tag, [one.get("type") for one in quiz][:2]) == ("quiz", ["category", "multichoice"])
    asked = quiz.findall("question[@type='multichoice']")
    assert len(asked) == len(questions(script))
    for element, (number, question) in zip(asked, script.numbered(), strict=True):
        assert (element.findtext("name/text") or "").startswith(f"{number} {question.citation}")
        assert element.findtext("questiontext/text") == question.prompt.replace("&", "&amp;").replace("<", "&lt;").replace(
            ">", "&gt;"
        )
        assert [one.get("fraction") for one in element.findall("answer")].count("100") == 1
        right = element.find("answer[@fraction='100']/text")
        assert right is not None
        assert (right.text, element.findtext("single")) == (question.key, "true")


def test_gift_escapes_what_begins_something(script: Script) -> None:
    blocks = [block for block in build(script, "gift").decode().split("\n\n") if block.startswith("::")]
    assert len(blocks) == len(questions(script))
    for block, (_, question) in zip(blocks, script.numbered(), strict=True):
        answers = block.rpartition(" {\n")[2].split("\n\t####")[0]
        read = [(mark, re.sub(r"\\(.)", r"\1", text).strip()) for mark, text in OPTIONS.findall(answers)]
        expected = [("=" if text == question.key else "~", text) for text in question.options]
        assert read == expected


def test_cards_are_read_by_anki_and_hold_no_formula(script: Script) -> None:
    first, *others = script.closings
    hostile = replace(first.questions[0], prompt="=1+1", why="＝1+1")
    script = replace(script, closings=(replace(first, questions=(hostile, *first.questions[1:])), *others))
    lines = build(script, "cards").decode().split("\n")
    assert lines[:2] == ["#separator:Comma", "#html:false"]
    rows = list(csv.reader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")), newline="")))
    cards = [row for row in rows if row]
    assert len(cards) == len(questions(script))
    assert all(len(card) == 3 and not cell.startswith(("=", "+", "-", "@", "＝")) for card in cards for cell in card)


def test_a_note_of_any_words_becomes_blocks_that_every_file_may_hold() -> None:
    blocks = parse_blocks(HOSTILE + "\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## h\n[l](u)")
    assert [block.kind.value for block in blocks] == ["paragraph", "entry", "entry", "row", "row", "heading", "paragraph"]
    assert "\x07" not in blocks[0].text
    assert blocks[-1].text == "l (u)"


@pytest.mark.parametrize("text", ["word " * 100, "长" * 300, "x" * 500], ids=["words", "chinese", "no stop"])
def test_a_long_line_is_cut_and_loses_nothing(text: str) -> None:
    pieces = list(cut(text, 76))
    assert max(width_of(piece) for piece in pieces) <= 76
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
