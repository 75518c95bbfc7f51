"""The days of a register: when its texts begin and end, when something is due; `register_ical` writes them as a calendar.

Only days that are known exactly are given. Whether a company is re-certified on the day counted is for Customs to say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.citation import Language
from kb.corpus import Corpus
from kb.duty import MONTHS_IN_YEAR, Does, add_months
from kb.exports.address import page_path
from kb.exports.register_words import describe_every, describe_when, name_does
from kb.exports.sentences import name_version
from kb.interval import Certainty
from kb.kinds import RegulationKind
from kb.model import Version
from kb.register_rows import Row

# How long re-certifications are counted on, where the rule has no known end.
YEARS_AHEAD = 30
_LATEST_YEAR = date.max.year - 100  # a rhythm has at most 99 years
# A summary and an arrangement gather what began on many days.
_BEGIN_AND_END = frozenset({RegulationKind.LAW, RegulationKind.ORDER, RegulationKind.ANNOUNCEMENT, RegulationKind.NOTICE})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the calendar, from `first` to `last`, both included; `yearly`: the same days of every later year too.

    `name` is stable: it does not change with the day on which the calendar is asked for, or with the language.
    """

    name: str
    first: date
    last: date
    summary: str
    details: str
    path: str
    known_since: date
    yearly: bool = False


class Calendar:
    """Makes the entries of rows in one language."""

    def __init__(self, corpus: Corpus, language: Language) -> None:
        self.corpus = corpus
        self.language = language

    def entries(self, rows: Iterable[Row], certified: date | None = None) -> tuple[Entry, ...]:
        """Return the entries in order of their days; with the day of certification, re-certifications too."""
        listed = tuple(rows)
        versions = {row.version.citation: row.version for row in listed}
        found = [entry for version in versions.values() for entry in self._of_version(version)]
        for row in listed:
            found += [*self._own_start(row), *self._windows(row), *self._deadline(row)]
        found += self._returns(listed, certified) if certified else []
        unique = {entry.name: entry for entry in found}
        return tuple(sorted(unique.values(), key=lambda entry: (entry.first, entry.name)))

    def _of_version(self, version: Version) -> Iterator[Entry]:
        regulation = self.corpus.regulation(version.regulation)
        if regulation.kind not in _BEGIN_AND_END:
            return
        name, title = name_version(self.corpus, version, self.language), regulation.title.text(self.language)
        for which, partial, words in (
            ("effective", version.dates.effective, ("{} takes effect", "{}施行")),
            ("expires", version.dates.expires, ("{} is no longer in force", "{}不再有效")),
        ):
            if partial and partial.is_exact:
                summary = words[self.language == "zh"].format(name)
                yield self._entry(f"{version.citation}.{which}", partial.earliest, summary, title, version)

    def _own_start(self, row: Row) -> Iterator[Entry]:
        own = row.provision.effective
        if own and own.is_exact and own != row.version.dates.effective:
            words = ("{} applies from this day", "{}自此日起适用")[self.language == "zh"]
            summary = words.format(row.provision.text(self.language).title)
            yield self._entry(f"{row.citation}.effective", own.earliest, summary, str(row.citation), row.version)

    def _windows(self, row: Row) -> Iterator[Entry]:
        """Yield one entry a year while a rule with an end lasts; without an end, the first full one stands for later ones."""
        if row.window is None or not row.interval.start.is_exact:
            return
        start, end = row.interval.start.earliest, row.interval.end
        last_year = end.latest.year if end and end.is_bounded else start.year + 1
        for year in range(start.year, last_year + 1):
            first, last = row.window.in_year(year)
            first = max(first, start)
            if first > last or row.interval.covers(last) is not Certainty.YES:
                continue
            full = first == row.window.in_year(year)[0]
            yield self._due(row, f"{row.key}.{year}", (first, last), yearly=full and end is None)
            if full and end is None:
                return

    def _deadline(self, row: Row) -> Iterator[Entry]:
        if row.by:
            yield self._due(row, f"{row.key}.by", (row.by, row.by))

    def _returns(self, rows: Iterable[Row], certified: date) -> Iterator[Entry]:
        """Yield the days of what comes again after more than a year, each counted from the last by the rule of its day."""
        last, found = certified, True
        recurring = [row for row in rows if row.does is Does.MUST and row.every and row.every.months > MONTHS_IN_YEAR]
        while found and last.year < min(certified.year + YEARS_AHEAD, _LATEST_YEAR):
            due = [(add_months(last, row.every.months), row) for row in recurring if row.every and not row.window]
            held = [(day, row) for day, row in due if row.applies_on(day) is Certainty.YES]
            found = bool(held)
            day = min((day for day, _ in held), default=last)
            for row in (row for other, row in held if other == day):
                words = ("{} counted from {}; Customs sets the day", "{}，自{}起算；具体日期由海关确定")[self.language == "zh"]
                how = words.format(describe_every(row.every, self.language), last) if row.every else ""
                yield self._due(row, f"{row.key}.{certified}.{day}", (day, day), how)
            last = day

    def _due(self, row: Row, name: str, days: tuple[date, date], how: str = "", *, yearly: bool = False) -> Entry:
        text = row.text(self.language)
        summary = f"{name_does(row.does, self.language)}: {text.text}"
        details = "\n".join(
            part for part in (how, describe_when(row, self.language), text.otherwise, str(row.citation)) if part
        )
        path, known = page_path(row.citation), _known(row.version)
        return Entry(name, days[0], days[1], summary, details, path, known, yearly=yearly)

    def _entry(self, name: str, day: date, summary: str, details: str, version: Version) -> Entry:
        return Entry(name, day, day, summary, details, page_path(version.citation), _known(version))


def _known(version: Version) -> date:
    return version.known_since.earliest
