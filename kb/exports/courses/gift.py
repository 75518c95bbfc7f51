"""The questions of a course in GIFT, Moodle's format of plain text."""

import re

from kb.exports.courses.questions import Question
from kb.exports.courses.script import Script

# these begin something in GIFT; so does a backslash itself
_SPECIAL = re.compile(r"([\\~=#{}:])")


def export_gift(script: Script) -> bytes:
    """Return every question as GIFT in UTF-8, parted by blank lines."""
    head = f"// {_one_line(script.title)} ({script.day})\n$CATEGORY: $course$/top/{_one_line(script.title)} ({script.day})"
    return "\n\n".join((head, *(_question(number, question) for number, question in script.numbered()), "")).encode()


def escape(text: str) -> str:
    r"""Return words so that GIFT reads them as they are.

    >>> escape("a=b {c} 1:2")
    'a\\=b \\{c\\} 1\\:2'
    """
    return _SPECIAL.sub(r"\\\1", _one_line(text))


def _question(number: str, question: Question) -> str:
    options = "\n".join(
        f"\t{'=' if index == question.right else '~'}{escape(option)}" for index, option in enumerate(question.options)
    )
    name = f"{number} {question.citation} {question.day} {question.language}"
    return f"::{escape(name)}::[plain]{escape(question.prompt)} {{\n{options}\n\t####{escape(question.why)}\n}}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
