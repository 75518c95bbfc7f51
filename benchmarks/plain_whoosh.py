"""An index by Whoosh alone: what the making of ours is measured by."""

from collections.abc import Sequence
from pathlib import Path

from whoosh import index
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema

from search.analysis import ENGLISH
from search.documents import Document
from search.operators import TermAnalyzer


def build_whoosh(documents: Sequence[Document], folder: Path) -> None:
    """Index by Whoosh as its own papers show it."""
    english = documents[0].language == ENGLISH and documents[-1].language == ENGLISH
    analyzer = StemmingAnalyzer() if english else TermAnalyzer(ENGLISH)  # its rules are those of Chinese texts too
    writer = index.create_in(str(folder), Schema(key=ID(stored=True), text=TEXT(analyzer=analyzer))).writer()
    for document in documents:
        writer.add_document(key=document.key, text=text_of(document))
    writer.commit()


def text_of(document: Document) -> str:
    """Return all that a document says."""
    return f"{document.context}\n{document.heading}\n{document.body}"
