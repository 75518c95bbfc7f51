"""A Draft to the folder of its Regulation: all of it or nothing, and nothing overwritten unless that is asked for.

So an import can be stopped at any time and begun again: what was written is then found unchanged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kb.errors import KbError
from kb.importer.bounds import UnreadableError
from kb.importer.document import Gathered
from kb.importer.draft import Draft, make_draft
from kb.importer.patience import patience
from kb.importer.profile import Profile
from kb.model import Place
from kb.problems import Problem
from kb.source.storage import Plan, carry_out, plan_regulation
from kb.source.version_file import FILE_NAME


class Fate(StrEnum):
    """What became of a Regulation that was imported."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Imported:
    """One Regulation and what became of it, or would become; `plan` is None where none could be made."""

    draft: Draft
    fate: Fate
    plan: Plan | None = None
    problems: tuple[Problem, ...] = ()


def prepare(gathered: Gathered, profile: Profile, root: Path, *, update: bool) -> Imported:
    """Return what importing a Regulation below `root` would do; nothing is written."""
    try:
        with patience():
            draft = make_draft(gathered, profile)
            plan = plan_regulation(root, draft.regulation) if draft.regulation else None
    except KbError as error:
        path = gathered.documents[0].said.path if gathered.documents else gathered.id
        check = "unreadable" if isinstance(error, UnreadableError) else "unwritable"
        problem = Problem(Place(path), check, error.message, error.hint, loads=False)
        return Imported(Draft(gathered.id, None), Fate.LEFT_OUT, None, (*gathered.problems, problem))
    if plan is None:
        return Imported(draft, Fate.LEFT_OUT, None, draft.problems)
    return Imported(draft, _fate(plan, update=update), plan, (*draft.problems, *_stale(draft, root)))


def store(imported: Imported) -> Imported:
    """Write what an import is to write, and return it; where the disk does not take it, it is left out."""
    if imported.plan is None or imported.fate not in (Fate.ADDED, Fate.UPDATED):
        return imported
    try:
        carry_out(imported.plan)
    except KbError as error:
        problem = Problem(Place(imported.draft.id), "unwritable", error.message, error.hint, loads=False)
        return Imported(imported.draft, Fate.LEFT_OUT, imported.plan, (*imported.problems, problem))
    return imported


def _fate(plan: Plan, *, update: bool) -> Fate:
    if not plan.changes:
        return Fate.UNCHANGED
    if plan.replaced:
        return Fate.UPDATED if update else Fate.REFUSED
    return Fate.ADDED


def _stale(draft: Draft, root: Path) -> Iterator[Problem]:
    """Name the Versions on disk that the source no longer has: they are not removed, and would still answer."""
    versions = draft.regulation.versions if draft.regulation else ()
    held = {(version.label, language) for version in versions for language in version.languages}
    for path in sorted((root / draft.id).glob("*.md")):
        match = FILE_NAME.match(path.name)
        if match and (match["label"], match["language"]) not in held:
            hint = "Remove the file, if the source is right."
            yield Problem(Place(f"{draft.id}/{path.name}"), "not-in-source", "The source has no such version.", hint)
