"""Every format of a copy: the ending of its files, its media type, and what writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from kb.exports.copies.copy import Wanted
from kb.exports.copies.data import export_json, export_jsonld
from kb.exports.copies.epub import export_epub
from kb.exports.copies.markdown import export_markdown
from kb.exports.copies.pdf import export_pdf
from kb.exports.copies.plain import export_text


@dataclass(frozen=True, slots=True)
class Format:
    """One format; `ending` follows the address of a text after a dot. `is_slow`: it takes seconds."""

    name: str
    ending: str
    media_type: str
    export: Callable[[Wanted], bytes]
    is_slow: bool = False


FORMATS = {
    one.ending: one
    for one in (
        Format("Markdown", "md", "text/markdown", export_markdown),
        Format("TXT", "txt", "text/plain", export_text),
        Format("JSON", "json", "application/json", export_json),
        Format("JSON-LD", "jsonld", "application/ld+json", export_jsonld),
        Format("PDF", "pdf", "application/pdf", export_pdf, is_slow=True),
        Format("EPUB", "epub", "application/epub+zip", export_epub),
    )
}
