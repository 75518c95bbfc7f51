"""What a query names, where it is a citation, and how that stands on the reader's day."""

from dataclasses import dataclass, replace
from datetime import date

from kb.citation import Citation
from kb.corpus import Corpus
from kb.errors import AmbiguousError, InvalidCitationError, NotHeldError
from kb.interval import Certainty, Interval
from kb.model import Regulation
from kb.timeline import State
from search.query import Query


@dataclass(frozen=True, slots=True)
class Named:
    """A Provision, Version or Regulation that a query names, and its state on the day of the query."""

    citation: Citation
    state: State


def find_named(query: Query, corpus: Corpus) -> Named | None:
    """Return what the query names, if it is held: a Provision in its Version of that day, or else in the latest with it."""
    try:
        citation = Citation.parse(query.text)
        regulation = corpus.regulation(citation.regulation)
        if citation.anchor:
            return _named_provision(citation, regulation, query.on, corpus)
        version = corpus.version(citation) if citation.version else None
    except (InvalidCitationError, NotHeldError):
        return None
    if version:
        return Named(Citation(regulation.id, version.label), state_of(version.citation, version.interval, query.on, corpus))
    return Named(Citation(regulation.id), corpus.timeline(regulation.id).on(query.on).state)


def state_of(citation: Citation, interval: Interval, day: date, corpus: Corpus) -> State:
    """Return the state on a day of a Version, or of a Provision of it: that of the Version, narrowed by days of its own."""
    own = interval.covers(day)
    outcome = corpus.timeline(citation.regulation).on(day)
    among = any(version.label == citation.version for version in outcome.versions)
    if own is Certainty.NO or not among:
        pending = any(version.label == citation.version for version in outcome.pending)
        return State.PENDING if pending else State.NOT_IN_FORCE
    return State.UNCERTAIN if own is Certainty.MAYBE else outcome.state


def _named_provision(citation: Citation, regulation: Regulation, day: date, corpus: Corpus) -> Named | None:
    try:
        version, provision = corpus.provision(citation, day)
    except (NotHeldError, AmbiguousError):
        versions = [one for one in regulation.versions if one.find(citation.anchor) and citation.version in ("", one.label)]
        if not versions:
            return None
        version = versions[-1]
        provision = corpus.provision(replace(citation, version=version.label), day)[1]
    found = version.cite(provision.anchor)
    return Named(found, state_of(found, version.interval_of(provision), day, corpus))
