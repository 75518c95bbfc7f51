"""Regulations, their Versions and Provisions: finished, immutable values.

A Regulation is an instrument with an identity and no text; a Version is its text over one Interval, in one or more languages;
a Provision is a numbered part of a Version. The words follow FRBR (work, expression) and ELI.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.citation import Citation, Language, TextLanguage
from kb.duty import Does, Duty
from kb.interval import Interval, PartialDate
from kb.kinds import Held, Kind, RegulationKind, RelationKind, TextKind

# "Article 12-1 …", "Item 4 …", "第十二条之一 …", "第四项 …"
_NUMBER = re.compile(
    r"^(?:(?:Article|Item) \d+(?:-\d+)?|第[0-9〇零一二三四五六七八九十百千]+[条项](?:之[一二三四五六七八九十]+)?)(?:\s|$)"
)
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Status(StrEnum):
    """How sure a fact is: a source was seen, it is remembered, or it is not known."""

    VERIFIED = "verified"
    RECALLED = "recalled"
    UNKNOWN = "unknown"

    @classmethod
    def weakest(cls, statuses: Iterable["Status | None"]) -> "Status":
        """Return the least sure of some; none counts as not known."""
        return max((one or cls.UNKNOWN for one in statuses), key=tuple(cls).index)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was read: a path relative to the corpus, and a line counted from 1."""

    path: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One name in English and in Chinese; either may be empty."""

    en: str = ""
    zh: str = ""

    def text(self, language: TextLanguage) -> str:
        """Return the name in `language`, or in the other one where that is all there is; in a third one the English name."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


@dataclass(frozen=True, slots=True)
class Source:
    """A page or file that a text was read from: its key in the front matter, its address, what it shows."""

    key: str
    url: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Attestation:
    """Whose words a text is in, how sure it is (a chapter: nothing), how much of it is held, and the keys of its Sources."""

    kind: TextKind | None
    status: Status | None
    held: Held = Held.WHOLE
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProvisionText:
    """What a Provision says in one language.

    `body` is Markdown; `facts` are its figures one by one; `note` is for the reader and no part of the rule; `see` are the
    provisions it points to; `duties` say what it asks of whom, where the body is not plain enough to tell. `attested` is said
    of an official text beside the Version's own, and of the text it stands before; of others what Version and Provision say.
    """

    language: TextLanguage
    heading: str
    place: Place
    body: str = ""
    facts: tuple[str, ...] = ()
    note: str = ""
    see: tuple[Citation, ...] = ()
    duties: tuple[Duty, ...] = ()
    attested: Attestation | None = None

    @property
    def is_official(self) -> bool:
        """Whether it is an official text from a file beside the Version's own."""
        return self.attested is not None and self.attested.kind is TextKind.OFFICIAL

    @property
    def rule(self) -> tuple[str, ...]:
        """The pieces that say the rule: heading, body and figures, not the reader's note."""
        return (self.heading, self.body, *self.facts)

    @property
    def title(self) -> str:
        """The heading without its number: of "Article 12 Dishonest enterprises", what it is about."""
        return _NUMBER.sub("", self.heading)

    @property
    def comparable(self) -> str:
        """What is compared with another text: title, body and figures, each figure an entry of a list."""
        facts = "\n".join(f"- {fact}" for fact in self.facts)
        return "\n\n".join(part for part in ("\n".join(part for part in (self.title, self.body) if part), facts) if part)


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered part of a Version, with its texts, one a language.

    `parent` is the anchor of the part it lies in ("" at the top). A part without status is a chapter: it only groups others.
    `effective` and `expires` narrow the Version's Interval where the Provision has dates of its own. `does`, `who` and `grades`
    say what it does to which enterprises at which levels, where `kind`, `actors` and `levels` leave that open. Where
    an official text stands beside the Version's own, `texts` have it, and `commentary` what it stands before.
    """

    anchor: str
    parent: str
    depth: int
    texts: tuple[ProvisionText, ...]
    kind: Kind | None = None
    actors: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    status: Status | None = None
    held: Held = Held.WHOLE
    sources: tuple[str, ...] = ()
    effective: PartialDate | None = None
    expires: PartialDate | None = None
    does: Does | None = None
    who: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    commentary: tuple[ProvisionText, ...] = ()

    @property
    def is_chapter(self) -> bool:
        """Whether it only groups other Provisions."""
        return self.status is None

    @property
    def is_unplaced(self) -> bool:
        """Whether the number of its article is not known."""
        return self.anchor.startswith("unplaced-")

    @property
    def has_text(self) -> bool:
        """Whether its text is held, in whole or in part."""
        return self.held in (Held.WHOLE, Held.PART)

    def text(self, language: TextLanguage) -> ProvisionText:
        """Return the text in `language`, or in another where it has none in that."""
        return next((text for text in self.texts if text.language == language), self.texts[0])

    def attested_in(self, language: TextLanguage) -> Attestation:
        """Say how sure the text in a language is; its kind is None where it is that of the Version."""
        return self.text(language).attested or Attestation(None, self.status, self.held, self.sources)


def languages_of(provisions: Iterable[Provision]) -> list[TextLanguage]:
    """Return the languages that some Provisions have a text in, in the order of their codes."""
    return sorted({text.language for provision in provisions for text in provision.texts})


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a Version as its file gives them; an absent date is not known.

    `published` is a day by which a copy was public, for instruments whose promulgation day was not seen. `expires` is the first
    day no longer in force. `basis` says how sure each date is.
    """

    effective: PartialDate | None = None
    expires: PartialDate | None = None
    promulgated: PartialDate | None = None
    published: PartialDate | None = None
    basis: tuple[tuple[str, Status], ...] = ()

    def status_of(self, name: str) -> Status:
        """Say how sure the date called `name` is."""
        return dict(self.basis).get(name, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right in the files of a Version, and on which day: in one place, or in the whole where `anchor` is ""."""

    day: date
    text: Bilingual
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """The text of a Regulation over one Interval. `label` is its first day as the file name gives it.

    `retroactive` is why it takes effect before it is promulgated, where it does. `official` are the languages in which an
    official text stands beside `text`.
    """

    regulation: str
    label: str
    dates: Dates
    provisions: Sequence[Provision]
    languages: tuple[TextLanguage, ...]
    text: TextKind
    repealed_by: Citation | None = None
    sources: tuple[Source, ...] = ()
    paths: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    retroactive: Bilingual = Bilingual()
    official: tuple[TextLanguage, ...] = ()

    @property
    def citation(self) -> Citation:
        """Its name."""
        return Citation(self.regulation, self.label)

    def cite(self, anchor: str) -> Citation:
        """Return the name of one of its Provisions."""
        return Citation(self.regulation, self.label, anchor)

    @property
    def interval(self) -> Interval:
        """The stretch it was in force; where the first day is not known, it is some day from the label's on."""
        start = self.dates.effective or PartialDate(PartialDate.parse(self.label).earliest, date.max)
        return Interval(start, self.dates.expires)

    def interval_of(self, provision: Provision) -> Interval:
        """Return the days of one of its Provisions: its own dates where it has them, else the Version's."""
        return Interval(provision.effective or self.interval.start, provision.expires or self.interval.end)

    @property
    def known_since(self) -> PartialDate:
        """The day from which it could be known: promulgation, else publication, else its first day in force."""
        return self.dates.promulgated or self.dates.published or self.interval.start

    def find(self, anchor: str) -> Provision | None:
        """Return the Provision with that anchor, or None."""
        return next((provision for provision in self.provisions if provision.anchor == anchor), None)

    def source(self, key: str) -> Source | None:
        """Return the Source with that key, or None."""
        return next((source for source in self.sources if source.key == key), None)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a Regulation does to another. `target` is None where the other one is not held; `title` then names it."""

    kind: RelationKind
    target: Citation | None
    title: str = ""
    day: PartialDate | None = None
    status: Status = Status.VERIFIED


@dataclass(frozen=True, slots=True)
class Regulation:
    """An instrument with an identity: Order 251, the SAFE Framework. `note` is for the reader."""

    id: str
    title: Bilingual
    number: Bilingual
    issuer: Bilingual
    kind: RegulationKind
    status: Status
    place: Place
    versions: tuple[Version, ...] = ()
    short: Bilingual = Bilingual()
    note: Bilingual = Bilingual()
    relations: tuple[Relation, ...] = ()

    @property
    def citation(self) -> Citation:
        """Its name."""
        return Citation(self.id)

    @property
    def in_order(self) -> tuple[Version, ...]:
        """Its Versions, by their first days."""
        return tuple(sorted(self.versions, key=lambda version: (version.interval.start, version.label)))

    def find(self, label: str) -> Version | None:
        """Return the Version with that first day, or None."""
        return next((version for version in self.versions if version.label == label), None)
