"""A folder of files to a Corpus.

<root>/vocabulary.yaml
<root>/<regulation-id>/regulation.md
<root>/<regulation-id>/<first-day>.<lang>.md
<root>/<regulation-id>/<first-day>.<lang>.official.md
<root>/lines/<line-id>.yaml
<root>/crosswalks/<crosswalk-id>.yaml
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from kb.corpus import Corpus, Guides, Vocabulary
from kb.crosswalk import Crosswalk
from kb.errors import SettingError
from kb.line import Line
from kb.model import Place, Regulation, Version
from kb.problems import Problem
from kb.source import regulation_file
from kb.source.crosswalk_file import parse_crosswalk
from kb.source.line_file import parse_line
from kb.source.merge import merge_languages
from kb.source.official import place_beside
from kb.source.official_file import OFFICIAL, parse_official
from kb.source.version_file import parse_version
from kb.source.vocabulary_file import parse_vocabulary

LINES = "lines"
CROSSWALKS = "crosswalks"
VOCABULARY = "vocabulary.yaml"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one file holds: at most one value, and the Problems met in it."""

    vocabulary: Vocabulary | None = None
    regulation: Regulation | None = None
    version: Version | None = None
    official: Version | None = None
    line: Line | None = None
    crosswalk: Crosswalk | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """What the files of one folder give together, and the Problems met in them; at most one Regulation, with its Versions."""

    vocabulary: Vocabulary | None = None
    regulation: Regulation | None = None
    lines: tuple[Line, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
    problems: tuple[Problem, ...] = ()


def load_corpus(root: Path) -> Corpus:
    """Read every file under `root`; a file with a fault is left out, and the Corpus names it among its problems.

    Raises SettingError where `root` is not a folder.
    """
    return assemble(
        read_folder({path.relative_to(root).as_posix(): path.read_bytes() for path in paths})
        for _, paths in groupby(source_files(root), key=lambda path: path.parent)
    )


def source_files(root: Path) -> list[Path]:
    """Return the files of the corpus, in the order they are read; raise SettingError where `root` is not a folder."""
    check_root(root)
    files = [path for path in root.glob("*/*") if path.suffix in (".md", ".yaml") and not path.parent.name.startswith(".")]
    vocabulary = root / VOCABULARY
    return ([vocabulary] if vocabulary.is_file() else []) + sorted(files)


def check_root(root: Path) -> None:
    """Raise SettingError where `root` is not a folder."""
    if not root.is_dir():
        message = f"The corpus folder {root} is not there."
        raise SettingError(message, "Point the setting `corpus` to a folder of regulations.")


def parse_file(content: bytes, name: str) -> Parsed:
    """Read one file of a corpus; `name` is its path below the corpus, which says what it holds."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8 text (byte {error.start})."
        return Parsed(problems=(Problem(Place(name), "encoding", message, "Save it as UTF-8.", loads=False),))
    folder, _, file = name.rpartition("/")
    if name == VOCABULARY:
        vocabulary, problems = parse_vocabulary(text, name)
        return Parsed(vocabulary=vocabulary, problems=tuple(problems))
    if folder == LINES:
        line, problems = parse_line(text, name)
        return Parsed(line=line, problems=tuple(problems))
    if folder == CROSSWALKS:
        crosswalk, problems = parse_crosswalk(text, name)
        return Parsed(crosswalk=crosswalk, problems=tuple(problems))
    if file == regulation_file.FILE_NAME:
        regulation, problems = regulation_file.parse_regulation(text, name)
        return Parsed(regulation=regulation, problems=tuple(problems))
    is_official = file.endswith(OFFICIAL)
    version, problems = parse_official(text, name) if is_official else parse_version(text, name)
    parsed = Parsed(problems=tuple(problems))
    return replace(parsed, official=version) if is_official else replace(parsed, version=version)


def read_folder(contents: Mapping[str, bytes]) -> Folder:
    """Read the files of one folder, by their paths below the corpus, and join what they say."""
    files = [parse_file(content, name) for name, content in contents.items()]
    restated, disagreements = merge_languages([file.version for file in files if file.version])
    versions, misplaced = place_beside(restated, [file.official for file in files if file.official])
    regulation = next((file.regulation for file in files if file.regulation), None)
    orphans = () if regulation else map(_orphan, versions)
    return Folder(
        vocabulary=next((file.vocabulary for file in files if file.vocabulary), None),
        regulation=replace(regulation, versions=tuple(sorted(versions, key=attrgetter("label")))) if regulation else None,
        lines=tuple(file.line for file in files if file.line),
        crosswalks=tuple(file.crosswalk for file in files if file.crosswalk),
        problems=(*(problem for file in files for problem in file.problems), *disagreements, *misplaced, *orphans),
    )


def assemble(folders: Iterable[Folder]) -> Corpus:
    """Join folders to a Corpus."""
    held = tuple(folders)
    regulations = {folder.regulation.id: folder.regulation for folder in held if folder.regulation}
    lines = sorted((line for folder in held for line in folder.lines), key=lambda line: _oldest(line, regulations))
    crosswalks = tuple(crosswalk for folder in held for crosswalk in folder.crosswalks)
    vocabulary = next((folder.vocabulary for folder in held if folder.vocabulary), Vocabulary())
    problems = (problem for folder in held for problem in folder.problems)
    return Corpus(regulations.values(), Guides(tuple(lines), crosswalks, vocabulary), problems)


def _oldest(line: Line, regulations: Mapping[str, Regulation]) -> tuple[date, str]:
    """Order Lines by their oldest Version, so that the longest-standing subject comes first."""
    members = (regulations[member.regulation] for member in line.members if member.regulation in regulations)
    starts = [version.interval.start.earliest for regulation in members for version in regulation.versions]
    return min(starts, default=date.max), line.id


def _orphan(version: Version) -> Problem:
    hint = f"Add {version.regulation}/{regulation_file.FILE_NAME}, or mend the one that is there."
    message = "The version has no readable regulation.md beside it."
    return Problem(Place(version.paths[0]), "orphan-version", message, hint, loads=False)
