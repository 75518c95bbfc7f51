"""Names for the content of an index: one made of other documents, or by other code, is of no use."""

from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("OpenCC", "PyStemmer", "snowballstemmer")


def name_reading(sources: Iterable[str]) -> str:
    """Return a digest of how documents are read: of modules of this package, by their paths in it, and of the libraries."""
    content = sha256(" ".join(version(library) for library in _LIBRARIES).encode())
    for source in sources:
        content.update((Path(__file__).parent / source).read_bytes())
    return content.hexdigest()[:12]


def name_content(reading: str, digest: str) -> str:
    """Return the name of an index of documents that are read so, and of which a digest is given."""
    return f"{reading}-{digest[:24]}"
