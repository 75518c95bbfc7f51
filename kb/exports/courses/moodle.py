"""The questions of a course as Moodle XML, for a question bank."""

import io
from xml.etree import ElementTree as ET

from kb.exports.courses.questions import Question
from kb.exports.courses.script import Script

# what is written is HTML inside text: Moodle's own format, and escaped by the writer whatever it holds


def export_moodle(script: Script) -> bytes:
    """Return every question as a single-choice question in a category named after the course."""
    quiz = ET.Element("quiz")
    category = ET.SubElement(quiz, "question", type="category")
    _text(ET.SubElement(category, "category"), f"$course$/top/{script.title.replace('/', '//')} ({script.day})")
    for number, question in script.numbered():
        _question(quiz, number, question)
    ET.indent(quiz)
    out = io.BytesIO()
    ET.ElementTree(quiz).write(out, encoding="UTF-8", xml_declaration=True)
    return out.getvalue()


def _question(quiz: ET.Element, number: str, question: Question) -> None:
    one = ET.SubElement(quiz, "question", type="multichoice")
    _text(ET.SubElement(one, "name"), f"{number} {question.citation} {question.day} {question.language}")
    _html(ET.SubElement(one, "questiontext"), question.prompt)
    _html(ET.SubElement(one, "generalfeedback"), question.why)
    for name, value in (
        ("defaultgrade", "1.0"),
        ("penalty", "0.3333333"),
        ("hidden", "0"),
        ("single", "true"),
        ("shuffleanswers", "true"),
        ("answernumbering", "ABCD"),
    ):
        ET.SubElement(one, name).text = value
    for index, option in enumerate(question.options):
        answer = ET.SubElement(one, "answer", fraction="100" if index == question.right else "0")
        _html(answer, option)
        _html(ET.SubElement(answer, "feedback"), question.why if index == question.right else "")
    tags = ET.SubElement(one, "tags")
    for tag in (question.kind.value, question.citation.regulation, question.language):
        _text(ET.SubElement(tags, "tag"), tag)


def _html(element: ET.Element, text: str) -> None:
    """Set words as HTML: what would be a tag in it is escaped once for HTML, and once more by the writer for XML."""
    element.set("format", "html")
    _text(element, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _text(element: ET.Element, text: str) -> None:
    ET.SubElement(element, "text").text = text
