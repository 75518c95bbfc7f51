"""Every format of a copy: the ending of its files, its media type, and what writes it."""

from collections.abc import Callable
from dataclasses import dataclass

from kb.citation import Citation
from kb.exports.copies.copy import Wanted
from kb.exports.copies.data import export_json, export_jsonld
from kb.exports.copies.epub import export_epub
from kb.exports.copies.interchange import export_legalize_file, export_xml
from kb.exports.copies.markdown import export_markdown
from kb.exports.copies.pdf import export_pdf
from kb.exports.copies.plain import export_text


@dataclass(frozen=True, slots=True)
class Format:
    """One format; `ending` follows the address of a text after a dot.

    `is_slow`: it takes seconds. `is_whole`: it is a format of Versions alone, not of a Provision by itself.
    """

    name: str
    ending: str
    media_type: str
    export: Callable[[Wanted], bytes]
    is_slow: bool = False
    is_whole: bool = False


FORMATS = {
    one.ending: one
    for one in (
        Format("Markdown", "md", "text/markdown", export_markdown),
        Format("TXT", "txt", "text/plain", export_text),
        Format("JSON", "json", "application/json", export_json),
        Format("JSON-LD", "jsonld", "application/ld+json", export_jsonld),
        Format("Akoma Ntoso", "xml", "application/akn+xml", export_xml, is_whole=True),
        Format("Legalize", "legalize.md", "text/markdown", export_legalize_file, is_whole=True),
        Format("PDF", "pdf", "application/pdf", export_pdf, is_slow=True),
        Format("EPUB", "epub", "application/epub+zip", export_epub),
    )
}


def formats_of(citation: Citation) -> tuple[Format, ...]:
    """Return the formats that a Version, or a Provision, is to be had in."""
    return tuple(one for one in FORMATS.values() if not (one.is_whole and citation.anchor))
