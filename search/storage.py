"""A folder of finished indexes, each put in place in one step.

An index is written in a folder of its own, with the sum of every file, and then renamed, so that nobody ever reads half of one.
A lock lets one process build at a time; the lock of one that died is free, and what it left is removed. A finished index whose
sums are wrong is never opened.
"""

import json
import shutil
import tempfile
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path

from filelock import FileLock

MANIFEST = "manifest.json"
BUILDING = "building-"
LOCK = "lock"
LONGEST_WAIT = 600.0
KEPT = 3


class Storage:
    """The indexes below one folder, by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, name: str) -> Path | None:
        """Return the folder of a finished and undamaged index."""
        target = self._folder / name
        return target if _is_whole(target) else None

    def latest(self, prefix: str) -> Path | None:
        """Return the latest finished and undamaged index whose name begins so."""
        return next((path for path in self._finished() if path.name.startswith(prefix) and _is_whole(path)), None)

    def put(self, name: str, write: Callable[[Path], None], *, anew: bool = False) -> Path:
        """Return the folder of an index, written by `write` unless another process has just done so.

        Raises OSError where the folder cannot be written, or is held by another for ten minutes.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / name
        with FileLock(self._folder / LOCK, timeout=LONGEST_WAIT):
            if anew or not _is_whole(target):
                self._remove_unfinished()
                own = Path(tempfile.mkdtemp(prefix=BUILDING, dir=self._folder))
                write(own)
                _seal(own)
                self._replace(target, own)
            self._remove_old(target)
        return target

    def _replace(self, target: Path, own: Path) -> None:
        if target.exists():
            target.rename(Path(tempfile.mkdtemp(prefix=BUILDING, dir=self._folder)) / "replaced")
        own.rename(target)
        self._remove_unfinished()

    def _finished(self) -> list[Path]:
        """Return all finished indexes, the latest first."""
        if not self._folder.is_dir():
            return []
        found = [path for path in self._folder.iterdir() if path.is_dir() and not path.name.startswith(BUILDING)]
        return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)

    def _remove_unfinished(self) -> None:
        for path in self._folder.glob(f"{BUILDING}*"):
            shutil.rmtree(path, ignore_errors=True)

    def _remove_old(self, target: Path) -> None:
        for path in [path for path in self._finished() if path != target][KEPT - 1 :]:
            shutil.rmtree(path, ignore_errors=True)


def _seal(folder: Path) -> None:
    sums = {path.name: _sum(path) for path in sorted(folder.iterdir())}
    (folder / MANIFEST).write_text(json.dumps(sums), encoding="utf-8")


def _is_whole(target: Path) -> bool:
    try:
        sums = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        return bool(sums) and all(_sum(target / name) == sum_ for name, sum_ in sums.items())
    except (OSError, ValueError, AttributeError):
        return False


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
