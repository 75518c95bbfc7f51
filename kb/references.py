"""Citations found in running text, each at its span.

Finding never guesses: only names that say which instrument they mean are found. Whether the corpus holds what they name is a
question for the Corpus; which Version they meant, one for `kb.meaning`.
"""

from dataclasses import dataclass

from kb.citation import Citation, find_canonical, find_own, find_written
from kb.enumeration import join_places


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
    >>> [str(found.citation) for found in find_references("Articles 12 and 13 of Order 237; wco-safe@2018-06#pillar-1")]
    ['gacc-order-237#art-12', 'gacc-order-237#art-13', 'wco-safe@2018-06#pillar-1']
    """
    written = join_places(text, [*find_written(text), *(find_own(text, within) if within else ())])
    references, reached = list[Reference](), 0
    for found in sorted([*written, *find_canonical(text)]):
        if found[0] >= reached:
            references.append(Reference(*found))
            reached = found[1]
    return tuple(references)
