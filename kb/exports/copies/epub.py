"""A copy as an EPUB 3: one text, its table of contents, and what there is to know of it. The same copy gives the same bytes."""

from datetime import date
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from kb.exports.copies.copy import Copy, Wanted, make_copy
from kb.exports.copies.page import render_body
from kb.exports.copies.words import say
from kb.exports.prose import make_prose
from kb.interval import PartialDate
from kb.model import Version

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can tell: the files of a copy have no time of their own
_STYLE = """body { line-height: 1.6; }
.warning { border-left: 3px solid #9a3b00; padding-left: .6em; } .mark { color: #9a3b00; }
table { border-collapse: collapse; }
th, td { border: 1px solid #c9cfcc; padding: .15em .4em; text-align: left; vertical-align: top; }
.label { font-weight: bold; margin-bottom: 0; } .note { border-left: 2px solid #0b5f63; padding-left: .6em; }
.sources { font-size: .8em; overflow-wrap: anywhere; } .about td { overflow-wrap: anywhere; }
"""
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="text/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
REMEMBERED = 256


def export_epub(wanted: Wanted) -> bytes:
    """Return the copy as an EPUB 3."""
    copy = make_copy(wanted)
    content = BytesIO()
    with ZipFile(content, "w") as package:
        _put(package, "mimetype", "application/epub+zip", ZIP_STORED)
        _put(package, "META-INF/container.xml", _CONTAINER)
        _put(package, "text/package.opf", _package(copy, wanted))
        _put(package, "text/nav.xhtml", _page(copy, _contents(copy)))
        _put(package, "text/text.xhtml", _page(copy, render_body(copy, make_prose(REMEMBERED, "xhtml"))))
        _put(package, "text/style.css", _STYLE)
    return content.getvalue()


def _put(package: ZipFile, name: str, text: str, compression: int = ZIP_DEFLATED) -> None:
    package.writestr(ZipInfo(name, _EARLIEST), text.encode(), compression)


def _page(copy: Copy, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{copy.tag}" xml:lang="{copy.tag}"><head><meta charset="utf-8"/>'
        f'<title>{escape(copy.title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body>{body}</body></html>\n"
    )


def _contents(copy: Copy) -> str:
    title = escape(say("contents", copy.language))
    entries = "".join(f'<li><a href="text.xhtml#{escape(part.anchor)}">{escape(part.heading)}</a></li>' for part in copy.parts)
    return f'<nav epub:type="toc" id="toc"><h1>{title}</h1><ol>{entries}</ol></nav>'


def _package(copy: Copy, wanted: Wanted) -> str:
    """Return the package document; it says when the text was last put right, for want of which its first day stands."""
    issuer = wanted.records.corpus.regulation(wanted.version.regulation).issuer.text(copy.language)
    described = escape(" ".join(copy.warnings))
    name = escape(f"urn:inforce:{copy.citation}:{copy.language}")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        f'unique-identifier="name" xml:lang="{copy.tag}"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="name">{name}</dc:identifier><dc:title>{escape(copy.title)}</dc:title>'
        f"<dc:language>{copy.tag}</dc:language><dc:creator>{escape(issuer or 'Inforce')}</dc:creator>"
        f"<dc:source>{escape(wanted.address)}</dc:source><dc:description>{described}</dc:description>"
        f'<meta property="dcterms:modified">{_modified(wanted.version)}T00:00:00Z</meta></metadata>'
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="style" href="style.css" media-type="text/css"/></manifest>'
        '<spine><itemref idref="text"/></spine></package>\n'
    )


def _modified(version: Version) -> date:
    return max((correction.day for correction in version.corrections), default=PartialDate.parse(version.label).earliest)
