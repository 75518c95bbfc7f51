"""What is searched: one document for each Provision, Version and language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kb.citation import Citation, Language
from kb.corpus import Corpus
from kb.interval import Interval
from kb.kinds import Held
from kb.model import Provision, ProvisionText, Version

_MARKUP = re.compile(r"^\s*(?:[-*>]|\d+\.)\s+|[*_`|#]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One Provision of one Version in one language, as plain text with what it may be filtered by.

    `context` are the headings above it, outermost first; `interval` its own days.
    """

    citation: Citation
    language: Language
    heading: str
    context: str
    body: str
    interval: Interval
    facets: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def key(self) -> str:
        """Its name in an index."""
        return f"{self.citation}|{self.language}"

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


def make_documents(corpus: Corpus) -> Iterator[Document]:
    """Yield the documents of a corpus; Provisions of which nothing is held are left out."""
    for version in corpus.versions():
        titles = corpus.regulation(version.regulation)
        lines = tuple(line.id for line in corpus.lines_of(version.regulation))
        parts = {provision.anchor: provision for provision in version.provisions}
        whole = version.interval
        for provision in version.provisions:
            if provision.is_chapter or provision.held is Held.NONE:
                continue
            for text in provision.texts:
                above = [
                    titles.number.text(text.language) or titles.title.text(text.language),
                    *_headings_above(parts, provision, text.language),
                ]
                yield Document(
                    citation=Citation(version.regulation, version.label, provision.anchor),
                    language=text.language,
                    heading=text.heading,
                    context=" ".join(above),
                    body=plain(text),
                    interval=version.interval_of(provision) if provision.effective or provision.expires else whole,
                    facets=_facets(version, provision, text, lines),
                )


def plain(text: ProvisionText) -> str:
    """Return the words of a Provision without its Markdown."""
    return _MARKUP.sub("", "\n".join((text.body, *text.facts))).strip()


def _headings_above(parts: Mapping[str, Provision], provision: Provision, language: Language) -> Iterator[str]:
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
