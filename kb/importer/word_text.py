"""Word files (.docx) to text: paragraphs and tables in order, then headers, footers and notes. Deleted words are left out."""

from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from kb.importer.flow import Tags, read_flow
from kb.importer.foreign import Foreign
from kb.importer.package import guard, rebuild_package

KIND = "Word"
MAIN = "word/document.xml"
_MOVED = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}moveFrom"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TAGS = Tags(
    text=frozenset({qn("w:t"), _FORMULA}),
    breaks=frozenset({qn("w:p"), qn("w:tr")}),
    spaces=frozenset({qn("w:tab"), qn("w:br"), qn("w:cr")}),
    skipped=frozenset({qn("w:del"), qn("w:pPr"), qn("w:rPr"), _MOVED, _FALLBACK}),
    hyphens=frozenset({qn("w:noBreakHyphen")}),
)
_BESIDE = ("/header", "/footer", "/footnotes", "/endnotes")


def read_word(content: bytes) -> Foreign:
    """Return the text of a Word file; raise UnreadableError where it is none."""
    return guard(_read, rebuild_package(content, MAIN, KIND), KIND)


def _read(package: BytesIO) -> Foreign:
    word = docx.Document(package)
    beside = [relation for relation in word.part.rels.values() if relation.reltype.endswith(_BESIDE)]
    parts = [relation.target_part.blob for relation in beside if not relation.is_external]
    notes = "\n".join(read_flow(parse_xml(part), TAGS) for part in parts if part)
    return Foreign(read_flow(word.element.body, TAGS), notes, made=_made(word))


def _made(word: WordFile) -> datetime | None:
    """Return when the file says it was made; the format gives it in UTC."""
    made = word.core_properties.created
    return made.replace(tzinfo=made.tzinfo or UTC) if made else None
