"""Which Version a text meant when it cited another.

A text speaks from its own days. It means what applied then; or what had ended before, as a repeal clause does; or what was
promulgated by then and yet to begin. It cannot mean what came later: that is a fault in a rule's text, though not in a note,
which is written with hindsight.
"""

from kb.citation import Citation
from kb.corpus import Corpus
from kb.interval import Interval
from kb.model import Version


def find_at_hand(corpus: Corpus, citation: Citation, days: Interval) -> tuple[Version, ...]:
    """Return the Versions that a text of `days` had before it when it named the Regulation of `citation`.

    They are the Version it names; or else those that may have applied on one of these days; or else the last that had begun;
    or else those promulgated. What came later is left out, so nothing is left where all of it did.
    """
    regulation = corpus.regulations.get(citation.regulation)
    if regulation is None:
        return ()
    named = [version for version in regulation.versions if citation.version in ("", version.label)]
    begun = [version for version in named if version.interval.may_begin_before_end_of(days)]
    if begun:
        present = tuple(version for version in begun if version.interval.may_overlap(days))
        return present or (max(begun, key=lambda version: version.interval.start),)
    return tuple(version for version in named if _was_known(version, days))


def find_meant(corpus: Corpus, citation: Citation, days: Interval) -> tuple[Version, ...]:
    """Return those of the Versions at hand that hold the place cited, where it had begun."""
    return tuple(version for version in find_at_hand(corpus, citation, days) if _holds(version, citation.anchor, days))


def find_holding(corpus: Corpus, citation: Citation) -> tuple[Version, ...]:
    """Return the Versions of all times that hold the place cited."""
    regulation = corpus.regulations.get(citation.regulation)
    versions = regulation.versions if regulation else ()
    named = (version for version in versions if citation.version in ("", version.label))
    return tuple(version for version in named if not citation.anchor or version.find(citation.anchor))


def _was_known(version: Version, days: Interval) -> bool:
    return days.end is None or version.known_since.earliest < days.end.latest


def _holds(version: Version, anchor: str, days: Interval) -> bool:
    if not anchor:
        return True
    provision = version.find(anchor)
    if provision is None:
        return False
    return not version.interval.may_begin_before_end_of(days) or version.interval_of(provision).may_begin_before_end_of(days)
