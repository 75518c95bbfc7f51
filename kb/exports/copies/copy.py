"""A copy of a Version, or of one of its Provisions, in one language: what every format says of it, and its text in order.

A copy outlives the day on which it is made, so it says nothing of today. It says of which days its text is the rule, and how
that stands to the day that the reader named, if he did.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.authentic import provision_kind, text_kind
from kb.citation import Citation, Language, TextLanguage
from kb.exports.address import page_path
from kb.exports.as_of import as_of_record, replacement_of
from kb.exports.copies.words import say, say_date, say_held, say_kind
from kb.exports.filter_names import name_plainly
from kb.exports.jsonld import Place
from kb.exports.language_tag import tag_of
from kb.exports.records import Records
from kb.exports.sentences import describe_date, describe_days, describe_interval, name_state, name_version
from kb.kinds import TextKind
from kb.model import Provision, Source, Status, Version
from kb.timeline import State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a copy is to be made of: a Version, or one of its Provisions, in the language of the records.

    `place` is where the copy is handed out, and the day that the reader named.
    """

    version: Version
    provision: Provision | None
    place: Place
    records: Records

    @property
    def language(self) -> Language:
        """The language of the copy."""
        return self.records.language

    @property
    def text_language(self) -> TextLanguage:
        """The language that its text is held in: that of the copy, or the first one where it has none in that."""
        return self.language if self.language in self.version.languages else self.version.languages[0]

    @property
    def citation(self) -> Citation:
        """What it is a copy of."""
        return Citation(self.version.regulation, self.version.label, self.provision.anchor if self.provision else "")

    @property
    def kind(self) -> TextKind:
        """Whose words it is in."""
        if self.provision:
            return provision_kind(self.version, self.provision, self.language)
        return text_kind(self.version, self.language)

    @property
    def address(self) -> str:
        """The address of its page."""
        return self.place.root + page_path(self.citation)


@dataclass(frozen=True, slots=True)
class Part:
    """One Provision of a copy, `depth` counted from 0; `marks` warn of what is not verified, not held, or of other days.

    `body` and `note` are Markdown.
    """

    anchor: str
    depth: int
    heading: str
    language: TextLanguage
    marks: tuple[str, ...]
    body: str
    facts: tuple[str, ...]
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A text to hand out: its title, what there is to know of it, warnings, parts in reading order, and sources."""

    language: Language
    title: str
    about: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    parts: tuple[Part, ...]
    sources: tuple[str, ...]
    citation: Citation

    @property
    def tag(self) -> str:
        """The language as files name it."""
        return tag_of(self.language)


def make_copy(wanted: Wanted) -> Copy:
    """Return the copy of what is wanted."""
    version, language = wanted.version, wanted.language
    regulation = wanted.records.corpus.regulation(version.regulation)
    parts = (wanted.provision,) if wanted.provision else version.provisions
    top = min((one.depth for one in parts), default=0)
    sources = () if wanted.provision else version.sources
    return Copy(
        language,
        regulation.title.text(language),
        tuple(_about(wanted)),
        warnings_of(wanted),
        tuple(_part(version, one, language, top) for one in parts),
        tuple(_source(source) for source in sources),
        wanted.citation,
    )


def warnings_of(wanted: Wanted) -> tuple[str, ...]:
    """Return what the reader of a copy must not miss: whose text it is, of which days, and how it stands to his day."""
    version, language = wanted.version, wanted.language
    interval = version.interval_of(wanted.provision) if wanted.provision else version.interval
    days = describe_days(interval, language)
    address = f"{wanted.place.root}/r/{version.regulation}"
    kind = f"{say_kind(wanted.kind, language)} {say('authentic', language)}"
    return (kind, say("as_of", language, days=days, address=address), *_on_day(wanted))


def _on_day(wanted: Wanted) -> Iterator[str]:
    """Yield how the text stands to the day that the reader named, and what applied where it did not."""
    day, language = wanted.place.day, wanted.language
    if day is None:
        return
    record = as_of_record(wanted.version, wanted.provision, day, wanted.records)
    yield say("on_day", language, day=day, state=name_state(State(record["state"]), language))
    if record["state"] != State.IN_FORCE:
        yield from (say("applied", language, day=day, said=applied["described"]) for applied in record["applied"])


def _about(wanted: Wanted) -> Iterator[tuple[str, str]]:
    """Yield what there is to know of the text: a name and a value."""
    version, language = wanted.version, wanted.language
    regulation = wanted.records.corpus.regulation(version.regulation)
    interval = version.interval_of(wanted.provision) if wanted.provision else version.interval
    replaced_by = replacement_of(version, wanted.records)
    basis = ", ".join(
        f"{say_date(name, language)}: {name_plainly('status', status, language)}" for name, status in version.dates.basis
    )
    promulgated = version.dates.promulgated
    said = {
        "version": name_version(wanted.records.corpus, version, language) if wanted.provision else "",
        "number": regulation.number.text(language),
        "issuer": regulation.issuer.text(language),
        "promulgated": describe_date(promulgated, language) if promulgated else say("not_known", language),
        "in_force": describe_interval(interval, language),
        "replaced_by": replaced_by["name"] if replaced_by else "",
        "basis": basis or say("not_known", language),
        "text": say_kind(wanted.kind, language),
        "cite": str(wanted.citation),
        "address": wanted.address,
    }
    yield from ((say(key, language), value) for key, value in said.items() if value)


def _part(version: Version, provision: Provision, language: Language, top: int) -> Part:
    text = provision.text(language)
    keyed = (version.source(key) for key in provision.attested_in(language).sources)
    return Part(
        provision.anchor,
        provision.depth - top,
        text.heading or provision.anchor,
        text.language,
        tuple(_marks(version, provision, language)),
        text.body,
        text.facts,
        text.note,
        tuple(_source(source) for source in keyed if source),
    )


def _marks(version: Version, provision: Provision, language: Language) -> Iterator[str]:
    attested, kind = provision.attested_in(language), provision_kind(version, provision, language)
    if kind is not text_kind(version, language) and not provision.is_chapter:
        yield say_kind(kind, language)
    if attested.status and attested.status is not Status.VERIFIED:
        yield name_plainly("status", attested.status, language)
    if not provision.is_chapter and say_held(attested.held, language):
        yield say_held(attested.held, language)
    if provision.text(language).language != language:
        yield say("other_language", language)
    if provision.is_unplaced:
        yield say("unplaced", language)
    if version.interval_of(provision) != version.interval:
        yield say("own_days", language, days=describe_days(version.interval_of(provision), language))


def _source(source: Source) -> str:
    return f"{source.url} {source.what}".strip()
