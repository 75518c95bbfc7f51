"""How much of a stranger's file is read, and the error that says it was too much or no text."""

from kb.errors import KbError

MOST_BYTES = 20_000_000
MOST_UNPACKED = 10_000_000
MOST_PARTS = 5_000
MOST_DEPTH = 200
MOST_ELEMENTS = 300_000
MOST_ATTRIBUTES = 400_000
MOST_CHARACTERS = 500_000


class UnreadableError(KbError):
    """A file cannot be read as a text: it is too large, of another kind than its name says, damaged, or hostile."""

    slug = "unreadable"


def check_bytes(content: bytes) -> None:
    """Raise UnreadableError where a file is larger than `MOST_BYTES`."""
    if len(content) > MOST_BYTES:
        message = f"The file has more than {MOST_BYTES:,} bytes."
        raise UnreadableError(message, "Leave out its pictures, or cut it into parts.")


def check_text(text: str) -> str:
    """Return the text; raise UnreadableError where it is longer than `MOST_CHARACTERS`."""
    if len(text) > MOST_CHARACTERS:
        message = f"The text has {len(text):,} characters; the most is {MOST_CHARACTERS:,}."
        raise UnreadableError(message, "Cut it into parts.")
    return text


def decode(content: bytes) -> str:
    """Return UTF-8 bytes as text; raise UnreadableError for anything else."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8 text (byte {error.start})."
        raise UnreadableError(message, "Save it as UTF-8.") from error
    if "\0" in text:
        message = f"The file is no text: it holds a zero byte (character {text.index(chr(0))})."
        raise UnreadableError(message, "Give a text, Markdown, HTML, Word (.docx) or PowerPoint (.pptx) file.")
    return text
