"""What became of every Provision of a corpus when its text was replaced: a graph whose steps lead forward in time.

Texts are joined where a researched Concordance row says so, or where the next Version of one Regulation has a place of the
same name. What no row speaks of is joined to nothing: `kb.likeness` may propose, and its proposals stay apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise, product

from kb.citation import Citation
from kb.corpus import Corpus
from kb.line import ConcordanceKind, ConcordanceRow, Line
from kb.model import Bilingual, Provision, Regulation, Status, Version
from kb.stage import Stage

_NOTHING = Bilingual()


class Basis(StrEnum):
    """Why two texts are joined or set side by side; the last three only suggest.

    A row of a Concordance says so, or another Version of the Regulation has the place by the same name. A suggestion rests on
    one number and like words in two Regulations, on like words alone, or on a reader's choice.
    """

    RESEARCHED = "researched"
    ANCHOR = "anchor"
    NUMBER = "number"
    SIMILARITY = "similarity"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where one Version gave way to another; `rows` are None where nobody researched which article became which.

    `line` is the Line they stand in, None for the Versions of one Regulation and for a repeal outside any Line.
    """

    old: Version
    new: Version
    line: Line | None = None
    rows: tuple[ConcordanceRow, ...] | None = None

    @property
    def is_succession(self) -> bool:
        """Whether the new Version stands in the place of the old; a repeal outside any Line does not say so."""
        return self.line is not None or self.old.regulation == self.new.regulation

    @property
    def pair(self) -> tuple[Citation, Citation]:
        """The names of both Versions."""
        return self.old.citation, self.new.citation


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one text at a Boundary. A side is None where the text is new, dropped, or its counterpart not known.

    The parts narrow the sides where only a part of the Provision is meant.
    """

    boundary: Boundary
    old: Stage | None
    new: Stage | None
    kind: ConcordanceKind
    basis: Basis
    status: Status
    note: Bilingual = _NOTHING
    old_part: Bilingual = _NOTHING
    new_part: Bilingual = _NOTHING

    @property
    def says_nothing(self) -> bool:
        """Whether it only says that the counterpart is not known."""
        return self.kind is ConcordanceKind.UNKNOWN and None in (self.old, self.new)


class Lineage:
    """The steps between the Provisions of a corpus, by the text they lead out of and into; immutable once built."""

    __slots__ = ("_into", "_out_of", "boundaries", "corpus")

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.boundaries = _find_boundaries(corpus)
        self._out_of: dict[Citation, list[Step]] = {}
        self._into: dict[Citation, list[Step]] = {}
        for step in (step for boundary in self.boundaries for step in _find_steps(corpus, boundary)):
            if step.old:
                self._out_of.setdefault(step.old.citation, []).append(step)
            if step.new:
                self._into.setdefault(step.new.citation, []).append(step)

    def became(self, stage: Stage) -> tuple[Step, ...]:
        """Return what became of the text when its Version was replaced."""
        return tuple(self._out_of.get(stage.citation, ()))

    def came_from(self, stage: Stage) -> tuple[Step, ...]:
        """Return where the text came from."""
        return tuple(self._into.get(stage.citation, ()))

    def after(self, version: Version) -> tuple[Boundary, ...]:
        """Return the Boundaries at which the Version gave way to another."""
        return tuple(one for one in self.boundaries if one.old is version)

    def before(self, version: Version) -> tuple[Boundary, ...]:
        """Return the Boundaries at which the Version took the place of another."""
        return tuple(one for one in self.boundaries if one.new is version and one.is_succession)

    def stages(self, citation: Citation) -> tuple[Stage, ...]:
        """Return the texts that a Provision had in the Versions of its Regulation, oldest first, or that of the Version named.

        Raises NotHeldError where there is none.
        """
        regulation = self.corpus.regulation(citation.regulation)
        named = [self.corpus.version(citation)] if citation.version else _in_order(regulation.versions)
        found = tuple(_find_stages(named, citation.anchor))
        if not found:
            latest = named[-1].label if named else citation.version
            self.corpus.provision(citation.at(latest), date.max)
        return found


def _find_boundaries(corpus: Corpus) -> tuple[Boundary, ...]:
    """Return every Boundary, oldest first: each pair of Versions once, with all rows that speak of it."""
    found: dict[tuple[Citation, Citation], Boundary] = {}
    for boundary in (*_find_in_lines(corpus), *_find_others(corpus)):
        if not boundary.old.interval.start < boundary.new.interval.start:
            continue
        first = found.setdefault(boundary.pair, boundary)
        if first is not boundary and boundary.rows is not None:
            rows = (*(first.rows or ()), *boundary.rows)
            found[boundary.pair] = Boundary(first.old, first.new, first.line or boundary.line, rows)
    return tuple(sorted(found.values(), key=lambda one: (one.new.interval.start, one.old.interval.start, one.pair)))


def _find_in_lines(corpus: Corpus) -> Iterator[Boundary]:
    for line in corpus.lines.values():
        for concordance in line.concordances:
            for old, new in _pair(corpus, (concordance.old, concordance.new)):
                yield Boundary(old, new, line, concordance.rows)
        for track in line.tracks:
            for old, new in _pair(corpus, line.regulations(track)):
                yield Boundary(old, new, line)


def _pair(corpus: Corpus, ids: Iterable[str]) -> Iterator[tuple[Version, Version]]:
    """Yield the last Version of each Regulation with the first of the next; those without text are passed over."""
    held = [corpus.regulations[id_] for id_ in ids if id_ in corpus.regulations and corpus.regulations[id_].versions]
    for old, new in pairwise(held):
        yield _in_order(old.versions)[-1], _in_order(new.versions)[0]


def _find_others(corpus: Corpus) -> Iterator[Boundary]:
    """Yield those between the Versions of one Regulation, and those at a repeal."""
    for regulation in corpus.regulations.values():
        for old, new in pairwise(_in_order(regulation.versions)):
            yield Boundary(old, new)
    for version in corpus.versions():
        by = version.repealed_by
        repealing = corpus.regulations.get(by.regulation) if by else None
        if by is None or repealing is None or not repealing.versions:
            continue
        named = repealing.find(by.version) if by.version else _in_order(repealing.versions)[0]
        if named:
            yield Boundary(version, named, _shared_line(corpus, version, named))


def _shared_line(corpus: Corpus, old: Version, new: Version) -> Line | None:
    lines = corpus.lines_of(new.regulation)
    return next((line for line in corpus.lines_of(old.regulation) if line in lines), None)


def _find_steps(corpus: Corpus, boundary: Boundary) -> Iterator[Step]:
    if boundary.old.regulation == boundary.new.regulation:
        yield from _find_same_anchors(boundary)
    old, new = corpus.regulations[boundary.old.regulation], corpus.regulations[boundary.new.regulation]
    for row in boundary.rows or ():
        yield from _expand(row, boundary, (old, new))


def _expand(row: ConcordanceRow, boundary: Boundary, sides: tuple[Regulation, Regulation]) -> Iterator[Step]:
    """Yield a step for each pair that the row joins, or for each side that it leaves without a counterpart.

    The row speaks of the last text that the old Regulation gave the article, and of the first that the new one did.
    """
    latest_first = tuple(reversed(_in_order(sides[0].versions)))
    olds: list[Stage | None] = [stage for anchor in row.old for stage in _find_stages(latest_first, anchor, limit=1)]
    news: list[Stage | None] = [
        stage for anchor in row.new for stage in _find_stages(_in_order(sides[1].versions), anchor, limit=1)
    ]
    for old, new in product(olds or [None], news or [None]):
        if old or new:
            yield Step(boundary, old, new, row.kind, Basis.RESEARCHED, row.status, row.change, *row.parts)


def _find_same_anchors(boundary: Boundary) -> Iterator[Step]:
    """Yield a step for each place of the old Version that the new one has by the same name."""
    for provision in boundary.old.provisions:
        other = boundary.new.find(provision.anchor)
        if other:
            kind = ConcordanceKind.SAME if _rules(provision) == _rules(other) else ConcordanceKind.REWORDED
            old, new = Stage(boundary.old, provision), Stage(boundary.new, other)
            status = Status.weakest((provision.status, other.status))
            yield Step(boundary, old, new, kind, Basis.ANCHOR, status)


def _rules(provision: Provision) -> dict[str, tuple[str, ...]]:
    return {text.language: text.rule for text in provision.texts}


def _find_stages(versions: Iterable[Version], anchor: str, *, limit: int = 0) -> Iterator[Stage]:
    """Yield the texts that the Versions give to the anchor, in their order; no more than `limit`, where it is not 0."""
    found = 0
    for version in versions:
        provision = version.find(anchor)
        if provision:
            found += 1
            yield Stage(version, provision)
        if limit and found == limit:
            return


def _in_order(versions: Iterable[Version]) -> tuple[Version, ...]:
    return tuple(sorted(versions, key=lambda version: (version.interval.start, version.label)))
