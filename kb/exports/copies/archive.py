"""Everything held as one zip, written while it is sent: every text in the quick formats, and the files of the corpus.

`manifest.json`, the last file, gives the SHA-256 of every other one, and of which text and days it is.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kb.citation import Language, TextLanguage
from kb.exports.copies.copy import Wanted
from kb.exports.copies.formats import FORMATS, Format
from kb.exports.jsonld import Place
from kb.exports.language_tag import tag_of
from kb.exports.records import Record, Records, interval_record
from kb.model import LANGUAGES, Version
from kb.progress import Progress, quietly
from kb.source.loader import source_files

MANIFEST = "manifest.json"
TEXTS, CORPUS = "texts", "corpus"
QUICK = tuple(one for one in FORMATS.values() if not one.is_slow)
# The first moment that a zip can tell: the same corpus gives the same bytes.
_EARLIEST = (1980, 1, 1, 0, 0, 0)

File = tuple[str, bytes, Record]


class _Pipe:
    """What a zip is written into: it gives on what it was given, and cannot go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        """Take a piece."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: pieces are taken out, not pushed on."""

    def close(self) -> None:
        """Do nothing: there is nothing behind it to close."""

    def take(self) -> bytes:
        """Return what has been written since it was last taken."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def find_files(
    records: Mapping[Language, Records], root: str, formats: Iterable[Format] = QUICK, progress: Progress = quietly
) -> Iterator[File]:
    """Yield name, content and description of a file for every text held, in every language that it is held in."""
    chosen = tuple(formats)
    place = Place(root)
    held = [(told, one) for told in records.values() for one in told.corpus.versions() if _tells(told, one)]
    for told, version in progress(held, "Copying"):
        yield from (_file(Wanted(version, None, place, told), one) for one in chosen)


def find_sources(corpus: Path) -> Iterator[File]:
    """Yield the files of the corpus as they are."""
    for path in source_files(corpus):
        yield f"{CORPUS}/{path.relative_to(corpus).as_posix()}", path.read_bytes(), {}


def stream_zip(files: Iterable[File], address: str) -> Iterator[bytes]:
    """Yield a zip of files piece by piece, with a manifest at its end; nothing is held longer than one file."""
    pipe, listed = _Pipe(), list[Record]()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        for name, content, described in files:
            _put(archive, name, content)
            listed.append({"path": name, "sha256": sha256(content).hexdigest(), "bytes": len(content), **described})
            yield pipe.take()
        manifest = {"address": address, "files": listed}
        _put(archive, MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    yield pipe.take()


def _tells(told: Records, version: Version) -> bool:
    """Whether a Version is copied by records of a language: by its own, or the English ones where it has a third one alone."""
    languages = set(version.languages)
    return told.language in languages or (told.language == "en" and not languages & set(LANGUAGES))


def _put(archive: ZipFile, name: str, content: bytes) -> None:
    archive.writestr(ZipInfo(name, _EARLIEST), content, ZIP_DEFLATED)


def _file(wanted: Wanted, form: Format) -> File:
    version = wanted.version
    language = wanted.text_language
    name = f"{TEXTS}/{version.regulation}/{version.label}.{language}.{form.ending}"
    return name, form.export(wanted), _describe(version, language, form)


def _describe(version: Version, language: TextLanguage, form: Format) -> Record:
    return {
        "citation": str(version.citation),
        "interval": interval_record(version.interval),
        "text": version.text.value,
        "language": tag_of(language),
        "type": form.media_type,
    }
