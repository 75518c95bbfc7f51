"""Judges the citations of any text: what each was worth on the day of the text, and today."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from kb.citation import Citation
from kb.corpus import Corpus
from kb.interval import Certainty, Interval
from kb.kinds import Held, Kind, RegulationKind
from kb.line import ConcordanceKind
from kb.lineage import Lineage, Step
from kb.model import Provision, Regulation, Version
from kb.quotation import Match, Quotation, can_refute, find_quotations, language_of, read_plainly, says
from kb.references import Reference, find_references
from kb.stage import Stage
from kb.verdict import Finding, Judgement, Reason, Successor, Verdict

REMEMBERED = 4096
_ARTICLE = re.compile(r"art-(\d+)(?:-\d+)?\Z")


class Linter:
    """Judges the citations of any text by one corpus; remembers what it judged."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.lineage = Lineage(corpus)
        self.judge = lru_cache(maxsize=REMEMBERED)(self._judge)
        self._said = lru_cache(maxsize=REMEMBERED)(read_plainly)

    def check(self, text: str, own_day: date | None, on: date) -> tuple[Finding, ...]:
        """Return what is found in `text`, in order, judged on the day of the text and on `on`."""
        references = [one for one in find_references(text) if self._is_name(one.citation)]
        quotations = find_quotations(text, references)
        return tuple(self._find(one, quotations.get(one), (own_day, on)) for one in references)

    def _is_name(self, citation: Citation) -> bool:
        """Whether it names a Regulation that is held, or one of a series; other slugs may be anything."""
        regulation = citation.regulation
        return regulation in self.corpus.regulations or Citation(regulation).written("en") != regulation

    def _find(self, reference: Reference, quotation: Quotation | None, days: tuple[date | None, date]) -> Finding:
        citation = Citation(reference.citation.regulation, reference.citation.version, reference.citation.anchor)
        then, now = (self.judge(citation, day) if day else None for day in days)
        assert now
        judged = then or now
        match = self._match(quotation, judged) if quotation else None
        return Finding(reference, then, now, quotation if match else None, match)

    def _match(self, quotation: Quotation, judged: Judgement) -> Match | None:
        """Say whether the text that applied says the words; None where none did."""
        version, anchor = judged.version, judged.provision.anchor if judged.provision else ""
        if version is None or judged.verdict is not Verdict.OK:
            return None
        language = language_of(quotation.words)
        if says(self._said(version, anchor, language), quotation.words):
            return Match.FOUND
        return Match.DIFFERS if can_refute(version, anchor, language) else Match.UNVERIFIED

    def _judge(self, citation: Citation, day: date) -> Judgement:
        regulation = self.corpus.regulations.get(citation.regulation)
        if regulation is None or not regulation.versions:
            return _judge_without_text(regulation, day)
        named = tuple(one for one in regulation.versions if citation.version in ("", one.label))
        if not named or self.corpus.left_out([regulation.id]):
            return Judgement(day, Verdict.UNVERIFIED, Reason.VERSION_NOT_HELD)
        presences = {one.label: one.interval.covers(day) for one in named}
        may = tuple(one for one in named if presences[one.label] is not Certainty.NO)
        if not may:
            return self._judge_absent(named, citation.anchor, day)
        sure = all(presences[one.label] is Certainty.YES for one in may)
        if sure and len(may) == 1:
            return self._judge_place(may[0], named, citation.anchor, day)
        return Judgement(day, Verdict.UNVERIFIED, Reason.AMBIGUOUS if sure else Reason.UNCERTAIN, candidates=may)

    def _judge_absent(self, named: Sequence[Version], anchor: str, day: date) -> Judgement:
        """Judge what none of the Versions named could be, because none applied."""
        begun = [one for one in named if one.interval.start.earliest <= day]
        if not begun:
            first = min(named, key=_by_start)
            known = first.known_since.reached_by(day) is Certainty.YES
            return Judgement(day, Verdict.NOT_IN_FORCE, Reason.PENDING if known else Reason.NOT_YET, first, first.find(anchor))
        version = max((one for one in begun if one.find(anchor)), key=_by_start, default=max(begun, key=_by_start))
        if anchor and version.find(anchor) is None and has_all_articles(version, anchor):
            return Judgement(day, Verdict.NOT_FOUND, Reason.NO_SUCH_PLACE, version)
        return self._replaced(Reason.ENDED, version, version.find(anchor), day)

    def _judge_place(self, version: Version, named: Sequence[Version], anchor: str, day: date) -> Judgement:
        """Judge a place of the Version that surely applied."""
        provision = version.find(anchor)
        if not anchor:
            return Judgement(day, Verdict.OK, Reason.APPLIED, version)
        if provision is None:
            return self._judge_missing(version, named, anchor, day)
        own = version.interval_of(provision)
        if own.covers(day) is Certainty.NO and own.start.earliest <= day:
            return self._replaced(Reason.ENDED, version, provision, day)
        return Judgement(day, *_judge_own_days(provision, own, day), version, provision)

    def _judge_missing(self, version: Version, named: Sequence[Version], anchor: str, day: date) -> Judgement:
        """Judge a place that the Version which applied does not have, or of which nothing is held."""
        earlier = [one for one in named if one.interval.start < version.interval.start and one.find(anchor)]
        if earlier:
            last = max(earlier, key=_by_start)
            judged = self._replaced(Reason.PLACE_GONE, last, last.find(anchor), day)
            if judged.successors:
                return judged
        gone = has_all_articles(version, anchor)
        if gone:
            return Judgement(day, Verdict.NOT_FOUND, Reason.NO_SUCH_PLACE, version)
        return Judgement(day, Verdict.UNVERIFIED, Reason.PLACE_NOT_HELD, version)

    def _replaced(self, reason: Reason, version: Version, provision: Provision | None, day: date) -> Judgement:
        """Judge what had ended by what stood in its place on the day."""
        instruments = self._follow_versions(version, day)
        successors = self._follow_stages(Stage(version, provision), day) if provision else ()
        verdict = Verdict.SUPERSEDED_BY if instruments or successors else Verdict.NOT_IN_FORCE
        is_dropped = not successors and provision is not None and self._is_dropped(Stage(version, provision))
        return Judgement(day, verdict, reason, version, provision, (), instruments, successors, is_dropped)

    def _step_on(self, stage: Stage) -> Iterator[tuple[Stage, tuple[Step, ...]]]:
        """Yield each text that one became, with all the rows that say so."""
        onward = [step for step in self.lineage.became(stage) if step.new and step.kind is not ConcordanceKind.DROPPED]
        for new in {step.new.citation: step.new for step in onward if step.new}.values():
            yield new, tuple(step for step in onward if step.new == new)

    def _is_dropped(self, stage: Stage) -> bool:
        """Whether research says that the text, or every part of it, went no further."""
        steps = self.lineage.became(stage)
        return bool(steps) and all(step.kind is ConcordanceKind.DROPPED for step in steps)

    def _follow_versions(self, version: Version, day: date) -> tuple[Version, ...]:
        """Return the Versions that stood, or may have stood, in the place of one on the day; none but those that had begun."""
        found, waiting, seen = list[Version](), [version], {version.citation}
        while waiting:
            for boundary in self.lineage.after(waiting.pop(0)):
                new = boundary.new
                if new.citation not in seen and new.interval.start.earliest <= day:
                    seen.add(new.citation)
                    (waiting if new.interval.covers(day) is Certainty.NO else found).append(new)
        return tuple(found)

    def _follow_stages(self, stage: Stage, day: date) -> tuple[Successor, ...]:
        """Return the texts that stood, or may have stood, in the place of one on the day, by the researched steps."""
        found: dict[Citation, Successor] = {}
        waiting: list[tuple[Stage, tuple[Step, ...]]] = [(stage, ())]
        seen = {stage.citation}
        while waiting:
            old, way = waiting.pop(0)
            for new, steps in self._step_on(old):
                if new.citation in seen or new.interval.start.earliest > day:
                    continue
                seen.add(new.citation)
                if new.interval.covers(day) is Certainty.NO:
                    waiting.append((new, (*way, *steps)))
                else:
                    found[new.citation] = Successor(new, (*way, *steps))
        return tuple(found.values())


def has_all_articles(version: Version, anchor: str) -> bool:
    """Whether every article of the Version is held, so that one it does not have never was.

    It is where their numbers leave none out, none stands without its number, and the last is that on its entry into force.
    """
    if not _ARTICLE.match(anchor) or any(one.is_unplaced for one in version.provisions):
        return False
    numbered = [(int(match[1]), one) for one in version.provisions if (match := _ARTICLE.match(one.anchor))]
    numbers = {number for number, _ in numbered}
    return numbers == set(range(1, len(numbers) + 1)) and bool(numbered) and numbered[-1][1].kind is Kind.FINAL


def _judge_own_days(provision: Provision, own: Interval, day: date) -> tuple[Verdict, Reason]:
    """Judge a Provision of a Version that applied, by days of its own, which had not ended, and by what is held of it."""
    presence = own.covers(day)
    if presence is Certainty.NO:
        return Verdict.NOT_IN_FORCE, Reason.NOT_YET
    if presence is Certainty.MAYBE:
        return Verdict.UNVERIFIED, Reason.UNCERTAIN
    if provision.held is Held.NONE or provision.kind is Kind.NOTE:
        return Verdict.UNVERIFIED, Reason.PLACE_NOT_HELD
    return Verdict.OK, Reason.APPLIED


def _judge_without_text(regulation: Regulation | None, day: date) -> Judgement:
    if regulation and regulation.kind is RegulationKind.DRAFT:
        return Judgement(day, Verdict.NOT_IN_FORCE, Reason.DRAFT)
    return Judgement(day, Verdict.UNVERIFIED, Reason.NO_TEXT if regulation else Reason.NOT_HELD)


def _by_start(version: Version) -> tuple[date, str]:
    return version.interval.start.earliest, version.label
