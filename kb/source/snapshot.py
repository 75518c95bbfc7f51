"""The parsed corpus kept beside the files, so that a second start reads only what has changed.

The snapshot is derived data: it is bound to the content of every file by digest and to this code by a fingerprint, holds plain
JSON below its sum, is replaced in one step, and may be deleted at any time. A snapshot that cannot be read is made anew.
"""

import os
import tempfile
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from types import ModuleType

import msgspec

import kb.citation
import kb.crosswalk
import kb.duty
import kb.interval
import kb.line
import kb.model
import kb.numerals
import kb.problems
from kb.bulk import many_values
from kb.corpus import Corpus
from kb.progress import Progress, quietly
from kb.source import (
    crosswalk_file,
    duty_block,
    fields,
    front_matter,
    held,
    line_file,
    loader,
    merge,
    official,
    official_file,
    provision_text,
    regulation_file,
    version_file,
    vocabulary_file,
    yaml_lines,
)
from kb.source.held import HeldProvisions, hold
from kb.source.loader import Folder, assemble, read_folder, source_files

FILE_NAME = "corpus-snapshot.json"
_PARSERS: tuple[ModuleType, ...] = (
    kb.citation, kb.crosswalk, kb.duty, kb.interval, kb.line, kb.model, kb.numerals, kb.problems, crosswalk_file,
    duty_block, fields,
    front_matter, held, line_file, loader, merge, official, official_file,
    provision_text, regulation_file, version_file, vocabulary_file, yaml_lines,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What one folder gave, with the digest of each of its files by their paths.

    The Versions in it have no Provisions: `provisions` has those of each, in the same order, with their digest.
    """

    digests: dict[str, str]
    folder: Folder
    provisions: tuple[tuple[msgspec.Raw, str], ...] = ()

    @classmethod
    def of(cls, digests: dict[str, str], folder: Folder) -> "Entry":
        """Return the entry of a folder that was read."""
        if folder.regulation is None:
            return cls(digests, folder)
        versions = tuple(replace(version, provisions=()) for version in folder.regulation.versions)
        bare = replace(folder, regulation=replace(folder.regulation, versions=versions))
        return cls(digests, bare, tuple(hold(version.provisions) for version in folder.regulation.versions))

    def open(self) -> Folder:
        """Return the folder, with Provisions that are read when they are looked at."""
        if self.folder.regulation is None:
            return self.folder
        pairs = zip(self.folder.regulation.versions, self.provisions, strict=True)
        versions = tuple(replace(version, provisions=HeldProvisions(*held)) for version, held in pairs)
        return replace(self.folder, regulation=replace(self.folder.regulation, versions=versions))


@dataclass(slots=True)
class Snapshot:
    """Every entry by the name of its folder, and the fingerprint of the code that made them."""

    fingerprint: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)


def open_corpus(root: Path, derived: Path, progress: Progress = quietly) -> Corpus:
    """Load the corpus under `root`, parsing only the folders whose content the snapshot in `derived` does not know.

    Raises SettingError where `root` is not a folder. A snapshot that cannot be written costs time on the next start, nothing
    else.
    """
    with many_values():
        return assemble(entry.open() for entry in _find_entries(root, derived, progress).values())


def _find_entries(root: Path, derived: Path, progress: Progress) -> dict[str, Entry]:
    known = _read(derived / FILE_NAME)
    found = Snapshot(known.fingerprint)
    for folder, paths in groupby(progress(source_files(root), "Reading"), key=lambda path: path.parent):
        contents = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
        digests = {name: sha256(content).hexdigest() for name, content in contents.items()}
        name = folder.relative_to(root).as_posix()
        entry = known.entries.get(name)
        found.entries[name] = entry if entry and entry.digests == digests else Entry.of(digests, read_folder(contents))
    if list(map(id, found.entries.values())) != list(map(id, known.entries.values())):
        _write(derived / FILE_NAME, found)
    return found.entries


def _fingerprint() -> str:
    code = sha256()
    for module in _PARSERS:
        code.update(Path(module.__file__ or "").read_bytes())
    return code.hexdigest()


def _read(path: Path) -> Snapshot:
    empty = Snapshot(_fingerprint())
    try:
        total, _, content = path.read_bytes().partition(b"\n")
        if total != _sum(content):
            return empty
        snapshot = msgspec.json.decode(content, type=Snapshot)
    except (OSError, msgspec.DecodeError):
        return empty
    return snapshot if snapshot.fingerprint == empty.fingerprint else empty


def _write(path: Path, snapshot: Snapshot) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    except OSError:
        return
    try:
        content = msgspec.json.encode(snapshot)
        with os.fdopen(handle, "wb") as file:
            file.write(_sum(content) + b"\n" + content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)


def _sum(content: bytes) -> bytes:
    """Return what the first line says of the rest, so that no damaged value is ever taken for what a file said."""
    return sha256(content).hexdigest().encode()
