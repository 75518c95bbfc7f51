"""A Transition with where it leads: the instruments it joins, and the page of the Provision that lays it down."""

from kb.citation import Citation
from kb.corpus import Corpus
from kb.exports.address import page_path
from kb.exports.records import Record, Records
from kb.exports.sentences import name_regulation
from kb.interval import Interval
from kb.line import Transition
from kb.meaning import find_holding, find_meant


def transition_record(transition: Transition, records: Records) -> Record:
    """Return a Transition with the Regulations it joins and its address, null where the Provision is not held."""
    laid_down = (
        find_place(records.corpus, transition.citation, Interval.of_day(transition.start.earliest))
        if transition.citation
        else None
    )
    return {
        **records.transition(transition),
        "out_of": transition.out_of or None,
        "into": transition.into,
        "into_name": name_held(records, transition.into),
        "url": page_path(laid_down) if laid_down else None,
    }


def find_place(corpus: Corpus, citation: Citation, days: Interval) -> Citation | None:
    """Return the citation with the one Version that it meant on `days`, or that alone holds the place; None where none does."""
    versions = find_meant(corpus, citation, days) or find_holding(corpus, citation)
    return citation.at(versions[0].label) if len(versions) == 1 else None


def name_held(records: Records, regulation: str) -> str:
    """Return the name of a Regulation, or its id where it is not held."""
    found = records.corpus.regulations.get(regulation)
    return name_regulation(found, records.language) if found else regulation
