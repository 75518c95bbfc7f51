"""Two Versions set side by side, provision by provision: what was reworded, is new, was dropped, and on what that rests."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kb.alignment import Pair, align, in_reading_order
from kb.citation import Citation, TextLanguage
from kb.corpus import Corpus
from kb.errors import AmbiguousError, NotHeldError
from kb.kinds import Held, TextKind
from kb.likeness import Likeness
from kb.line import ConcordanceKind
from kb.lineage import Basis, Lineage
from kb.model import Provision, Version, languages_of
from kb.succession import find_succession
from kb.wording import Wording, compare_wording
from kb.words import Segment

_APART = (ConcordanceKind.UNKNOWN, ConcordanceKind.NEW, ConcordanceKind.DROPPED)


class RowKind(StrEnum):
    """What became of provisions; in the order in which a summary counts them."""

    REWORDED = "reworded"
    NEW = "new"
    DROPPED = "dropped"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    FORMAT_ONLY = "format_only"
    SAME = "same"
    UNKNOWN = "unknown"
    NOT_HELD = "not_held"

    @property
    def is_change(self) -> bool:
        """Whether a reader of the changes alone should see it: what is not known may be one; what is not held says nothing."""
        return self not in (RowKind.SAME, RowKind.FORMAT_ONLY, RowKind.NOT_HELD)


@dataclass(frozen=True, slots=True)
class Row:
    """Provisions that answer to each other, what became of them, and how their words changed.

    `wordings` are by language, and empty where a side has no text held, or where by research one did not become the other.
    Rows on parts of the same provisions have the same wordings, those of the provisions as a whole.
    """

    kind: RowKind
    pair: Pair
    wordings: tuple[tuple[TextLanguage, Wording], ...] = ()

    @property
    def lacks_text(self) -> bool:
        """Whether the text of one of its provisions is not held."""
        return not self.pair.has_text


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two Versions compared: the rows in the reading order of the new text; `through` lies between by research."""

    old: Version
    new: Version
    rows: tuple[Row, ...]
    through: tuple[str, ...] = ()
    is_researched: bool = False

    @property
    def counts(self) -> tuple[tuple[RowKind, int], ...]:
        """How many rows there are of each kind, kinds without one left out."""
        counted = Counter(row.kind for row in self.rows)
        return tuple((kind, counted[kind]) for kind in RowKind if counted[kind])

    @property
    def changes(self) -> tuple[Row, ...]:
        """The rows that are changes, or may be."""
        return tuple(row for row in self.rows if row.kind.is_change)

    def of(self, old: str, new: str) -> "Comparison":
        """Return what it says on two provisions, or on those of a chapter, by their anchors; either may be "" for all."""
        olds, news = _within(self.old, old), _within(self.new, new)
        rows = tuple(row for row in self.rows if _touches(row.pair.old, olds) and _touches(row.pair.new, news))
        return replace(self, rows=rows)


def compare_versions(lineage: Lineage, old: Version, new: Version, segment: Segment) -> Comparison:
    """Compare two Versions of one Regulation or of two; `segment` parts Chinese text into words."""
    one = old.regulation == new.regulation
    succession = None if one else find_succession(lineage.boundaries, old.regulation, new.regulation)
    pairs = align(old, new, succession, Likeness(old, new))
    sides = _Sides(old, new, lineage.corpus.regulation(old.regulation).versions if one else ())
    rows = tuple(_rows(sides, pairs, segment))
    return Comparison(old, new, rows, succession.through if succession else (), succession is not None)


def choose_version(corpus: Corpus, citation: Citation, day: date | None = None) -> Version:
    """Return the Version that a side of a comparison names: its own, the only one of its Regulation, or that of `day`.

    Raises NotHeldError where there is none or it lacks the place cited, AmbiguousError with the choices where several are.
    """
    version = corpus.version(citation) if citation.version else _only_version(corpus, citation, day)
    if citation.anchor:
        corpus.provision(citation.at(version.label), version.interval.start.earliest)
    return version


def _only_version(corpus: Corpus, citation: Citation, day: date | None) -> Version:
    versions = corpus.regulation(citation.regulation).versions
    if len(versions) == 1:
        return versions[0]
    if day and versions:
        return corpus.version_on(citation, day)
    if not versions:
        raise NotHeldError(f"No text of {citation.regulation} is held.", "Name a regulation that has a version.")
    choices = tuple(str(replace(citation, version=version.label)) for version in versions)
    hint = f"Name one of them, or a day: {', '.join(choices)}."
    raise AmbiguousError(f"{citation.regulation} has {len(versions)} versions.", hint, choices)


def find_before(corpus: Corpus, version: Version) -> Version | None:
    """Return the Version before: of its own Regulation, else the last of the Regulation before it in a Line; None for none."""
    own = [one for one in corpus.regulation(version.regulation).versions if one.interval.start < version.interval.start]
    if own:
        return max(own, key=lambda one: one.interval.start)
    for line in corpus.lines_of(version.regulation):
        for track in line.tracks:
            members = line.regulations(track)
            at = members.index(version.regulation) if version.regulation in members else 0
            earlier = [one for id_ in members[:at] if id_ in corpus.regulations for one in corpus.regulations[id_].versions]
            if earlier:
                return earlier[-1]
    return None


def compare_provisions(comparison: Comparison, old: str, new: str, segment: Segment) -> Comparison:
    """Narrow a comparison to the provisions that two anchors name; either may be "" for all.

    Two provisions that do not answer to each other are set side by side all the same, as chosen, before what became of each.
    """
    if not (old or new):
        return comparison
    narrowed = comparison.of(old, new)
    one, other = comparison.old.find(old), comparison.new.find(new)
    if narrowed.rows or one is None or other is None or one.is_chapter or other.is_chapter:
        return narrowed
    pair = Pair((one,), (other,), Basis.CHOSEN, Likeness(comparison.old, comparison.new).ratio(one, other))
    chosen = _rows(_Sides(comparison.old, comparison.new), [pair], segment)
    return replace(narrowed, rows=(*chosen, *comparison.of(old, "").rows, *comparison.of("", new).rows))


@dataclass(frozen=True, slots=True)
class _Sides:
    """Two Versions and, where they are of one Regulation, all of its Versions."""

    old: Version
    new: Version
    versions: tuple[Version, ...] = ()

    def is_sure(self, pair: Pair) -> bool:
        """Whether what stands on one side only is lacking on the other, and not merely held by nobody here.

        A text in the issuer's words, held whole, is proof; so is another Version of one Regulation, unless the provision is
        held of an earlier and of a later one than that. A restatement's words are its own, and prove nothing.
        """
        anchor, other = (pair.old[0].anchor, self.new) if pair.old else (pair.new[0].anchor, self.old)
        start = other.interval.start
        held = [version.interval.start for version in self.versions if version.find(anchor)]
        if self.versions:
            return not (any(one < start for one in held) and any(one > start for one in held))
        return _is_whole(other)


def _rows(sides: _Sides, pairs: Iterable[Pair], segment: Segment) -> Iterator[Row]:
    compared: dict[tuple[tuple[int, ...], ...], tuple[tuple[TextLanguage, Wording], ...]] = {}
    for pair in in_reading_order(sides.old, sides.new, pairs):
        key = tuple(tuple(id(one) for one in side) for side in (pair.old, pair.new))
        if key not in compared or _is_apart(pair):
            compared[key] = tuple(_wordings(pair, segment))
        yield Row(_kind(pair, compared[key], sides), pair, compared[key])


def _is_apart(pair: Pair) -> bool:
    """Whether by research the words of one side did not become those of the other, or only a part of a provision is meant."""
    traced = pair.traced
    if traced is None:
        return False
    if pair.old and pair.new:
        return traced.kind in _APART
    return any(part.en for part in traced.parts)


def _wordings(pair: Pair, segment: Segment) -> Iterator[tuple[TextLanguage, Wording]]:
    """Yield how the words changed, by language, where the texts are held and, by research, one became the other."""
    for language in () if _is_apart(pair) else languages_of((*pair.old, *pair.new)):
        before, after = (find_text(side, language) for side in (pair.old, pair.new))
        if before is not None and after is not None:
            yield language, compare_wording(before, after, segment)


def find_text(side: Sequence[Provision], language: TextLanguage) -> str | None:
    """Return what is compared of provisions, together; None where one is not held in the language, "" for no provision."""
    texts = [text.comparable for one in side if one.has_text for text in one.texts if text.language == language]
    return "\n\n".join(texts) if len(texts) == len(side) else None


def _kind(pair: Pair, wordings: Sequence[tuple[TextLanguage, Wording]], sides: _Sides) -> RowKind:
    """Return what became of the provisions of a pair; research is believed."""
    same = bool(wordings) and all(wording.is_same for _, wording in wordings)
    form = same and any(wording.is_format_only for _, wording in wordings)
    if pair.traced:
        kind = RowKind(pair.traced.kind.value)
        return RowKind.FORMAT_ONLY if kind is RowKind.SAME and form else kind
    if not pair.has_text:
        return RowKind.NOT_HELD
    if not (pair.old and pair.new):
        return RowKind.UNKNOWN if pair.is_undecided or not sides.is_sure(pair) else RowKind.NEW if pair.new else RowKind.DROPPED
    if not same:
        return RowKind.UNKNOWN if pair.basis is Basis.CHOSEN else RowKind.REWORDED
    moved = pair.old[0].anchor != pair.new[0].anchor
    return RowKind.MOVED if moved else RowKind.FORMAT_ONLY if form else RowKind.SAME


def _is_whole(version: Version) -> bool:
    held = (one.held is Held.WHOLE for one in version.provisions if not one.is_chapter)
    own = (all(text.is_official for text in one.texts) for one in version.provisions if not one.is_chapter)
    return (version.text is not TextKind.RESTATEMENT or all(own)) and all(held)


def _within(version: Version, anchor: str) -> frozenset[str] | None:
    """Return the anchors of a provision and of what lies in it; None, for all, where no anchor is given."""
    if not anchor:
        return None
    found = {anchor}
    for one in version.provisions:
        if one.parent in found:
            found.add(one.anchor)
    return frozenset(found)


def _touches(side: Sequence[Provision], anchors: frozenset[str] | None) -> bool:
    return anchors is None or any(one.anchor in anchors for one in side)
