"""What was written, or would be, as a record: what the commands that write files share."""

from kb.exports.records import Record
from kb.source.storage import Plan


def plan_record(plan: Plan) -> Record:
    """Return the files of a Plan, each with what becomes of it and the unified difference."""
    return {
        "regulation": plan.folder,
        "files": [
            {"path": change.path, "change": "added" if change.before is None else "replaced", "diff": change.diff}
            for change in plan.changes
        ],
    }
