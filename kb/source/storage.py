"""Files to disk: all of one folder or none, and nothing overwritten unless that is asked for.

What is to change is a value first, a `Plan`, which shows its differences and can be looked at without writing. New contents are
made beside the folder, flushed, and put in its place by renaming, so that a reader finds the old folder or the new one.
"""

import ctypes
import difflib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.errors import KbError
from kb.model import Regulation
from kb.source.likewise import find_difference, placeless
from kb.source.loader import assemble, read_folder
from kb.source.writer import regulation_files

# of <fcntl.h> and <linux/fs.h>
_HERE = -100
_RENAME_EXCHANGE = 2


class NotWrittenError(KbError):
    """The disk did not take the files; nothing was changed."""


class WouldOverwriteError(KbError):
    """Files are there and say something else; `plan` shows what would change."""

    def __init__(self, plan: "Plan", hint: str = "Look at the differences, then ask for an update.") -> None:
        names = ", ".join(change.path for change in plan.replaced)
        super().__init__(f"{names}: there already, with other content.", hint)
        self.plan = plan


class UnwritableError(KbError):
    """The format of the files cannot say this value: it would be read back as another."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of one file, named by its path below the corpus; `before` is None where there is none yet."""

    path: str
    before: str | None
    after: str

    @property
    def diff(self) -> str:
        """The unified difference, "" where there is none."""
        before = (self.before or "").splitlines(keepends=True)
        old = self.path if self.before is not None else "/dev/null"
        return "".join(difflib.unified_diff(before, self.after.splitlines(keepends=True), old, self.path))


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written into the folder of one Regulation below `root`: the files that would change, and no others."""

    root: Path
    folder: str
    changes: tuple[Change, ...]

    @property
    def added(self) -> tuple[Change, ...]:
        """The files that are not there yet."""
        return tuple(change for change in self.changes if change.before is None)

    @property
    def replaced(self) -> tuple[Change, ...]:
        """The files that are there with other content."""
        return tuple(change for change in self.changes if change.before is not None)

    @property
    def diff(self) -> str:
        """The unified differences of all files."""
        return "".join(change.diff for change in self.changes)


def plan_regulation(root: Path, regulation: Regulation) -> Plan:
    """Return what writing a Regulation below `root` would change; a file that it does not speak of stays.

    Raises UnwritableError where the files would be read back as another value, NotWrittenError where a file cannot be read.
    """
    files = regulation_files(regulation)
    check_read_back(regulation, files)
    return plan_files(root, regulation.id, files)


def write_regulation(root: Path, regulation: Regulation, *, update: bool = False) -> Plan:
    """Write all files of a Regulation below `root`, or none, and return what was changed.

    Raises WouldOverwriteError where a file is there with other content and `update` is not said; UnwritableError and
    NotWrittenError as `plan_regulation` and `carry_out` do.
    """
    plan = plan_regulation(root, regulation)
    if plan.replaced and not update:
        raise WouldOverwriteError(plan)
    carry_out(plan)
    return plan


def plan_files(root: Path, folder: str, files: Mapping[str, str]) -> Plan:
    """Return what writing these files, by name, into one folder below `root` would change."""
    recover(root, folder)
    found = ((name, _read(root / folder / name), text) for name, text in files.items())
    changes = (Change(f"{folder}/{name}", before, after) for name, before, after in found if before != after)
    return Plan(root, folder, tuple(changes))


def check_read_back(regulation: Regulation, files: Mapping[str, str]) -> None:
    """Raise UnwritableError unless these files, by name, are read back as the Regulation."""
    contents = {f"{regulation.id}/{name}": text.encode("utf-8", "surrogatepass") for name, text in sorted(files.items())}
    corpus = assemble([read_folder(contents)])
    hint = "Make the words ones that a file can hold: see kb.source.prose."
    if corpus.problems:
        message = f"{regulation.id} cannot be written: {corpus.problems[0]}"
        raise UnwritableError(message, hint)
    difference = find_difference(placeless(regulation), placeless(corpus.regulations[regulation.id]), regulation.id)
    if difference:
        message = f"{difference} cannot be written: it would be read back as something else."
        raise UnwritableError(message, hint)


def check_plan(plan: Plan) -> None:
    """Raise UnwritableError where the files of the folder, changed as the Plan says, could not be read together."""
    contents = {path.name: path.read_bytes() for path in sorted((plan.root / plan.folder).glob("*.md"))}
    contents |= {Path(change.path).name: change.after.encode("utf-8") for change in plan.changes}
    corpus = assemble([read_folder({f"{plan.folder}/{name}": contents[name] for name in sorted(contents)})])
    for problem in corpus.problems:
        raise UnwritableError(f"{problem.place}: {problem.message}", problem.hint)


def carry_out(plan: Plan) -> None:
    """Write what a Plan says, all of it or nothing; raise NotWrittenError where the disk does not take it."""
    if not plan.changes:
        return
    target = plan.root / plan.folder
    with _explained(target):
        plan.root.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{plan.folder}.", dir=plan.root))
        try:
            _stage(plan, staged / plan.folder)
            _check_fresh(plan)
            _swap(staged / plan.folder, target)
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def _check_fresh(plan: Plan) -> None:
    """Raise NotWrittenError where a file is not any more as it was when the Plan was made: somebody else has written it."""
    for change in plan.changes:
        if _read(plan.root / change.path) != change.before:
            message = f"{change.path} was changed by somebody else meanwhile. Nothing was written."
            raise NotWrittenError(message, "Look at it, and do it again.")


def recover(root: Path, folder: str) -> None:
    """Put back a folder that a writer, stopped between two steps, left beside its place."""
    aside = _aside(root / folder)
    if not aside.exists():
        return
    with _explained(aside):
        if (root / folder).exists():
            shutil.rmtree(aside)
        else:
            aside.rename(root / folder)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _stage(plan: Plan, staged: Path) -> None:
    """Make the folder as it is to be: what is there, with the changes over it, flushed to the disk."""
    target = plan.root / plan.folder
    if target.exists():
        shutil.copytree(target, staged, symlinks=True)
    else:
        staged.mkdir()
    for change in plan.changes:
        with (staged / Path(change.path).name).open("w", encoding="utf-8", newline="\n") as file:
            file.write(change.after)
            file.flush()
            os.fsync(file.fileno())
    _flush(staged)


def _swap(staged: Path, target: Path) -> None:
    """Put the folder in its place in one step; where the system cannot exchange two folders, in two."""
    if not target.exists():
        staged.rename(target)
    elif not _exchange(staged, target):
        aside = _aside(target)
        target.rename(aside)
        staged.rename(target)
        shutil.rmtree(aside, ignore_errors=True)
    _flush(target.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, as only Linux can; return whether it did. Python has no call for it."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _RENAME_EXCHANGE) == 0


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}."
        raise NotWrittenError(message, "Mend it or move it away.") from error


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the disk says into an error that names the folder."""
    try:
        yield
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}. Nothing was changed."
        raise NotWrittenError(message, "Check the folder's permissions and the room on the disk.") from error
