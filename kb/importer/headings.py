"""A line of a text to the heading that it is, if it is one.

"Article 12 Scope" is a heading; "Article 12 of the Act applies, where …" at the beginning of a line is not, and no words are
lost by that: the line then belongs to the text above it. What the source itself marks, by `#`, by bold type or as a heading of
a page, is believed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.importer.patterns import ARTICLE, SECTION, HeadingRule
from kb.model import Place
from kb.source.prose import as_line

_BOLD = re.compile(r"(\*\*|__)([^*_]{1,300})\1[ \t　]*(.*)\Z")
_MARKS = "*_ \t　"
_LONGEST_TITLE = 120
_SENTENCE_ENDS = (".", ";", ",", ":", "。", "；", "，", "：")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of a source: where it stands, its words, and the depth of its heading, 0 where the source marks it as none.

    `anchor` is the name that the source itself gives to the provision of a heading.
    """

    place: Place
    text: str
    depth: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a text: its level, "" where it has no number, and rank, the lower the wider; its number and its words.

    `text` is what of the line already belongs to the words below it; `depth` is that of the source, 0 where it gives none.
    """

    level: str
    rank: float
    number: str
    words: str
    text: str
    line: SourceLine


def find_heading(line: SourceLine, rules: Sequence[HeadingRule]) -> Heading | None:
    """Return the heading that a line is, None where it is none."""
    words = line.text.strip()
    bold = _BOLD.match(words)
    head, rest = (bold[2].strip(), bold[3]) if bold else (words, "")
    for rule in rules if head else ():
        found = rule.match(head)
        if found:
            number, name = found
            after = head[len(name) :].strip(_MARKS)
            parts = (after, rest) if bold or line.depth else _part(rule.level, name, after)
            return _heading(rule, number, name, parts, line) if parts else None
    if line.depth and words:
        return Heading("", float(line.depth), "", as_line(words.strip(_MARKS)) or words, "", line)
    return None


def _heading(rule: HeadingRule, number: str, name: str, parts: tuple[str, str], line: SourceLine) -> Heading:
    title, text = parts
    # what the source names by an anchor of its own is kept as it is written
    words = line.text if line.anchor else f"{name.strip(_MARKS + ':：、')} {title}"
    return Heading(rule.level, rule.rank, number, as_line(words), text, line)


def _part(level: str, name: str, after: str) -> tuple[str, str] | None:
    """Part what follows the number of an unmarked line into title and text; None where the line cannot be a heading."""
    is_title = len(after) <= _LONGEST_TITLE and not after.endswith(_SENTENCE_ENDS)
    if not after:
        return "", ""
    if level not in (ARTICLE, SECTION):
        return (after, "") if is_title and not after[:1].islower() else None
    if not name.strip()[-1:].isascii() or name.startswith("第"):
        return (after, "") if level != ARTICLE and is_title else ("", after)
    if is_title and not after[:1].islower():
        return after, ""
    return ("", after) if name.rstrip().endswith((".", ":")) else None
