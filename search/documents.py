"""What is searched: one document for each Provision, Version and language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kb.citation import Citation, TextLanguage
from kb.corpus import Corpus
from kb.interval import Interval
from kb.kinds import Held
from kb.model import Provision, ProvisionText, Regulation, Version

_MARKUP = re.compile(r"^\s*(?:[-*>]|\d+\.)\s+|[*_`|#]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One Provision of one Version in one language, as plain text with what it may be filtered by.

    `context` are the headings above it, outermost first; `interval` its own days.
    """

    citation: Citation
    language: TextLanguage
    heading: str
    context: str
    body: str
    interval: Interval
    facets: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def key(self) -> str:
        """Its name in an index."""
        return key_of(self.citation, self.language)

    @property
    def history(self) -> str:
        """Its name in every Version and language."""
        return f"{self.citation.regulation}#{self.citation.anchor}"

    @property
    def digest(self) -> str:
        """The digest of everything it says."""
        return sha256(self.said).hexdigest()

    @property
    def said(self) -> bytes:
        """Everything it says, as bytes."""
        facets = (f"{field}={value}" for field, values in self.facets for value in values)
        return "\0".join((self.key, self.heading, self.context, self.body, str(self.interval), *facets, "")).encode()

    def values(self, field: str) -> tuple[str, ...]:
        """Return its values of a facet such as kind or actor."""
        return dict(self.facets).get(field, ())


def key_of(citation: Citation, language: TextLanguage) -> str:
    """Return the name of a document in an index."""
    return f"{citation}|{language}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One Version, and what its documents say beside their Provisions."""

    version: Version
    regulation: Regulation
    parts: Mapping[str, Provision]
    lines: tuple[str, ...]
    interval: Interval

    @classmethod
    def of(cls, corpus: Corpus, version: Version) -> "Shelf":
        """Return the shelf of a Version of a corpus."""
        lines = tuple(line.id for line in corpus.lines_of(version.regulation))
        return cls(version, corpus.regulation(version.regulation), corpus.by_anchor(version), lines, version.interval)

    def documents(self) -> Iterator[Document]:
        """Yield its documents."""
        for provision in self.parts.values():
            yield from (self.document(provision, text) for text in provision.texts if is_searched(provision))

    def document(self, provision: Provision, text: ProvisionText) -> Document:
        """Return the document of a Provision in one language."""
        name = self.regulation.number.text(text.language) or self.regulation.title.text(text.language)
        above = [name, *_headings_above(self.parts, provision, text.language)]
        own = provision.effective or provision.expires
        return Document(
            citation=self.version.cite(provision.anchor),
            language=text.language,
            heading=text.heading,
            context=" ".join(above),
            body=plain(text),
            interval=self.version.interval_of(provision) if own else self.interval,
            facets=_facets(self.version, provision, text, self.lines),
        )


def is_searched(provision: Provision) -> bool:
    """Whether a Provision has documents: those of which nothing is held have none."""
    return not provision.is_chapter and provision.held is not Held.NONE


def make_documents(corpus: Corpus) -> Iterator[Document]:
    """Yield the documents of a corpus."""
    for version in corpus.versions():
        yield from Shelf.of(corpus, version).documents()


def plain(text: ProvisionText) -> str:
    """Return the words of a Provision without its Markdown."""
    return _MARKUP.sub("", "\n".join((text.body, *text.facts))).strip()


def _headings_above(parts: Mapping[str, Provision], provision: Provision, language: TextLanguage) -> Iterator[str]:
    above = parts.get(provision.parent)
    if above:
        yield from _headings_above(parts, above, language)
        yield above.text(language).heading


def _facets(
    version: Version, provision: Provision, text: ProvisionText, lines: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("regulation", (version.regulation,)),
        ("line", lines),
        ("kind", (provision.kind.value,) if provision.kind else ()),
        ("actor", provision.actors),
        ("level", provision.levels),
        ("status", (provision.status.value,) if provision.status else ()),
        ("language", (text.language,)),
    )
