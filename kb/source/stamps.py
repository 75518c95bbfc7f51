"""Whether the files of a corpus have changed, without reading them.

A stamp tells that a file may have changed, never that it has not: what a start is made from is the content (see the snapshot).
"""

from collections.abc import Mapping
from pathlib import Path

from kb.source.loader import source_files

Stamps = Mapping[str, tuple[int, int, int, int]]
"""Of each file its size, the times its content and its entry were changed, and its number on the disk."""


def read_stamps(root: Path) -> Stamps:
    """Return the stamp of each file under `root`, by its path; raise SettingError where that is not a folder."""
    found = {}
    for path in source_files(root):
        one = path.stat()
        found[path.relative_to(root).as_posix()] = (one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino)
    return found
