"""What the tools ask: the corpus and its readers, as a running site or the command line has them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from kb.citation import Citation, Language
from kb.comparison import Comparison
from kb.corpus import Corpus
from kb.exports.history import Teller
from kb.exports.records import Records
from kb.exports.respondent import Respondent
from kb.linter import Linter
from search.finder import Finder


class Desk(Protocol):
    """Everything that a tool may ask."""

    @property
    def corpus(self) -> Corpus:
        """The corpus."""
        ...

    @property
    def records(self) -> Mapping[Language, Records]:
        """Its records in each language."""
        ...

    @property
    def finder(self) -> Finder:
        """Who searches."""
        ...

    @property
    def teller(self) -> Teller:
        """Who tells histories."""
        ...

    @property
    def linter(self) -> Linter:
        """Who judges citations."""
        ...

    @property
    def respondent(self) -> Respondent:
        """Who answers questions."""
        ...

    @property
    def compare(self) -> Callable[[Citation, Citation], Comparison]:
        """Who compares two Versions, or places in them."""
        ...

    def today(self) -> date:
        """Return the civil day."""
        ...
