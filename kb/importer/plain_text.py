"""Plain text and Markdown to text; a Markdown file's front matter may give its date."""

from kb.importer.bounds import decode
from kb.importer.foreign import Foreign
from kb.source.front_matter import parse_document
from kb.source.yaml_lines import SourceError

_DATES = ("date", "dated", "日期")


def read_plain(content: bytes) -> Foreign:
    """Return a text as it stands; raise UnreadableError where it is not UTF-8."""
    return Foreign(decode(content))


def read_markdown(content: bytes) -> Foreign:
    """Return a Markdown text without its front matter; one that is not front matter after all belongs to the text."""
    text = decode(content)
    try:
        front = parse_document(text, "given").front
    except SourceError:
        return Foreign(text)
    values = [str(front.values[key]) for key in _DATES if key in front.values]
    return Foreign(text, front=values[0] if values else "")
