"""Citations found in running text, each at its span.

Finding never guesses: only names that say which instrument they mean are found. Whether the corpus holds what they name is a
question for the Corpus.
"""

from dataclasses import dataclass

from kb.citation import Citation, find_written


@dataclass(frozen=True, slots=True)
class Reference:
    """A Citation that stands in a text from `start` up to, not including, `end` (in characters)."""

    start: int
    end: int
    citation: Citation


def find_references(text: str) -> tuple[Reference, ...]:
    """Return the references in `text`, in order.

    >>> [str(found.citation) for found in find_references("见第237号令第十二条；Order 251 Art. 22(3)")]
    ['gacc-order-237#art-12', 'gacc-order-251#art-22(3)']
    """
    return tuple(Reference(start, end, citation) for start, end, citation in find_written(text))
