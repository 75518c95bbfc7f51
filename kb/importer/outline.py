"""Lines of a text to a tree of Provisions with anchors, losing none of them.

A line is a heading, or it belongs to the text of the heading above it. What stands before the first heading is the preamble, a
Provision of its own. Numbers that run through a text name their provisions alone (art-12); others do so within the part they
lie in (chapter-2-section-1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.citation import TextLanguage
from kb.importer.headings import Heading, SourceLine, find_heading
from kb.importer.patterns import ANNEX, ARTICLE, SECTION, HeadingRule, anchor_of, slug_of
from kb.kinds import Kind
from kb.model import Place, Provision, ProvisionText, Status
from kb.problems import Problem
from kb.source.prose import as_body

SOURCE_KEY = "import"
_PREAMBLE: dict[TextLanguage, str] = {"en": "Preamble", "zh": "题注"}
_LEAST_DEPTH, _MOST_DEPTH = 2, 6


@dataclass(frozen=True, slots=True)
class Outline:
    """What the lines of a text gave: the title over it, "" where there is none, its Provisions, and what was met on the way."""

    title: str
    provisions: tuple[Provision, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is read: by which rules, in which language, and how sure its words are."""

    rules: tuple[HeadingRule, ...]
    language: TextLanguage
    status: Status


@dataclass(slots=True)
class _Node:
    heading: Heading
    rank: float
    lines: list[str]


@dataclass(frozen=True, slots=True)
class _Open:
    """A part that the next heading may lie in."""

    rank: float
    depth: int
    anchor: str
    in_annex: bool


def make_outline(lines: Iterable[SourceLine], manner: Manner) -> Outline:
    """Return the outline of a text."""
    nodes: list[_Node] = []
    before: list[SourceLine] = []
    title: Heading | None = None
    for line in lines:
        heading = find_heading(line, manner.rules)
        if heading is None:
            (nodes[-1].lines.append(line.text) if nodes else before.append(line))
        elif not nodes and title is None and not heading.level and line.depth == 1:
            title = heading
        else:
            nodes.append(_Node(heading, heading.rank, [heading.text] if heading.text.strip() else []))
    _rank_unnumbered(nodes)
    builder = _Builder(nodes, manner)
    provisions = (*_preamble(before, manner), *builder.build())
    return Outline(title.words if title else "", provisions, tuple(builder.problems))


def _preamble(lines: Sequence[SourceLine], manner: Manner) -> tuple[Provision, ...]:
    """Return what stands before the first heading as a Provision, nothing where nothing does."""
    body = as_body("\n".join(line.text for line in lines))
    if not body:
        return ()
    place = next(line.place for line in lines if line.text.strip())
    text = ProvisionText(manner.language, _PREAMBLE.get(manner.language, _PREAMBLE["en"]), place, body)
    provision = Provision("preamble", "", _LEAST_DEPTH, (text,), Kind.NOTE, status=manner.status, sources=(SOURCE_KEY,))
    return (provision,)


def _rank_unnumbered(nodes: Sequence[_Node]) -> None:
    """Rank headings without a number by the numbered ones of the same depth in the source, else below those less deep."""
    learned: dict[int, float] = {}
    for node in nodes:
        depth = node.heading.line.depth
        if node.heading.level and depth:
            learned[depth] = min(node.rank, learned.get(depth, node.rank))
    for node in nodes:
        if not node.heading.level:
            depth = node.heading.line.depth
            wider = [rank for other, rank in learned.items() if other < depth]
            node.rank = learned.get(depth, max(wider, default=-1) + 0.5 + depth / 100)


class _Builder:
    """Headings in order to Provisions, each under the nearest wider one before it."""

    def __init__(self, nodes: Sequence[_Node], manner: Manner) -> None:
        self.nodes = nodes
        self.manner = manner
        self.problems: list[Problem] = []
        self._levels = {node.heading.level for node in nodes}
        self._taken: dict[str, Place] = {}
        self._unnamed: dict[str, int] = {}

    def build(self) -> list[Provision]:
        """Return the Provisions in order."""
        placed: list[tuple[_Node, str, _Open]] = []
        path: list[_Open] = []
        for node in self.nodes:
            while path and path[-1].rank >= node.rank:
                path.pop()
            depth = min(_LEAST_DEPTH + len(path), _MOST_DEPTH)
            while path and path[-1].depth >= depth:
                path.pop()
            parent = path[-1] if path else _Open(-1, 1, "", in_annex=False)
            in_annex = parent.in_annex or node.heading.level == ANNEX
            here = _Open(node.rank, depth, self._anchor(node.heading, parent), in_annex)
            path.append(here)
            placed.append((node, parent.anchor, here))
        following = [*(here.depth for _, _, here in placed[1:]), 0][: len(placed)]
        return [self._provision(*one, groups=deeper > one[2].depth) for one, deeper in zip(placed, following, strict=True)]

    def _provision(self, node: _Node, parent: str, here: _Open, *, groups: bool) -> Provision:
        body = as_body("\n".join(node.lines))
        text = ProvisionText(self.manner.language, node.heading.words, node.heading.line.place, body)
        if groups and not body:
            return Provision(here.anchor, parent, here.depth, (text,))
        return Provision(here.anchor, parent, here.depth, (text,), status=self.manner.status, sources=(SOURCE_KEY,))

    def _anchor(self, heading: Heading, parent: _Open) -> str:
        own = anchor_of(heading.level, heading.number) if heading.level else slug_of(heading.words)
        if not own:
            count = self._unnamed[parent.anchor] = self._unnamed.get(parent.anchor, 0) + 1
            own = f"heading-{count}"
        elif own[0].isdigit():
            own = f"heading-{own}"
        nested = f"{parent.anchor}-{own}" if parent.anchor else own
        if heading.line.anchor:
            return self._free(heading.line.anchor, nested, heading)
        return self._free(own if self._runs_through(heading) and not parent.in_annex else nested, nested, heading)

    def _runs_through(self, heading: Heading) -> bool:
        """Whether the numbers of a heading's level run through the whole text: of articles, or else of sections."""
        return heading.level == ARTICLE or (heading.level == SECTION and ARTICLE not in self._levels)

    def _free(self, wanted: str, nested: str, heading: Heading) -> str:
        """Return an anchor that is not taken yet, and note a Problem where it is not the one wanted."""
        anchor, count = wanted, 1
        if wanted in self._taken:
            anchor = nested
            while anchor in self._taken:
                anchor = f"{wanted}-again" if count == 1 else f"{wanted}-again-{count}"
                count += 1
            message = f"{heading.words[:40]!r} has the number of line {self._taken[wanted].line}; it is named #{anchor}."
            hint = "Look whether the text holds another one, such as an annex or a decision."
            self.problems.append(Problem(heading.line.place, "number-again", message, hint))
        self._taken[anchor] = heading.line.place
        return anchor
