"""The body of a Version file: headings with anchors become Provisions in one language.

### Article 8 Abnormal-information list {#art-8 kind=consequence status=verified source="s2 s3"}

Customs puts an enterprise on the list if it:

1. does not file the annual report;

**Key facts**

- 2 listing grounds

**Duties**

- File the annual report. {#report does=must every=1y}

> A note for the reader, no part of the rule.

**See also:** #art-7; gacc-order-225#art-6
"""

import re
from dataclasses import dataclass, replace

from markdown.extensions.attr_list import get_attrs_and_remainder

from kb.citation import Citation, TextLanguage, is_anchor
from kb.errors import InvalidCitationError
from kb.model import Place, ProvisionText
from kb.problems import Problem
from kb.source.duty_block import DUTIES, parse_duties
from kb.source.front_matter import Document

_HEADING = re.compile(r"(#{2,6})\s+(.*?)\s*(?:\{:?([^{}]*)\})?\s*\Z")
_FACTS = {"**Key facts**", "**要点**"}
_SEE = re.compile(r"\*\*(?:See also:|参见：)\*\*\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as written: depth, attributes as text, and the words that follow it."""

    depth: int
    attributes: dict[str, str]
    text: ProvisionText

    @property
    def anchor(self) -> str:
        """Its id, "" where it has none."""
        return self.attributes.get("id", "")


def parse_headings(
    document: Document, path: str, language: TextLanguage, regulation: str
) -> tuple[list[Heading], list[Problem]]:
    """Return the headings of a Version file in order, and the Problems met."""
    problems: list[Problem] = []
    headings: list[Heading] = []
    for chunk in _chunks(document, path, problems):
        match, place = _HEADING.match(chunk[0][1]), Place(path, chunk[0][0])
        if match is None:
            hint = "Write `### Article 12 … {#art-12 …}`, with two to six # and a space."
            problems.append(Problem(place, "malformed-heading", "This line is no heading.", hint, loads=False))
            continue
        attributes: dict[str, str] = dict(get_attrs_and_remainder(match[3] or "")[0])
        if not is_anchor(attributes.get("id", "x")):
            hint = "Use small letters, digits and single hyphens, as in art-12-1."
            message = f"{attributes['id']!r} is not an anchor."
            problems.append(Problem(place, "malformed-anchor", message, hint, loads=False))
        if not attributes.get("id"):
            hint = "Give it one: {#art-12 …}."
            problems.append(Problem(place, "missing-anchor", f"The heading {match[2]!r} has no anchor.", hint, loads=False))
            continue
        text = _parse_text(chunk[1:], ProvisionText(language, match[2], place), regulation, problems)
        headings.append(Heading(len(match[1]), attributes, text))
    return headings, problems


def _chunks(document: Document, path: str, problems: list[Problem]) -> list[list[tuple[int, str]]]:
    """Cut the body at its headings; each chunk is a list of (line number, line)."""
    chunks: list[list[tuple[int, str]]] = []
    for number, line in enumerate(document.body.splitlines(), document.body_line):
        if line.startswith("#"):
            chunks.append([(number, line)])
        elif chunks:
            chunks[-1].append((number, line))
        elif line.strip():
            hint = "Put it under a heading, or into the note of regulation.md."
            problems.append(
                Problem(Place(path, number), "stray-text", "Text stands before the first heading.", hint, loads=False)
            )
    return chunks


def _parse_text(lines: list[tuple[int, str]], empty: ProvisionText, regulation: str, problems: list[Problem]) -> ProvisionText:
    body: list[str] = []
    facts: list[str] = []
    notes: list[str] = []
    see: list[Citation] = []
    in_facts = False
    blocks, listed_duties = _take_duties(_blocks(lines))
    duties = parse_duties(listed_duties, empty.place.path, problems)
    for number, block in blocks:
        pointer = _SEE.match(block)
        title, _, rest = block.partition("\n")
        opens_facts = title in _FACTS
        in_facts = in_facts or opens_facts
        listed = rest if opens_facts else block
        if opens_facts and rest and not rest.startswith("- "):
            message = "Text stands between the title of the figures and their list."
            place = Place(empty.place.path, number + 1)
            problems.append(Problem(place, "stray-text", message, "Begin each figure with `- `.", loads=False))
        if in_facts and (opens_facts or listed.startswith("- ")):
            facts += [" ".join(item.split()) for item in f"\n{listed}".split("\n- ")[1:]]
        elif block.startswith(">"):
            notes.append("\n".join(line.removeprefix(">").strip() for line in block.splitlines()))
        elif pointer:
            see += _parse_see(pointer[1], Place(empty.place.path, number), regulation, problems)
        else:
            body.append(block)
    joined = "\n\n".join(body)
    return replace(empty, body=joined, facts=tuple(facts), note="\n\n".join(notes), see=tuple(see), duties=duties)


def _take_duties(blocks: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Part the blocks: those that remain, and the lines of the list of duties with their numbers.

    The list is what stands below its title, in the same block or in the blocks after it that begin as a list.
    """
    others: list[tuple[int, str]] = []
    duties: list[tuple[int, str]] = []
    inside = False
    for number, block in blocks:
        title, *rest = block.splitlines()
        opens = title in DUTIES
        inside = opens or (inside and block.startswith("- "))
        if inside:
            shift = number + opens
            duties += [(shift + index, line) for index, line in enumerate(rest if opens else [title, *rest])]
        else:
            others.append((number, block))
    return others, duties


def _blocks(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Join lines into blocks parted by blank lines; each comes with the number of its first line."""
    blocks: list[tuple[int, list[str]]] = []
    fresh = True
    for number, line in lines:
        if not line.strip():
            fresh = True
        elif fresh:
            blocks.append((number, [line.rstrip()]))
            fresh = False
        else:
            blocks[-1][1].append(line.rstrip())
    return [(number, "\n".join(block)) for number, block in blocks]


def _parse_see(text: str, place: Place, regulation: str, problems: list[Problem]) -> list[Citation]:
    citations = []
    for part in re.split(r"[;；]", text):
        name = part.strip()
        if not name:
            continue
        try:
            citations.append(Citation.parse(regulation + name if name.startswith("#") else name))
        except InvalidCitationError as error:
            problems.append(Problem(place, "malformed-citation", error.message, error.hint, loads=False))
    return citations
