"""What became of each regulation that was imported, as a record and as a line for people."""

from kb.exports.coverage import problem_record
from kb.exports.records import Record
from kb.exports.written import plan_record
from kb.importer.importing import Fate, Imported
from kb.model import Version


def imported_record(imported: Imported) -> Record:
    """Return one Regulation: what became of it, its Versions with their days, what was written, and the Problems."""
    regulation = imported.draft.regulation
    return {
        "regulation": imported.draft.id,
        "fate": imported.fate.value,
        "versions": [_version_record(version) for version in regulation.versions] if regulation else [],
        "files": plan_record(imported.plan)["files"] if imported.plan else [],
        "problems": [problem_record(problem) for problem in imported.problems],
    }


def counts_of(imported: Imported) -> dict[str, int]:
    """Return what is counted of one Regulation: itself by its fate, its Versions and Provisions, its Problems."""
    regulation = imported.draft.regulation
    versions = regulation.versions if regulation and imported.fate is not Fate.LEFT_OUT else ()
    return {
        imported.fate.value: 1,
        "versions": len(versions),
        "provisions": sum(len(version.provisions) for version in versions),
        "problems": len(imported.problems),
    }


def describe_imported(imported: Imported) -> str:
    """Say what became of one Regulation, and the days of its Versions."""
    regulation = imported.draft.regulation
    if regulation is None:
        return f"{imported.fate:10} {imported.draft.id}"
    days = "; ".join(_days(version) for version in regulation.versions)
    return f"{imported.fate:10} {imported.draft.id}  {counts_of(imported)['provisions']} provisions  {days}"


def _days(version: Version) -> str:
    return f"{version.interval} {'+'.join(version.languages)}"


def _version_record(version: Version) -> Record:
    return {
        "version": version.label,
        "interval": {"from": str(version.interval.start), "to": str(version.interval.end) if version.interval.end else None},
        "languages": list(version.languages),
        "provisions": len(version.provisions),
    }
