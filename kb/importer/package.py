"""The zip of XML parts that Word and PowerPoint write, taken apart with care and put together again.

What a zip says of its own sizes may be a lie, so every part is unpacked in pieces and counted. Parts that are no XML, such as
pictures and archives inside, are never unpacked: they are left empty. XML that declares a document type, and so may declare
entities, or that is nested without end is refused before any library builds a tree of it.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import TypeVar
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError
from pptx.exc import PythonPptxError

from kb.importer.bounds import MOST_ATTRIBUTES, MOST_DEPTH, MOST_ELEMENTS, MOST_PARTS, MOST_UNPACKED, UnreadableError

Value = TypeVar("Value")

_PIECE = 65_536
_XML = (".xml", ".rels")
_SENSELESS = (
    LookupError, ValueError, AttributeError, TypeError, AssertionError, zipfile.BadZipFile,
    LxmlError, OpcError, PythonDocxError, PythonPptxError,
)  # fmt: skip
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def rebuild_package(content: bytes, main_part: str, kind: str) -> io.BytesIO:
    """Return the package with only the XML parts in it, each of them checked.

    `main_part` is what makes it a file of its `kind` ("Word", "PowerPoint"). Raises UnreadableError for what is no such file,
    is damaged, encrypted or too large.
    """
    if not content.startswith(b"PK"):
        message = f"The file is no {kind} file: it is not a zip package."
        raise UnreadableError(message, f"Save it anew in {kind}, or paste its text.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _copy(package, main_part, kind)
    except _DAMAGED as error:
        message = f"The {kind} file is damaged: {error}."
        raise UnreadableError(message, f"Save it anew in {kind}, or paste its text.") from error


def _copy(package: zipfile.ZipFile, main_part: str, kind: str) -> io.BytesIO:
    infos = package.infolist()
    _check_list(infos, main_part, kind)
    unpacked, elements, copy = 0, _Counter(), io.BytesIO()
    with zipfile.ZipFile(copy, "w") as out:
        for info in infos:
            is_xml = info.filename.lower().endswith(_XML)
            part = _unpack(package, info, MOST_UNPACKED - unpacked) if is_xml else b""
            unpacked += len(part)
            if is_xml:
                check_xml(part, info.filename, elements)
            out.writestr(zipfile.ZipInfo(info.filename), part)
    copy.seek(0)
    return copy


def _check_list(infos: list[zipfile.ZipInfo], main_part: str, kind: str) -> None:
    """Refuse by what the package says of itself: other kinds, passwords, too much."""
    names = [info.filename for info in infos]
    if main_part not in names:
        message = f"The file is a zip archive, but no {kind} file: it holds no {main_part}."
        raise UnreadableError(message, "Unpack the archive, and give the files in it one by one.")
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableError(f"The {kind} file is locked with a password.", "Save it without one.")
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        message = f"The {kind} file has {len(names)} parts, some of one name or more than {MOST_PARTS}."
        raise UnreadableError(message, f"Save it anew in {kind}, or paste its text.")


def _unpack(package: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    """Return a part, whatever size it declares; raise UnreadableError where there is no room for it."""
    pieces, size = list[bytes](), 0
    with package.open(info) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > room:
                raise _too_large()
            pieces.append(piece)
    return b"".join(pieces)


def check_xml(part: bytes, name: str, counter: "_Counter | None" = None) -> None:
    """Refuse a part that no library should build a tree of; what is plainly too much is not even parsed."""
    if part.count(b"=") > MOST_ATTRIBUTES or part.count(b"<") > 2 * MOST_ELEMENTS:
        message = f"The part {name} has more than {MOST_ELEMENTS:,} elements or {MOST_ATTRIBUTES:,} attributes."
        raise UnreadableError(message, "Cut the file into parts, or paste its text.")
    try:
        parseString(part, counter or _Counter(), forbid_dtd=True)
    except DefusedXmlException as error:
        message = f"The part {name} declares a document type or entities, which no office program writes."
        raise UnreadableError(message, "Save the file anew, or paste its text.") from error
    except SAXException as error:
        message = f"The part {name} is not XML: {error}."
        raise UnreadableError(message, "Save the file anew, or paste its text.") from error


class _Counter(ContentHandler):
    """Counts elements, and how deep they lie in each other."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = 0
        self.depth = 0

    def startDocument(self) -> None:  # noqa: N802 - the name that SAX calls
        """Begin a part."""
        self.depth = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: ARG002, N802 - the name that SAX calls
        """Count one more."""
        self.elements += 1
        self.depth += 1
        if self.depth > MOST_DEPTH or self.elements > MOST_ELEMENTS:
            message = f"The file has more than {MOST_ELEMENTS:,} elements, or more than {MOST_DEPTH} inside each other."
            raise UnreadableError(message, "Save it anew, or paste its text.")

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 - the name that SAX calls
        """Go up again."""
        self.depth -= 1


def _too_large() -> UnreadableError:
    message = f"Unpacked, the file is larger than {MOST_UNPACKED:,} bytes."
    return UnreadableError(message, "Cut it into parts, or paste its text.")


def guard(read: Callable[[io.BytesIO], Value], package: io.BytesIO, kind: str) -> Value:
    """Return what a library reads from a package; raise UnreadableError where it finds no sense in it."""
    try:
        return read(package)
    except _SENSELESS as error:
        message = f"The {kind} file is damaged: {error}."
        raise UnreadableError(message, f"Save it anew in {kind}, or paste its text.") from error
