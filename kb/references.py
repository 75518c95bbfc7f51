"""Citations found in running text, each at its span.

Finding never guesses: only names that say which instrument they mean are found. Whether the corpus holds what they name is a
question for the Corpus; which Version they meant, one for `kb.meaning`.
"""

from dataclasses import dataclass

from kb.citation import Citation, find_own, find_written


@dataclass(frozen=True, slots=True)
class Reference:
    """A Citation that stands in a text from `start` up to, not including, `end` (in characters)."""

    start: int
    end: int
    citation: Citation


def find_references(text: str, within: Citation | None = None) -> tuple[Reference, ...]:
    """Return the references in `text`, in order; `within` is the Version it stands in, for "Article 12 of these Measures".

    >>> [str(found.citation) for found in find_references("见第237号令第十二条；Order 251 Art. 22(3)")]
    ['gacc-order-237#art-12', 'gacc-order-251#art-22(3)']
    >>> [str(found.citation) for found in find_references("本办法第九条", Citation.parse("gacc-order-237@2018-05-01"))]
    ['gacc-order-237@2018-05-01#art-9']
    """
    found = [*find_written(text), *(find_own(text, within) if within else ())]
    return tuple(Reference(*one) for one in sorted(found))
