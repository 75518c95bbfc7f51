"""What the corpus holds and what it does not, as a record."""

from collections import Counter

from kb.corpus import Corpus
from kb.exports.records import Record, Records, interval_record
from kb.interval import Interval
from kb.model import Regulation, Status
from kb.problems import Problem


def coverage_record(corpus: Corpus, records: Records) -> Record:
    """Return what is held, Regulation by Regulation, and every file that had to be left out."""
    rows = [_row(regulation, records) for regulation in corpus.regulations.values()]
    return {
        "regulations": rows,
        "lines": [
            {"line": line.id, "title": line.title.text(records.language), "members": [m.regulation for m in line.members]}
            for line in corpus.lines.values()
        ],
        "versions": sum(row["versions"] for row in rows),
        "provisions": sum(sum(row["provisions"].values()) for row in rows),
        "left_out": [problem_record(problem) for problem in corpus.problems if not problem.loads],
    }


def problem_record(problem: Problem) -> Record:
    """Return a Problem as a record."""
    return {
        "path": problem.place.path,
        "line": problem.place.line,
        "check": problem.check,
        "message": problem.message,
        "hint": problem.hint,
        "left_out": not problem.loads,
    }


def _row(regulation: Regulation, records: Records) -> Record:
    provisions = [p for version in regulation.versions for p in version.provisions if not p.is_chapter]
    counts = Counter(provision.status for provision in provisions)
    return {
        "regulation": regulation.id,
        "title": regulation.title.text(records.language),
        "kind": regulation.kind.value,
        "versions": len(regulation.versions),
        "languages": sorted({language for version in regulation.versions for language in version.languages}),
        "interval": _extent(records.corpus, regulation),
        "provisions": {status.value: counts[status] for status in Status},
        "not_held": sum(not provision.has_text for provision in provisions),
    }


def _extent(corpus: Corpus, regulation: Regulation) -> Record | None:
    starts = [version.interval.start for version in regulation.versions]
    return interval_record(Interval(min(starts), corpus.end_of(regulation.id))) if starts else None
