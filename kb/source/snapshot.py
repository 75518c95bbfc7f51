"""The parsed corpus kept beside the files, so that a second start reads only what has changed.

The snapshot is derived data: it is bound to the content of every file by digest and to this code by a fingerprint, holds plain
JSON below its sum, is replaced in one step, and may be deleted at any time. A snapshot that cannot be read is made anew.
"""

import os
import tempfile
from dataclasses import dataclass, field
from hashlib import sha256
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
    line_file,
    loader,
    official_file,
    provision_text,
    regulation_file,
    version_file,
    vocabulary_file,
    yaml_lines,
)
from kb.source.loader import Parsed, assemble, parse_file, source_files

FILE_NAME = "corpus-snapshot.json"
_PARSERS: tuple[ModuleType, ...] = (
    kb.citation, kb.crosswalk, kb.duty, kb.interval, kb.line, kb.model, kb.numerals, kb.problems, crosswalk_file,
    duty_block, fields,
    front_matter, line_file, loader, official_file,
    provision_text, regulation_file, version_file, vocabulary_file, yaml_lines,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What one file gave, with the digest of its content."""

    digest: str
    value: Parsed


@dataclass(slots=True)
class Snapshot:
    """Every entry by path, and the fingerprint of the code that made them."""

    fingerprint: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)


def open_corpus(root: Path, derived: Path, progress: Progress = quietly) -> Corpus:
    """Load the corpus under `root`, parsing only the files whose content the snapshot in `derived` does not know.

    Raises SettingError where `root` is not a folder. A snapshot that cannot be written costs time on the next start, nothing
    else.
    """
    with many_values():
        return assemble([entry.value for entry in _find_entries(root, derived, progress).values()])


def _find_entries(root: Path, derived: Path, progress: Progress) -> dict[str, Entry]:
    known = _read(derived / FILE_NAME)
    found = Snapshot(known.fingerprint)
    for path in progress(source_files(root), "Reading"):
        content = path.read_bytes()
        name, digest = path.relative_to(root).as_posix(), sha256(content).hexdigest()
        entry = known.entries.get(name)
        found.entries[name] = entry if entry and entry.digest == digest else Entry(digest, parse_file(content, name))
    if found.entries != known.entries:
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
