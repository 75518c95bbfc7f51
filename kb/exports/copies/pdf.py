"""A copy as PDF, by WeasyPrint with the machine's Noto CJK fonts: tagged, with bookmarks, and without the time of making.

It is written in a process of its own: that takes seconds, in which others are answered, and only it needs libraries of the
machine. Nothing is fetched for it: a text cannot make the server read a file or an address.
"""

import subprocess
import sys
from html import escape

from kb.errors import KbError
from kb.exports.copies.copy import Copy, Wanted, make_copy
from kb.exports.copies.page import render_body
from kb.exports.prose import make_prose

_STYLE = """
@page { size: A4; margin: 24mm 22mm 22mm;
  @top-left { content: string(title); font-size: 8pt; color: #55636b; }
  @bottom-left { content: string(named); font-size: 8pt; color: #55636b; }
  @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; color: #55636b; } }
@page :first { @top-left { content: none; } }
html { font: 10.5pt/1.55 "Noto Serif CJK SC", "Noto Serif", serif; color: #1b2328; }
body { string-set: named attr(data-named); overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { font-family: "Noto Sans CJK SC", "Noto Sans", sans-serif; line-height: 1.3; break-after: avoid; }
h1 { font-size: 17pt; string-set: title content(); }
h2 { font-size: 13pt; } h3 { font-size: 11.5pt; } h4, h5, h6 { font-size: 10.5pt; }
.warning { border-left: 3pt solid #9a3b00; padding: 1pt 0 1pt 8pt; margin: 0 0 4pt; }
table { border-collapse: collapse; width: 100%; margin: 8pt 0; }
th, td { border: .5pt solid #c9cfcc; padding: 2pt 5pt; text-align: left;
  vertical-align: top; } .about th { width: 30%; font-weight: normal; color: #55636b; }
.mark { color: #9a3b00; font-size: 9pt; margin: 0; } .label { font-weight: bold; font-size: 9pt; margin: 4pt 0 0; }
.note { border-left: 2pt solid #0b5f63; padding-left: 8pt; font-size: 9.5pt; }
.sources { font-size: 7.5pt; color: #55636b; }
#sources-of-the-text { font-size: 8.5pt; }
a { color: #0b5f63; text-decoration: none; } ul { padding-left: 16pt; margin: 2pt 0; }
"""
REMEMBERED = 256
SECONDS = 120


class PdfUnavailableError(KbError):
    """No PDF can be written on this machine, or not in time."""

    slug = "unavailable"


def export_pdf(wanted: Wanted) -> bytes:
    """Return the copy as PDF; the same copy gives the same bytes.

    Raises PdfUnavailableError where WeasyPrint lacks a library of the machine, or takes longer than SECONDS.
    """
    copy = make_copy(wanted)
    order = [sys.executable, "-m", "weasyprint", "--quiet", "--pdf-tags", "--pdf-identifier", str(copy.citation)]
    order += ["--allowed-protocols", "none", "-", "-"]
    try:
        done = subprocess.run(order, input=_page(copy).encode(), capture_output=True, check=True, timeout=SECONDS)  # noqa: S603 - ours
    except subprocess.TimeoutExpired as error:
        message = f"The PDF of {copy.citation} took longer than {SECONDS} seconds."
        raise PdfUnavailableError(message, "Take another format, or one provision instead of the whole text.") from error
    except subprocess.CalledProcessError as error:
        message = "No PDF can be written: WeasyPrint failed."
        hint = "Install Pango: on Debian apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk."
        raise PdfUnavailableError(message, hint) from error
    return done.stdout


def _page(copy: Copy) -> str:
    body, cited = render_body(copy, make_prose(REMEMBERED, "xhtml")), escape(str(copy.citation))
    return (
        f'<!doctype html><html lang="{copy.tag}"><head><meta charset="utf-8"><title>{escape(copy.title)}</title>'
        f'<meta name="generator" content="Inforce"><meta name="keywords" content="{cited}"><style>{_STYLE}</style></head>'
        f'<body data-named="{cited}">{body}</body></html>'
    )
