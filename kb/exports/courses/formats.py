"""Every format of a course: its name, the ending of its files, its media type, and what writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from kb.exports.courses.cards import export_cards
from kb.exports.courses.gift import export_gift
from kb.exports.courses.markdown import export_markdown
from kb.exports.courses.moodle import export_moodle
from kb.exports.courses.script import Script
from kb.exports.courses.slides import export_pptx
from kb.exports.courses.web_page import export_html
from kb.exports.courses.word import export_docx

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """One format; `ending` follows the name of the course."""

    name: str
    ending: str
    media_type: str
    export: Callable[[Script], bytes]


FORMATS = {
    one.name: one
    for one in (
        Format("docx", ".docx", f"{_OFFICE}.wordprocessingml.document", export_docx),
        Format("pptx", ".pptx", f"{_OFFICE}.presentationml.presentation", export_pptx),
        Format("markdown", ".handout.md", "text/markdown", export_markdown),
        Format("html", ".html", "text/html", export_html),
        Format("moodle", ".moodle.xml", "application/xml", export_moodle),
        Format("gift", ".gift.txt", "text/plain", export_gift),
        Format("cards", ".cards.csv", "text/csv", export_cards),
    )
}
