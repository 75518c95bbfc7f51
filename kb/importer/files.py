"""A folder of files, each a text or a part of one, to what they hold of each Regulation.

The files are read twice: once to learn which Regulation each is of, and again, Regulation by Regulation, so that no more than
one Regulation is in memory however large the folder is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from kb.errors import KbError
from kb.importer.bounds import MOST_BYTES, UnreadableError, check_bytes
from kb.importer.dated import Said
from kb.importer.document import Document, Gathered, find_fields, read_document
from kb.importer.fields import regulation_id
from kb.importer.headings import SourceLine
from kb.importer.patience import patience
from kb.importer.profile import Profile, Unit
from kb.model import Place, Version
from kb.problems import Problem
from kb.progress import Progress, quietly
from kb.source.yaml_lines import SourceError

_FIRST = ("readme", "index")


@dataclass(frozen=True, slots=True)
class Written:
    """What one file holds: what it says of itself, with the line of each field, and its text, line by line.

    `made` is the Version itself, of a file that holds one in full; `problems` name what of the file is not taken.
    """

    fields: dict[str, str]
    places: dict[str, int]
    lines: tuple[SourceLine, ...]
    made: Version | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FileKind:
    """Files of one kind: their endings, and how their bytes are read, given their path in the source."""

    endings: tuple[str, ...]
    read: Callable[[bytes, str], Written]


def gather_files(source: Path, profile: Profile, kind: FileKind, progress: Progress = quietly) -> Iterator[Gathered]:
    """Yield what a folder, or one file, holds of each Regulation; raise UnreadableError where no file is there."""
    root = source if source.is_dir() else source.parent
    units = list(_units(find_files(source, kind.endings, profile.only), profile.unit))
    reader = _Reader(root, profile, kind)
    by_id: dict[str, list[tuple[Path, ...]]] = {}
    for unit in progress(units, "Looking"):
        id_, problem = reader.name(unit)
        if problem:
            yield Gathered(path_below(root, unit[0]), (), (problem,))
        else:
            by_id.setdefault(id_, []).append(unit)
    for id_, members in progress(list(by_id.items()), "Importing"):
        yield reader.gather(id_, members)


def find_files(source: Path, endings: tuple[str, ...], only: Any) -> list[Path]:  # noqa: ANN401 - RE2 brings no hints
    """Return a file, or the files of a folder and below it, README first; what is hidden or leads out of it is none of them.

    Raises UnreadableError where there are none that `only`, a pattern for their paths, asks for.
    """
    root = source if source.is_dir() else source.parent
    found = [source] if source.is_file() else _below(source, endings)
    wanted = [path for path in found if only is None or only.search(path_below(root, path))]
    if not wanted:
        message = f"{source} holds no {' or '.join(endings)} file that the profile asks for."
        raise UnreadableError(message, "Check the path, and `only` in the profile.")
    return wanted


def path_below(root: Path, path: Path) -> str:
    """Return the path of a file below the source, as Problems name it."""
    return path.relative_to(root).as_posix()


def _below(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    inside = folder.resolve()
    found = (path for path in folder.rglob("*") if path.suffix.lower() in endings and path.is_file())
    own = (path for path in found if path.resolve().is_relative_to(inside))
    shown = (path for path in own if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return sorted(shown, key=lambda path: (path.parent.as_posix(), path.stem.lower() not in _FIRST, path.name))


def _units(paths: Iterable[Path], unit: Unit) -> Iterator[tuple[Path, ...]]:
    """Yield the files that are one document each."""
    if unit is Unit.FILE:
        yield from ((path,) for path in paths)
    else:
        yield from (tuple(members) for _, members in groupby(paths, key=lambda path: path.parent))


class _Reader:
    """Reads the files of one folder by one profile."""

    def __init__(self, root: Path, profile: Profile, kind: FileKind) -> None:
        self.root = root
        self.profile = profile
        self.kind = kind

    def name(self, unit: tuple[Path, ...]) -> tuple[str, Problem | None]:
        """Return the id of the Regulation that some files are of, or the Problem that they have none."""
        try:
            with patience():
                return regulation_id(self.profile.id, self._read(unit)[0].fields), None
        except SourceError as fault:
            return "", fault.problem
        except (KbError, OSError) as error:
            return "", fault_of(path_below(self.root, unit[0]), error)

    def gather(self, id_: str, units: Iterable[tuple[Path, ...]]) -> Gathered:
        """Return what some files hold of one Regulation."""
        documents: list[Document] = []
        problems: list[Problem] = []
        for unit in units:
            try:
                with patience():
                    said, written = self._read(unit)
                    problems += [problem for one in written for problem in one.problems]
                    lines = (line for one in written for line in one.lines)
                    documents.append(replace(read_document(said, lines, self.profile), made=written[0].made))
            except SourceError as fault:
                problems.append(fault.problem)
            except (KbError, OSError) as error:
                problems.append(fault_of(path_below(self.root, unit[0]), error))
        return Gathered(id_, tuple(documents), tuple(problems))

    def _read(self, unit: tuple[Path, ...]) -> tuple[Said, list[Written]]:
        written = [self.kind.read(_bytes(path), path_below(self.root, path)) for path in unit]
        path = path_below(self.root, unit[0])
        text = "\n".join(line.text for one in written for line in one.lines)
        return Said(path, find_fields(path, text, self.profile) | written[0].fields, written[0].places), written


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    check_bytes(content)
    return content


def fault_of(path: str, error: KbError | OSError) -> Problem:
    """Return an error as the Problem of the document it befell, which is left out."""
    message = error.message if isinstance(error, KbError) else f"It cannot be read: {error.strerror}."
    hint = error.hint if isinstance(error, KbError) else "Check its permissions."
    return Problem(Place(path), "unreadable", message, hint, loads=False)
