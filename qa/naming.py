"""Instruments that a question names: by a full name, by the number that only one has, or as the interim measures.

A name that several of those held may have is none: nothing is guessed.
"""

import re
from collections.abc import Iterator

from kb.citation import Citation
from kb.corpus import Corpus
from kb.references import Reference, find_references

_NUMBER = re.compile(
    r"\bannouncement\s+(?:no\.?\s*)?(?P<en>\d{1,3})\b(?!\s*(?:of|,|/|-)\s*(?:19|20)\d\d)"
    r"|(?<![\d年第])第?(?P<zh>\d{1,3})号公告|公告第?(?P<after>\d{1,3})号",
    re.IGNORECASE,
)
_INTERIM = re.compile(r"\binterim[\s-]+(?:credit\s+)?(?:measures|rules|regulations?)\b|暂行办法", re.IGNORECASE)


def find_instruments(text: str, corpus: Corpus) -> tuple[Reference, ...]:
    """Return what a question names, in order; with the corpus, that also means "Announcement 229" and "暂行办法"."""
    full = find_references(text)
    short = (
        one for one in _by_short_names(text, corpus) if all(one.end <= other.start or one.start >= other.end for other in full)
    )
    return tuple(sorted((*full, *short), key=lambda reference: reference.start))


def _by_short_names(text: str, corpus: Corpus) -> Iterator[Reference]:
    for match in _NUMBER.finditer(text):
        number = next(filter(None, match.groups()))
        ids = [id_ for id_ in corpus.regulations if re.fullmatch(rf"gacc-ann-\d{{4}}-{number}", id_)]
        if len(ids) == 1:
            yield Reference(match.start(), match.end(), Citation(ids[0]))
    for match in _INTERIM.finditer(text):
        ids = [one.id for one in corpus.regulations.values() if one.kind == "order" and _INTERIM.search(one.title.zh)]
        if len(ids) == 1:
            yield Reference(match.start(), match.end(), Citation(ids[0]))
