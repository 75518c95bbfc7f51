"""What can be wrong with the citations of a corpus: names of what is not held, or was not there at the time.

These are checks as those of `kb.checks`, which runs them.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from kb.citation import Citation
from kb.corpus import Corpus
from kb.crosswalk import CrosswalkRow
from kb.interval import Interval
from kb.meaning import find_at_hand, find_holding, find_meant
from kb.model import Place, Provision, ProvisionText, Version
from kb.problems import Problem
from kb.references import find_references


def concordance_rows(corpus: Corpus) -> Iterator[Problem]:
    """A Concordance row names an article that its instrument does not have."""
    for line in corpus.lines.values():
        for concordance in line.concordances:
            for row in concordance.rows:
                named = [(concordance.old, anchor) for anchor in row.old] + [(concordance.new, anchor) for anchor in row.new]
                for regulation, anchor in named:
                    if not find_holding(corpus, Citation(regulation, "", anchor)):
                        message = f"{regulation} has no article {anchor}."
                        hint = "Correct the row, or add the article."
                        yield Problem(row.place, "missing-article", message, hint)


def transition_citations(corpus: Corpus) -> Iterator[Problem]:
    """A Transition cites a Provision that is not held."""
    for line in corpus.lines.values():
        for transition in line.transitions:
            if transition.citation and not find_holding(corpus, transition.citation):
                yield _dangling(transition.place, transition.citation)


def see_also(corpus: Corpus) -> Iterator[Problem]:
    """A provision points to one that is not held."""
    for version, _, text in _texts(corpus):
        for citation in text.see:
            if not find_holding(corpus, citation.read_in(version.citation)):
                yield _dangling(text.place, citation)


def references_in_text(corpus: Corpus) -> Iterator[Problem]:
    """A text names an article of an instrument that is held but has no such article."""
    for version, _, text in _texts(corpus):
        for citation in _cited_in((*text.rule, text.note), version):
            if _is_held(corpus, citation) and citation.anchor and not find_holding(corpus, citation):
                yield _dangling(text.place, citation)


def references_out_of_time(corpus: Corpus) -> Iterator[Problem]:
    """A rule's text names what was not there while it applied: a later instrument, or an article of another version."""
    for version, provision, text in _texts(corpus):
        days = version.interval_of(provision)
        for citation in _cited_in(text.rule, version):
            if not _is_held(corpus, citation) or find_meant(corpus, citation, days):
                continue
            at_hand = find_at_hand(corpus, citation, days)
            if not at_hand:
                message = f"It cites {citation}, which came after the days of this text, {days}."
                hint = "Correct the citation or the dates; a remark made with hindsight belongs into the note (`>`)."
                yield Problem(text.place, "citation-out-of-time", message, hint)
            elif find_holding(corpus, citation):
                then = ", ".join(str(one.citation) for one in at_hand)
                message = f"It cites {citation}, but the version of its days {days}, {then}, has no such place."
                hint = "Correct the citation, or name the version that has it."
                yield Problem(text.place, "citation-out-of-time", message, hint)


def crosswalk_rows(corpus: Corpus) -> Iterator[Problem]:
    """A Crosswalk names a framework, an element or a measure that is not held, or two sides that never met."""
    for crosswalk in corpus.crosswalks.values():
        for element in crosswalk.requirements:
            if not find_holding(corpus, element):
                yield _dangling(crosswalk.place, element)
        for row in crosswalk.rows:
            cited = (*row.elements, *((row.measure,) if row.measure else ()))
            dangling = [citation for citation in cited if not find_holding(corpus, citation)]
            yield from (_dangling(row.place, citation) for citation in dangling)
            if not dangling:
                yield from _find_apart(corpus, row)


def _find_apart(corpus: Corpus, row: CrosswalkRow) -> Iterator[Problem]:
    """Yield a Problem for each element of the row that was gone before its measure came, or came after."""
    if row.measure is None:
        return
    for element in row.elements:
        pairs = product(_find_days(corpus, element), _find_days(corpus, row.measure))
        if not any(one.may_overlap(other) for one, other in pairs):
            message = f"{element} and {row.measure} never applied on one day."
            yield Problem(row.place, "crosswalk-apart", message, "Correct the row, or leave the element out.")


def _find_days(corpus: Corpus, citation: Citation) -> Iterator[Interval]:
    for version in find_holding(corpus, citation):
        provision = version.find(citation.anchor) if citation.anchor else None
        yield version.interval_of(provision) if provision else version.interval


def _texts(corpus: Corpus) -> Iterator[tuple[Version, Provision, ProvisionText]]:
    for version in corpus.versions():
        for provision in version.provisions:
            for text in (*provision.texts, *provision.commentary):
                yield version, provision, text


def _cited_in(pieces: Iterable[str], version: Version) -> Iterator[Citation]:
    for piece in pieces:
        for found in find_references(piece, version.citation):
            yield found.citation


def _is_held(corpus: Corpus, citation: Citation) -> bool:
    """Whether a text of the Regulation is held at all."""
    held = corpus.regulations.get(citation.regulation)
    return held is not None and bool(held.versions)


def _dangling(place: Place, citation: Citation) -> Problem:
    hint = "Correct the citation, or add the provision."
    return Problem(place, "dangling-citation", f"It cites {citation}, which is not held.", hint)
