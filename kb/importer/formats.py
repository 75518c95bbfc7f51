"""The formats that can be imported: one list, from which the command line and the papers take them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from kb.importer.akn.document import AKN_XML
from kb.importer.document import Gathered
from kb.importer.files import FileKind, gather_files
from kb.importer.json_lists import gather_json
from kb.importer.legalize import gather_legalize
from kb.importer.profile import Profile, parse_profile
from kb.importer.texts import MARKDOWN, TEXT
from kb.importer.web_page import HTML
from kb.importer.word_file import DOCX
from kb.progress import Progress, quietly

_PROFILES = Path(__file__).parent / "profiles"


class Gather(Protocol):
    """How a source is read, Regulation by Regulation."""

    def __call__(self, source: Path, profile: Profile, progress: Progress = quietly, /) -> Iterator[Gathered]:
        """Yield what the source holds of each; raise UnreadableError where it is none of the format."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what it is, and how a source is read, Regulation by Regulation.

    `kind` is how one file is read, of a format whose sources are files that are a text each.
    """

    name: str
    what: str
    gather: Gather
    kind: FileKind | None = None

    def own_profile(self) -> Profile:
        """Return the profile that holds where none is given."""
        path = _PROFILES / f"{self.name}.yaml"
        return parse_profile(path.read_text(encoding="utf-8"), path.name)


def _of_files(name: str, what: str, kind: FileKind) -> Format:
    def gather(source: Path, profile: Profile, progress: Progress = quietly, /) -> Iterator[Gathered]:
        return gather_files(source, profile, kind, progress)

    return Format(name, what, gather, kind)


FORMATS: tuple[Format, ...] = (
    _of_files("markdown", "a folder of Markdown files, or one", MARKDOWN),
    _of_files("text", "a folder of plain text files, or one", TEXT),
    _of_files("html", "a folder of saved web pages, or one", HTML),
    _of_files("docx", "a folder of Word files, or one", DOCX),
    _of_files("akn", "a folder of Akoma Ntoso files, or one", AKN_XML),
    Format("legalize", "a git repository or a bundle of one, with one commit a version", gather_legalize),
    Format("jsonl", "JSON lists (.json), or JSON Lines (.jsonl)", gather_json),
)
BY_NAME: Mapping[str, Format] = MappingProxyType({one.name: one for one in FORMATS})
