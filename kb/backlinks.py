"""Which Provisions cite which: the citations of a corpus, read backwards.

The index is computed once from the whole corpus: every citation in a rule's text, in its note and after "See also" is resolved
to the Versions it meant on the days of the Provision that cites.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.citation import Citation
from kb.corpus import Corpus
from kb.interval import Certainty
from kb.meaning import find_holding, find_meant
from kb.model import ProvisionText, Version
from kb.references import find_references
from kb.stage import Stage


class Where(StrEnum):
    """In what part of the citing Provision the citation stands: its text, the reader's note, or "See also"."""

    TEXT = "text"
    NOTE = "note"
    SEE = "see"


@dataclass(frozen=True, slots=True)
class Backlink:
    """A Provision that cites; `cited` is what it names, and `where` the weightiest place it does so in."""

    citing: Stage
    cited: Citation
    where: Where

    def may_apply_on(self, day: date | None) -> bool:
        """Whether the citing Provision was, or may have been, in force on `day`; without a day, always."""
        return day is None or self.citing.interval.covers(day) is not Certainty.NO


class Backlinks:
    """The Backlinks of a corpus, by what they cite; immutable once built."""

    __slots__ = ("_to_provisions", "_to_regulations")

    def __init__(self, corpus: Corpus) -> None:
        provisions: dict[Citation, dict[Citation, Backlink]] = {}
        regulations: dict[str, dict[tuple[Citation, Citation], Backlink]] = {}
        for link in _find_links(corpus):
            citing, regulation, anchor = link.citing.citation, link.cited.regulation, link.cited.anchor
            if citing.regulation != regulation:
                regulations.setdefault(regulation, {}).setdefault((citing, Citation(regulation, "", anchor)), link)
            for version in _find_versions(corpus, link) if anchor else ():
                cited = Citation(regulation, version.label, anchor)
                if cited != citing:
                    provisions.setdefault(cited, {}).setdefault(citing, link)
        self._to_provisions = {cited: tuple(links.values()) for cited, links in provisions.items()}
        self._to_regulations = {cited: tuple(links.values()) for cited, links in regulations.items()}

    def to_provision(self, citation: Citation, day: date | None = None) -> tuple[Backlink, ...]:
        """Return what cites the Provision of a Version, of that in force on `day` where one is given."""
        return tuple(link for link in self._to_provisions.get(citation, ()) if link.may_apply_on(day))

    def to_regulation(self, regulation: str, day: date | None = None) -> tuple[Backlink, ...]:
        """Return what cites the Regulation, or a place in it, out of other Regulations, likewise."""
        return tuple(link for link in self._to_regulations.get(regulation, ()) if link.may_apply_on(day))


def _find_links(corpus: Corpus) -> Iterator[Backlink]:
    """Yield every citation of every Provision, those in its text first, then those in its note, then "See also"."""
    for version in corpus.versions():
        for provision in version.provisions:
            for where in Where:
                for text in (*provision.texts, *provision.commentary):
                    for citation in _find_citations(version, text, where):
                        if citation.regulation in corpus.regulations:
                            yield Backlink(Stage(version, provision), citation, where)


def _find_citations(version: Version, text: ProvisionText, where: Where) -> Iterator[Citation]:
    if where is Where.SEE:
        yield from (citation.read_in(version.citation) for citation in text.see)
        return
    for piece in text.rule if where is Where.TEXT else (text.note,):
        for reference in find_references(piece, version.citation):
            yield reference.citation


def _find_versions(corpus: Corpus, link: Backlink) -> tuple[Version, ...]:
    """Return the Versions that a link meant; what is no rule's text may look ahead."""
    meant = find_meant(corpus, link.cited, link.citing.interval)
    return meant or (find_holding(corpus, link.cited) if link.where is not Where.TEXT else ())
