"""Everything the service holds, ready to be asked.

A Corpus is built once from finished values and never changes; a changed file makes a new one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches

from kb.citation import Citation, TextLanguage
from kb.crosswalk import Crosswalk
from kb.errors import AmbiguousError, NotHeldError, NotInForceError
from kb.interval import Certainty, Interval, PartialDate
from kb.line import MAIN_TRACK, Line, Transition
from kb.model import Bilingual, Provision, Regulation, Version
from kb.problems import Problem
from kb.timeline import DatedVersion, State, Timeline


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a corpus gives to actors and credit levels, by id; where it names none, any id is allowed."""

    actors: Mapping[str, Bilingual] = field(default_factory=dict)
    levels: Mapping[str, Bilingual] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an as-of question is about: one track of a Line, or a Regulation by itself."""

    regulation: str = ""
    line: Line | None = None
    track: str = MAIN_TRACK

    @property
    def regulations(self) -> tuple[str, ...]:
        """The ids of the Regulations it speaks of."""
        return self.line.regulations(self.track) if self.line else (self.regulation,)


@dataclass(frozen=True, slots=True)
class Guides:
    """What leads through the regulations: how they succeeded each other, what answers to what, and names."""

    lines: tuple[Line, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


class Corpus:
    """Regulations by id, Lines and Crosswalks by id, what was wrong with their files, and the timelines over them.

    `without_days` are the Transitions that would begin when the instrument they pass into has ended; no Line has them.
    """

    def __init__(
        self,
        regulations: Iterable[Regulation],
        guides: Guides | None = None,
        problems: Iterable[Problem] = (),
        known_on: date | None = None,
    ) -> None:
        guides = guides or Guides()
        self.known_on = known_on
        self.regulations = {regulation.id: regulation for regulation in regulations}
        self.without_days = tuple(t for line in guides.lines for t in line.transitions if not self._lasts(t))
        self.lines = {line.id: self._without(self.without_days, line) for line in guides.lines}
        self.crosswalks = {crosswalk.id: crosswalk for crosswalk in guides.crosswalks}
        self.vocabulary = guides.vocabulary
        self.problems = tuple(sorted(problems))
        self._timelines = {id_: self._build((id_,)) for id_ in self.regulations}
        self._reaches = {id(t): self._reach(t) for line in self.lines.values() for t in line.transitions}
        self.subjects = tuple(
            (subject, self._build(subject.regulations) if subject.line else self._timelines[subject.regulation])
            for subject in self._all_subjects()
        )
        self._anchors: dict[str, dict[str, Provision]] = {}
        self._stretches = sorted({date.min, *self._boundaries()})

    def regulation(self, id_: str) -> Regulation:
        """Return the Regulation; raise NotHeldError where it is not held."""
        found = self.regulations.get(id_)
        if found is None:
            raise _not_held("regulation", id_, self.regulations)
        return found

    def line(self, id_: str) -> Line:
        """Return the Line; raise NotHeldError where it is not held."""
        found = self.lines.get(id_)
        if found is None:
            raise _not_held("line", id_, self.lines)
        return found

    def crosswalk(self, id_: str) -> Crosswalk:
        """Return the Crosswalk; raise NotHeldError where it is not held."""
        found = self.crosswalks.get(id_)
        if found is None:
            raise _not_held("crosswalk", id_, self.crosswalks)
        return found

    def version(self, citation: Citation) -> Version:
        """Return the Version that the citation names; raise NotHeldError where it is not held."""
        regulation = self.regulation(citation.regulation)
        version = regulation.find(citation.version)
        if version is None:
            raise _not_held(
                "version", str(Citation(regulation.id, citation.version)), [str(v.citation) for v in regulation.versions]
            )
        return version

    def version_on(self, citation: Citation, day: date) -> Version:
        """Return the Version named by the citation, or else the one in force on `day`.

        Raises NotInForceError where none applied that day, AmbiguousError where several did or may have done.
        """
        if citation.version:
            return self.version(citation)
        regulation = self.regulation(citation.regulation)
        outcome = self.timeline(regulation.id).on(day)
        if outcome.state is State.IN_FORCE:
            return outcome.versions[0]
        if outcome.versions:
            choices = tuple(str(replace(citation, version=version.label)) for version in outcome.versions)
            message = f"On {day} the version of {regulation.id} is {outcome.state.value}: {', '.join(choices)}."
            raise AmbiguousError(message, "Name one of these versions.", choices)
        message = f"{regulation.id} was not in force on {day}."
        raise NotInForceError(message, f"Name a day or a version on which it was: {_held(regulation)}.")

    def provision(self, citation: Citation, day: date) -> tuple[Version, Provision]:
        """Return the Provision that the citation names and the Version it stands in.

        Raises NotInForceError or AmbiguousError as `version_on` does, and NotHeldError for an unknown anchor.
        """
        version = self.version_on(citation, day)
        provision = self.by_anchor(version).get(citation.anchor)
        if provision is None:
            anchors = [other.anchor for other in version.provisions]
            raise _not_held("provision", f"{version.citation}#{citation.anchor}", anchors)
        if not citation.version and (provision.effective or provision.expires):
            own = version.interval_of(provision)
            if own.covers(day) is Certainty.NO:
                message = f"{version.citation}#{citation.anchor} was not in force on {day}."
                raise NotInForceError(message, f"Its own days are {own}.")
        return version, provision

    def by_anchor(self, version: Version) -> Mapping[str, Provision]:
        """Return the Provisions of a Version by their anchors; long laws have more than a thousand."""
        found = self._anchors.get(key := f"{version.regulation}@{version.label}")
        if found is None:
            found = self._anchors[key] = {provision.anchor: provision for provision in version.provisions}
        return found

    def timeline(self, regulation: str) -> Timeline:
        """Return the timeline of one Regulation; raise NotHeldError where it is not held."""
        found = self._timelines.get(regulation)
        if found is None:
            raise _not_held("regulation", regulation, self.regulations)
        return found

    def as_known_on(self, day: date | None) -> "Corpus":
        """Return what the books said on `day`; without a day, the books as they are.

        What was promulgated later is gone, and with it the ends and the Transitions that it brought about.
        """
        if day is None or day == self.known_on:
            return self
        regulations = [
            replace(
                regulation,
                versions=tuple(self._as_known(version, day) for version in regulation.versions if _is_known(version, day)),
            )
            for regulation in self.regulations.values()
        ]
        known = {regulation.id for regulation in regulations if regulation.versions}
        lines = tuple(
            replace(line, transitions=tuple(t for t in line.transitions if t.regulations <= known))
            for line in self.lines.values()
        )
        guides = Guides(lines, tuple(self.crosswalks.values()), self.vocabulary)
        return Corpus(regulations, guides, self.problems, day)

    def left_out(self, regulations: Iterable[str]) -> tuple[Problem, ...]:
        """Return the Problems for which a file of one of the Regulations had to be left out."""
        folders = tuple(f"{id_}/" for id_ in regulations)
        return tuple(problem for problem in self.problems if not problem.loads and problem.place.path.startswith(folders))

    def versions(self) -> Iterator[Version]:
        """Yield every Version, Regulation by Regulation."""
        for regulation in self.regulations.values():
            yield from regulation.versions

    @property
    def languages(self) -> tuple[TextLanguage, ...]:
        """The languages that texts are held in, in the order of their codes."""
        return tuple(sorted({language for version in self.versions() for language in version.languages}))

    def lines_of(self, regulation: str) -> tuple[Line, ...]:
        """Return the Lines that the Regulation is a member of."""
        return tuple(line for line in self.lines.values() if any(m.regulation == regulation for m in line.members))

    def stretch_start(self, day: date) -> date:
        """Return the first day of the stretch around `day` on which every as-of answer is the same."""
        return self._stretches[bisect_right(self._stretches, day) - 1]

    def reach(self, transition: Transition) -> Interval:
        """Return the days that a Transition touches: its own, or as long as the instrument it passes into lasts."""
        return self._reaches[id(transition)]

    def _all_subjects(self) -> Iterator[Subject]:
        for line in self.lines.values():
            yield from (Subject("", line, track) for track in line.tracks)
        members = {member.regulation for line in self.lines.values() for member in line.members}
        yield from (Subject(id_) for id_ in self.regulations if id_ not in members)

    def _boundaries(self) -> Iterator[date]:
        for version in self.versions():
            yield from DatedVersion(version).boundaries()
        for reach in self._reaches.values():
            yield from reach.boundaries()

    def _reach(self, transition: Transition) -> Interval:
        return Interval(transition.start, transition.end or self.end_of(transition.into))

    def end_of(self, regulation: str) -> PartialDate | None:
        """Return the day from which no Version of the Regulation is in force; None where that is open, or none is held."""
        versions = self.regulations[regulation].versions if regulation in self.regulations else ()
        ends = [version.dates.expires for version in versions]
        return None if None in ends or not ends else max(end for end in ends if end)

    def _lasts(self, transition: Transition) -> bool:
        end = transition.end or self.end_of(transition.into)
        return end is None or transition.start.earliest < end.latest

    @staticmethod
    def _without(transitions: tuple[Transition, ...], line: Line) -> Line:
        return replace(line, transitions=tuple(t for t in line.transitions if t not in transitions))

    def _build(self, regulations: Iterable[str]) -> Timeline:
        versions = (version for id_ in regulations if id_ in self.regulations for version in self.regulations[id_].versions)
        dated = [DatedVersion(version, self.end_known_since(version)) for version in versions]
        return Timeline(dated, self.known_on)

    def _as_known(self, version: Version, day: date) -> Version:
        """Return the Version without an end that could not be known on `day`."""
        since = self.end_known_since(version)
        if since is None or since.reached_by(day) is not Certainty.NO:
            return version
        basis = tuple(pair for pair in version.dates.basis if pair[0] != "expires")
        return replace(version, dates=replace(version.dates, expires=None, basis=basis), repealed_by=None)

    def end_known_since(self, version: Version) -> PartialDate | None:
        """Return the day from which it could be known that the Version would end."""
        by = version.repealed_by
        repealing = self.regulations.get(by.regulation) if by else None
        if by is None or repealing is None or not repealing.versions:
            return None
        named = repealing.find(by.version) if by.version else min(repealing.versions, key=lambda v: v.known_since)
        return named.known_since if named else None


def _not_held(what: str, wanted: str, held: Iterable[str]) -> NotHeldError:
    near = get_close_matches(wanted.rpartition("#")[2], list(held), n=3)
    hint = f"Did you mean {', '.join(near)}?" if near else f"The coverage page lists every {what} that is."
    return NotHeldError(f"No {what} {wanted!r} is held.", hint)


def _held(regulation: Regulation) -> str:
    return "; ".join(f"{version.citation} {version.interval}" for version in regulation.versions) or "no text"


def _is_known(version: Version, day: date) -> bool:
    return version.known_since.reached_by(day) is not Certainty.NO
