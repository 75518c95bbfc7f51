"""What Akoma Ntoso says of a text: whose and which it is (FRBR), when it was in force, what stands beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml.etree import Element, SubElement, _Element

from kb.authentic import text_kind
from kb.citation import TextLanguage
from kb.exports.akn.blocks import plain, write_blocks
from kb.exports.akn.dated import PERHAPS, SURE, Event, Span, interval_dates, named_days, version_dates
from kb.frbr import CODES, VERSION, FrbrAddress, portion_of, work_of
from kb.importer.akn.names import akn, own
from kb.kinds import TextKind
from kb.model import LANGUAGES, Provision, Regulation, Status, Version
from kb.source.provision_writer import render_provision
from kb.source.writer import render_version_file

SOURCE, ISSUER = "#inforce", "#issuer"
FORM = "xml"
GROUP = "days"
_CONCEPTS = {
    SURE: "in force",
    PERHAPS: "perhaps in force: a date is known only in part",
    Status.VERIFIED.value: "a source was seen",
    Status.RECALLED.value: "recalled, no source was seen",
    Status.UNKNOWN.value: "not known",
}


@dataclass(frozen=True, slots=True)
class Expression:
    """One Version of a Regulation in one language."""

    regulation: Regulation
    version: Version
    language: TextLanguage

    @property
    def work(self) -> str:
        """The address of the work."""
        return work_of(self.regulation) or f"/akn/xx/doc/{self.regulation.id}/{self.version.label}/text"

    @property
    def address(self) -> str:
        """The address of the expression."""
        return str(FrbrAddress(self.work, self.language, VERSION, self.version.label))

    @property
    def text_kind(self) -> TextKind:
        """Whose words it is in."""
        return text_kind(self.version, self.language)


def write_meta(expression: Expression) -> _Element:
    """Return the element `meta`."""
    meta = Element(akn("meta"))
    meta.append(_identification(expression))
    own_dates = [(p, interval_dates(expression.version.interval_of(p), own_prefix(p))) for p in _dated(expression.version)]
    whole = version_dates(expression.version)
    events = [*whole.events, *(event for _, dated in own_dates for event in dated.events)]
    _lifecycle(meta, events)
    groups = [(GROUP, whole.spans), *((group_of(provision), dated.spans) for provision, dated in own_dates)]
    _temporal(meta, groups)
    _references(meta, expression, {event.about for event in events})
    notes = list(_notes(expression))
    if notes:
        SubElement(meta, akn("notes"), source=SOURCE).extend(notes)
    _proprietary(meta, expression)
    return meta


def own_prefix(provision: Provision) -> str:
    """Return what begins the ids of the events of a Provision with dates of its own."""
    return f"{portion_of(provision.anchor)}__"


def group_of(provision: Provision) -> str:
    """Return the id of the days of a Provision with dates of its own."""
    return own_prefix(provision) + GROUP


def _dated(version: Version) -> Iterator[Provision]:
    return (provision for provision in version.provisions if provision.effective or provision.expires)


def _identification(expression: Expression) -> _Element:
    regulation, version = expression.regulation, expression.version
    found = Element(akn("identification"), source=SOURCE)
    work = _frbr(found, "FRBRWork", expression.work, _work_days(regulation))
    _, _, country, *middle = expression.work.split("/")
    SubElement(work, akn("FRBRcountry"), value=country)
    if len(middle) > 3:
        SubElement(work, akn("FRBRsubtype"), value=middle[1])
    number = regulation.number.text(expression.language)
    if number:
        SubElement(work, akn("FRBRnumber"), value=plain(number), showAs=plain(number))
    SubElement(work, akn("FRBRname"), value=plain(regulation.title.text(expression.language)))
    days = tuple(named_days("effective", version.interval.start))
    text = _frbr(found, "FRBRExpression", expression.address, days)
    SubElement(text, akn("FRBRauthoritative"), value=str(expression.text_kind is TextKind.OFFICIAL).lower())
    SubElement(text, akn("FRBRlanguage"), language=CODES.get(expression.language, expression.language))
    _frbr(found, "FRBRManifestation", f"{expression.address}.{FORM}", days)
    return found


def _frbr(parent: _Element, level: str, address: str, days: Iterable[tuple[str, object]]) -> _Element:
    element = SubElement(parent, akn(level))
    SubElement(element, akn("FRBRthis"), value=_this(address))
    SubElement(element, akn("FRBRuri"), value=address)
    for name, day in days:
        SubElement(element, akn("FRBRdate"), date=str(day), name=name)
    SubElement(element, akn("FRBRauthor"), href=ISSUER if level == "FRBRWork" else SOURCE)
    return element


def _this(address: str) -> str:
    """Return the address of the main part: `/!main`, before the ending of a file."""
    stem, dot, form = address.partition(f".{FORM}")
    return f"{stem}/!main{dot}{form}"


def _work_days(regulation: Regulation) -> Iterable[tuple[str, object]]:
    """Return the day of the work: of its first Version, promulgated, published or in force."""
    first = min(regulation.versions, key=lambda version: version.interval.start)
    dates = first.dates
    for name, day in (("promulgated", dates.promulgated), ("published", dates.published)):
        if day:
            return tuple(named_days(name, day))
    return tuple(named_days("effective", first.interval.start))


def _lifecycle(meta: _Element, events: Iterable[Event]) -> None:
    lifecycle = SubElement(meta, akn("lifecycle"), source=SOURCE)
    for event in events:
        found = SubElement(lifecycle, akn("eventRef"), eId=event.id, date=event.day.isoformat(), source=SOURCE)
        found.set("type", event.type)
        found.set("refersTo", f"#{event.about}-event")


def _temporal(meta: _Element, groups: Iterable[tuple[str, tuple[Span, ...]]]) -> None:
    temporal = SubElement(meta, akn("temporalData"), source=SOURCE)
    for id_, spans in groups:
        group = SubElement(temporal, akn("temporalGroup"), eId=id_)
        for span in spans:
            interval = SubElement(group, akn("timeInterval"), refersTo=f"#{span.concept}", start=f"#{span.start}")
            if span.end:
                interval.set("end", f"#{span.end}")


def _references(meta: _Element, expression: Expression, abouts: set[str]) -> None:
    references = SubElement(meta, akn("references"), source=SOURCE)
    issuer = plain(expression.regulation.issuer.text(expression.language))
    organization = SubElement(references, akn("TLCOrganization"), eId=ISSUER[1:])
    organization.set("href", f"/akn/ontology/organization/{expression.regulation.id.partition('-')[0]}")
    organization.set("showAs", issuer)
    editor = SubElement(references, akn("TLCOrganization"), eId=SOURCE[1:])
    editor.set("href", "/akn/ontology/organization/inforce")
    editor.set("showAs", "Inforce")
    for id_, words in _CONCEPTS.items():
        concept = SubElement(references, akn("TLCConcept"), eId=id_)
        concept.set("href", f"/akn/ontology/concept/{id_}")
        concept.set("showAs", words)
    for name in sorted(abouts):
        SubElement(references, akn("TLCEvent"), eId=f"{name}-event", href=f"/akn/ontology/event/{name}", showAs=name)


def _notes(expression: Expression) -> Iterator[_Element]:
    for provision in expression.version.provisions:
        eid = f"note__{portion_of(provision.anchor)}"
        blocks = list(write_blocks(provision.text(expression.language).note, eid))
        if blocks:
            note = Element(akn("note"), eId=eid)
            note.set(own("of"), provision.anchor)
            note.extend(blocks)
            yield note


def _proprietary(meta: _Element, expression: Expression) -> None:
    """Add what Akoma Ntoso has no place for.

    That is the identity in both languages, and as the file has them the front matter, figures, duties and pointers.
    """
    regulation = expression.regulation
    place = SubElement(meta, akn("proprietary"), source=SOURCE)
    identity = SubElement(
        place, own("regulation"), id=regulation.id, kind=regulation.kind.value, status=regulation.status.value
    )
    for name in ("title", "short", "number", "issuer"):
        value = getattr(regulation, name)
        for language in LANGUAGES:
            said = value.en if language == "en" else value.zh
            if said:
                SubElement(identity, own(name), lang=language).text = plain(said)
    front = SubElement(place, own("front"), label=expression.version.label, language=expression.language)
    shell = render_version_file(replace(expression.version, provisions=()), expression.language)
    front.text = plain(shell.strip().strip("-"))
    for provision in expression.version.provisions:
        text = replace(provision.text(expression.language), body="", note="")
        below = render_provision(provision, text, expression.version).partition("\n")[2].strip()
        if below:
            beside = SubElement(place, own("beside"), of=provision.anchor)
            beside.text = plain(f"\n{below}\n")
