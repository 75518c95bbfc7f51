r"""Any words to words that a file of the corpus can hold, losing none.

A file parts its pieces by marks at the beginnings of lines: a heading by `#`, a note by `>`, the figures by a line of their
own. Words that begin so by chance are marked in a way that reads the same to a reader of Markdown. Trailing spaces, and more
than one empty line in a row, carry nothing and go.
"""

import re

_HEADING = re.compile(r"^#", re.MULTILINE)
_QUOTATION = re.compile(r"(\A|\n\n)>")
_TITLE = re.compile(r"^\*\*(Key facts|要点|Duties|义务|See also:|参见：)\*\*", re.MULTILINE)
_MARKED = re.compile(r"^## .*\{lang=(?:en|zh)\}[ \t]*$", re.MULTILINE)
_GAP = re.compile(r"\n{3,}")


def as_line(text: str) -> str:
    r"""Return the text on one line, as a title, a figure or the words of a duty must stand.

    >>> as_line(" Article 1\n  Scope ")
    'Article 1 Scope'
    """
    return " ".join(text.split())


def as_body(text: str) -> str:
    r"""Return Markdown text as the body of a Provision can hold it.

    >>> as_body("# not a heading\r\n\n\n> a quotation  ")
    '\\# not a heading\n\n > a quotation'
    """
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    body = _GAP.sub("\n\n", lines).strip("\n")
    body = _HEADING.sub(r"\\#", body)
    body = _QUOTATION.sub(r"\1 >", body)
    return _TITLE.sub(r"__\1__", body)


def as_remark(text: str) -> str:
    """Return Markdown text as the reader's note of a Regulation can hold it."""
    lines = "\n".join(text.splitlines()).strip()
    return _MARKED.sub(r"\\\g<0>", lines)


def as_note(text: str) -> str:
    """Return the text as a note of a Provision can hold it."""
    return "\n".join(line.strip() for line in text.splitlines()).strip("\n")
