"""Lines of a text to a tree of Provisions with anchors, losing none of them.

A line is a heading where a rule of the profile matches it, or where its source marks it as one; every other line belongs to the
text of the heading above it. What stands before the first heading is the preamble, a Provision of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kb.citation import Language
from kb.importer.patterns import ARTICLE, SECTION, HeadingRule, anchor_of, slug_of
from kb.kinds import Kind
from kb.model import Place, Provision, ProvisionText, Status
from kb.problems import Problem
from kb.source.prose import as_body, as_line

SOURCE_KEY = "import"
_PREAMBLE: dict[Language, str] = {"en": "Preamble", "zh": "题注"}
_LEAST_DEPTH, _MOST_DEPTH = 2, 6
_BOLD = re.compile(r"\*\*([^*]{1,300})\*\*[ \t　]*(.*)\Z|__([^_]{1,300})__[ \t　]*(.*)\Z")
_MARKS = "*_ \t　"
# "Article 12 Scope" is a heading, "Article 12 of the Act applies, where …" at the beginning of a line is not.
_LONGEST_TITLE = 120
_SENTENCE_ENDS = (".", ";", ",", "。", "；", "，", ":", "：")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of a source: where it stands, its words, and the depth of its heading, 0 where the source marks it as none."""

    place: Place
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """What the lines of a text gave: the title over it, "" where there is none, its Provisions, and what was met on the way."""

    title: str
    provisions: tuple[Provision, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def articles(self) -> int:
        """How many Provisions are articles."""
        return sum(1 for provision in self.provisions if provision.anchor.startswith("art-"))


@dataclass(slots=True)
class _Node:
    """A heading that is being built: its level and rank, its words, and the lines below it."""

    level: str
    rank: float
    number: str
    heading: str
    place: Place
    lines: list[str] = field(default_factory=list)


def make_outline(lines: Iterable[SourceLine], rules: Sequence[HeadingRule], language: Language, status: Status) -> Outline:
    """Return the outline of a text; `status` is how sure its words are."""
    preamble, nodes = _Preamble(), list[_Node]()
    for line in lines:
        node = _heading(line, rules)
        if node is None and not nodes:
            preamble.add(line)
        elif node is None:
            nodes[-1].lines.append(line.text)
        elif not preamble.take_title(node, nodes):
            nodes.append(node)
    _rank_unnumbered(nodes)
    first = preamble.provision(language, status)
    built, problems = _Builder(nodes, language, status).build()
    return Outline(preamble.title, (*first, *built), tuple(problems))


class _Preamble:
    """What stands before the first numbered heading; its first heading, or the first line where there are none, is the title."""

    def __init__(self) -> None:
        self.title = ""
        self.lines: list[str] = []
        self.place = Place("")

    def add(self, line: SourceLine) -> None:
        """Take a line that is no heading."""
        if not self.place.path:
            self.place = line.place
        self.lines.append(line.text)

    def take_title(self, node: _Node, nodes: Sequence[_Node]) -> bool:
        """Take the first heading as the title, if it has no number and is the widest."""
        if nodes or self.title or node.level or node.rank > 1:
            return False
        self.title = node.heading
        if not self.place.path:
            self.place = node.place
        return True

    def provision(self, language: Language, status: Status) -> tuple[Provision, ...]:
        """Return the preamble as a Provision, nothing where there is none."""
        body = as_body("\n".join(self.lines))
        if not body:
            return ()
        text = ProvisionText(language, _PREAMBLE[language], self.place, body)
        return (Provision("preamble", "", _LEAST_DEPTH, (text,), Kind.NOTE, status=status, sources=(SOURCE_KEY,)),)


def _heading(line: SourceLine, rules: Sequence[HeadingRule]) -> _Node | None:
    """Return what a line begins, None where it is no heading."""
    words = line.text.strip()
    bold = _BOLD.match(words)
    head, rest = ((bold[1] or bold[3]).strip(), (bold[2] or bold[4] or "")) if bold else (words, "")
    for rule in rules if head else ():
        found = rule.match(head)
        if found:
            return _numbered(rule, found, (head, rest), line, marked=bool(line.level or bold))
    if line.level and words:
        return _Node("", line.level, "", as_line(words.strip(_MARKS)) or words, line.place)
    return None


def _numbered(
    rule: HeadingRule, found: tuple[str, str], parts: tuple[str, str], line: SourceLine, *, marked: bool
) -> _Node | None:
    """Return a heading with a number: what follows the number is its title, or already its text."""
    number, matched = found
    head, rest = parts
    after = head[len(matched) :].strip(_MARKS)
    chinese = not number[:1].isascii() or not head[:1].isascii()
    level = line.level
    if marked or not after or (rule.level != ARTICLE and len(after) <= _LONGEST_TITLE and not after.endswith(_SENTENCE_ENDS)):
        title, text = (after, rest) if len(after) <= _LONGEST_TITLE * 4 else ("", f"{after} {rest}")
    elif chinese:
        title, text = "", after
    elif after[:1].isupper() and len(after) <= _LONGEST_TITLE and not after.endswith(_SENTENCE_ENDS):
        title, text = after, ""
    elif matched.rstrip().endswith((".", ":")):
        title, text = "", after
    else:
        return None
    name = matched.strip(_MARKS + ":：、")
    node = _Node(rule.level, rule.rank + level / 1000, number, as_line(f"{name} {title}"), line.place)
    node.lines += [text] if text.strip() else []
    return node
