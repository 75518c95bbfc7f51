"""The history of a Provision, as records: its texts, the steps between them, and where nothing was researched."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from kb.citation import Citation, Language
from kb.comparison import find_text
from kb.corpus import Corpus
from kb.exports.address import compare_path, history_path, page_path
from kb.exports.comparison import wording_record
from kb.exports.history_words import describe_end, describe_step, name_stage
from kb.exports.records import Record, Records, interval_record
from kb.exports.sentences import name_regulation, name_version
from kb.history import Direction, Histories, History, Reason, Unresearched, state_on, transitions_at
from kb.likeness import Suggestion
from kb.line import ConcordanceKind
from kb.lineage import Basis, Boundary, Step
from kb.model import Version
from kb.stage import Stage
from kb.wording import Wording, compare_wording
from kb.words import Segment

REMEMBERED = 2048

Pair = tuple[Citation | None, Citation | None]


class Teller:
    """Tells histories as records. What it compared word by word it remembers; `segment` parts Chinese text into words."""

    def __init__(self, corpus: Corpus, segment: Segment) -> None:
        self.histories = Histories(corpus)
        self._segment = segment
        self._compare = lru_cache(maxsize=REMEMBERED)(self._compare_words)

    def history(self, citation: Citation, records: Records, day: date) -> Record:
        """Return the shape of `GET /api/v1/history/…`; the states are those of `day`.

        Raises NotHeldError for what is not held.
        """
        history, corpus = self.histories.of(citation), records.corpus
        pairs = {step.boundary.pair for step in history.steps} | {end.boundary.pair for end in history.unresearched}
        boundaries = [boundary for boundary in self.histories.lineage.boundaries if boundary.pair in pairs]
        shown = (*(one.new for one in boundaries), *(one.version for one in history.stages))
        versions = {version.citation: version for version in shown}
        line, last = next(iter(corpus.lines_of(citation.regulation)), None), history.asked[-1]
        return {
            "citation": str(citation),
            "name": _name(corpus, last, records.language),
            "heading": last.provision.text(records.language).heading,
            "line": line.id if line else None,
            "on": day.isoformat(),
            "versions": [
                _version(one, records) for one in sorted(versions.values(), key=lambda v: (v.interval.start, v.citation))
            ],
            "texts": [self._text(history, stage, records, day) for stage in history.stages],
            "steps": [self._step(steps, records, in_full=True) for steps in _by_pair(history.steps)],
            "unresearched": [self._end(end, records) for end in history.unresearched],
            "boundaries": [_boundary(boundary, records) for boundary in boundaries],
            "url": history_path(corpus, citation),
        }

    def short(self, citation: Citation, records: Records) -> Record:
        """Return the steps into and out of the texts of a Provision, and where none was researched; no change of wording."""
        history = self.histories.of(citation)
        asked = {stage.citation for stage in history.asked}
        near = [step for step in history.steps if asked & set(_pair(step))]
        ends = [end for end in history.unresearched if end.stage.citation in asked]
        return {
            "steps": [self._step(steps, records, in_full=False) for steps in _by_pair(near)],
            "unresearched": [self._end(end, records, in_full=False) for end in ends],
            "url": history_path(records.corpus, citation),
        }

    def _text(self, history: History, stage: Stage, records: Records, day: date) -> Record:
        same = next((step for step in history.into(stage) if _keeps_words(step)), None)
        lineage, shown = self.histories.lineage, {one.citation for one in history.stages}
        before = (step.old for step in lineage.came_from(stage))
        after = (step.new for step in lineage.became(stage))
        return {
            **records.provision(stage.version, stage.provision),
            "name": name_stage(records.corpus, stage, records.language),
            "version": str(stage.version.citation),
            "version_name": name_version(records.corpus, stage.version, records.language),
            "state": state_on(records.corpus, stage, day).value,
            "asked": stage in history.asked,
            "same_words_as": str(same.old.citation) if same and same.old else None,
            "also_from": [_named(one, records) for one in _others(before, shown)],
            "also_became": [_named(one, records) for one in _others(after, shown)],
            "history": history_path(records.corpus, stage.citation),
        }

    def _step(self, steps: Sequence[Step], records: Records, *, in_full: bool) -> Record:
        first = steps[0]
        record: Record = {
            "from": _named(first.old, records) if first.old else None,
            "to": _named(first.new, records) if first.new else None,
            "boundary": _pair_record(first.boundary),
            "basis": first.basis.value,
            "kinds": list(dict.fromkeys(step.kind.value for step in steps)),
            "rows": [_row(step, records) for step in steps],
            "compare": compare_path(first.old.citation, first.new.citation) if first.old and first.new else None,
        }
        return record | ({"wording": self._wording(first, records.language)} if in_full else {})

    def _wording(self, step: Step, language: Language) -> Record | None:
        """Return how the words changed, None where one of the texts is not held in the language."""
        if step.old is None or step.new is None:
            return None
        old, new = (find_text((stage.provision,), language) for stage in (step.old, step.new))
        return None if old is None or new is None else wording_record(self._compare(old, new))

    def _compare_words(self, old: str, new: str) -> Wording:
        return compare_wording(old, new, self._segment)

    def _end(self, end: Unresearched, records: Records, *, in_full: bool = True) -> Record:
        back = end.direction is Direction.BACK
        record: Record = {
            "citation": str(end.stage.citation),
            "direction": end.direction.value,
            "reason": end.reason.value,
            "boundary": _pair_record(end.boundary),
            "described": describe_end(records.corpus, end, records.language),
        }
        return record | (
            {"suggestions": [self._suggestion(one, records, back=back) for one in end.suggestions]} if in_full else {}
        )

    def _suggestion(self, suggestion: Suggestion, records: Records, *, back: bool) -> Record:
        """Return a proposal, and the texts that research joins to it farther on in the same direction."""
        stage = suggestion.old if back else suggestion.new
        further = self.histories.of(stage.citation).stages
        at = stage.version.interval.start
        beyond = [one for one in further if (one.version.interval.start < at if back else at < one.version.interval.start)]
        return {
            **_named(stage, records),
            "ratio": round(suggestion.ratio, 2),
            "beyond": [_named(one, records) for one in (reversed(beyond) if back else beyond)],
        }


def arrange(record: Record) -> list[Record]:
    """Return a history as it is read from top to bottom: for each Version what happened where it began, and then its texts.

    A Version that only kept the words stands among the `kept` of the one before. Where there is no text, `absence` says why:
    `dropped`, `unresearched` or `unknown`.
    """
    parts: list[Record] = []
    for version in record["versions"]:
        boundaries = [one for one in record["boundaries"] if one["to"] == version["citation"]]
        part = {
            "version": version,
            "boundaries": [{**one, **_events(record, one)} for one in boundaries],
            "texts": [text for text in record["texts"] if text["version"] == version["citation"]],
            "kept": [],
        }
        part["absence"] = None if part["texts"] else _absence(part["boundaries"])
        if parts and _only_keeps(part, (*parts[-1]["texts"], *parts[-1]["kept"])):
            parts[-1]["kept"] += part["texts"]
        else:
            parts.append(part)
    return parts


def _events(record: Record, boundary: Record) -> Record:
    key = {"from": boundary["from"], "to": boundary["to"]}
    return {name: [one for one in record[name] if one["boundary"] == key] for name in ("steps", "unresearched")}


def _absence(boundaries: Iterable[Record]) -> str:
    """Say why a Version has no text: the article was dropped, nobody researched it, or its place is not known."""
    reasons = {end["reason"] for boundary in boundaries for end in boundary["unresearched"]}
    if reasons - {Reason.NOT_KNOWN.value}:
        return "unresearched"
    kinds = {kind for boundary in boundaries for step in boundary["steps"] for kind in step["kinds"]}
    return "dropped" if kinds == {ConcordanceKind.DROPPED.value} else "unknown"


def _only_keeps(part: Record, before: Sequence[Record]) -> bool:
    """Whether the one text of a Version has the words of the one before, and nothing else is to be told of it."""
    told = [event for boundary in part["boundaries"] for event in (*boundary["unresearched"], *boundary["transitions"])]
    steps = [step for boundary in part["boundaries"] for step in boundary["steps"]]
    if told or not len(part["texts"]) == len(steps) == 1:
        return False
    return part["texts"][0]["same_words_as"] in {one["citation"] for one in before}


def _boundary(boundary: Boundary, records: Records) -> Record:
    return {
        **_pair_record(boundary),
        "from_name": name_version(records.corpus, boundary.old, records.language),
        "ended": str(boundary.old.interval.end) if boundary.old.interval.end else None,
        "began": str(boundary.new.interval.start),
        "researched": boundary.rows is not None,
        "transitions": [records.transition(transition) for transition in transitions_at(boundary)],
    }


def _pair_record(boundary: Boundary) -> Record:
    return {"from": str(boundary.old.citation), "to": str(boundary.new.citation)}


def _row(step: Step, records: Records) -> Record:
    language = records.language
    return {
        "kind": step.kind.value,
        "status": step.status.value,
        "from_part": step.old_part.text(language),
        "to_part": step.new_part.text(language),
        "note": step.note.text(language),
        "described": describe_step(records.corpus, step, language),
    }


def _version(version: Version, records: Records) -> Record:
    return {
        "citation": str(version.citation),
        "name": name_version(records.corpus, version, records.language),
        "interval": interval_record(version.interval),
        "url": page_path(version.citation),
    }


def _name(corpus: Corpus, stage: Stage, language: Language) -> str:
    """Return the name of a Provision in all its Versions."""
    regulation = corpus.regulation(stage.version.regulation)
    if len(regulation.versions) == 1:
        return name_stage(corpus, stage, language)
    return f"{name_regulation(regulation, language)} · {stage.provision.text(language).heading}"


def _named(stage: Stage, records: Records) -> Record:
    return {
        "citation": str(stage.citation),
        "name": name_stage(records.corpus, stage, records.language),
        "heading": stage.provision.text(records.language).heading,
        "interval": interval_record(stage.interval),
        "url": page_path(stage.citation),
        "history": history_path(records.corpus, stage.citation),
    }


def _others(stages: Iterable[Stage | None], shown: set[Citation]) -> tuple[Stage, ...]:
    """Return the texts that are not shown, each once."""
    found = {stage.citation: stage for stage in stages if stage and stage.citation not in shown}
    return tuple(found.values())


def _pair(step: Step) -> Pair:
    return (step.old.citation if step.old else None), (step.new.citation if step.new else None)


def _by_pair(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Yield the steps that join the same two texts together, in order."""
    pairs: dict[tuple[Pair, Basis, tuple[Citation, Citation]], list[Step]] = {}
    for step in steps:
        pairs.setdefault((_pair(step), step.basis, step.boundary.pair), []).append(step)
    yield from pairs.values()


def _keeps_words(step: Step) -> bool:
    return step.basis is Basis.ANCHOR and step.kind is ConcordanceKind.SAME
