"""Any file that can be read, by its name, to text."""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from kb.importer.bounds import UnreadableError, check_bytes, check_text
from kb.importer.foreign import Foreign
from kb.importer.page_text import read_page
from kb.importer.plain_text import read_markdown, read_plain
from kb.importer.slides_text import read_slides
from kb.importer.word_text import read_word

READERS: Mapping[str, Callable[[bytes], Foreign]] = MappingProxyType({
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".docx": read_word,
    ".pptx": read_slides,
})  # fmt: skip


def read_text_of(name: str, content: bytes) -> Foreign:
    """Return the text of a file; its name says what it is, and one without an ending is plain text.

    Raises UnreadableError for other kinds, for what is damaged, and for what is too large.
    """
    ending = PurePath(name).suffix.lower()
    reader = READERS.get(ending or ".txt")
    if reader is None:
        message = f"Files of the kind {ending} are not read."
        raise UnreadableError(message, f"Give one of: {', '.join(READERS)}; or paste the text.")
    check_bytes(content)
    found = reader(content)
    check_text(found.text)
    return found
