"""A text as linked data: schema.org's Legislation with the terms of ELI, the European Legislation Identifier, beside them.

The context says the terms by their namespaces, so a reader needs nothing from elsewhere. Dates known in part are written as
ISO 8601-2 (EDTF) has them: 2018-06, 2018-06~ about then, nothing where unknown, .. where open. What ends a stretch is its last
day, not the first day no longer, as ISO 8601 has it.
"""

from dataclasses import dataclass
from datetime import date

from kb.citation import Citation
from kb.corpus import Corpus
from kb.exports.address import page_path
from kb.exports.as_of import as_of_record
from kb.exports.language_tag import tag_of
from kb.exports.records import Record, Records
from kb.frbr import VERSION, FrbrAddress, work_of
from kb.interval import ONE_DAY, Interval, PartialDate
from kb.kinds import RelationKind
from kb.model import LANGUAGES, Bilingual, Provision, Regulation, Version

CONTEXT = {
    "@vocab": "https://schema.org/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_RELATIONS = {
    RelationKind.REPEALS: "legislationRepeals",
    RelationKind.AMENDS: "legislationAmends",
    RelationKind.SUPPLEMENTS: "eli:related_to",
    RelationKind.IMPLEMENTS: "eli:based_on",
}
_FORCE = {"in_force": "InForce", "not_in_force": "NotInForce", "pending": "NotInForce"}


@dataclass(frozen=True, slots=True)
class Place:
    """The address of the site, and the day on which a text is looked at; without a day, whether it is in force is not said."""

    root: str
    day: date | None = None


def describe_text(version: Version, provision: Provision | None, place: Place, records: Records) -> Record:
    """Return a Version, or one of its Provisions, as JSON-LD; a Provision names the Version it is part of."""
    regulation = records.corpus.regulation(version.regulation)
    if provision is None:
        return {
            "@context": CONTEXT,
            **_text(version, None, place, records),
            "exampleOfWork": _work(regulation, place, records.corpus),
        }
    whole = _reference(version.citation, place)
    return {
        "@context": CONTEXT,
        **_text(version, provision, place, records),
        "isPartOf": whole | {"name": regulation.title.text(records.language)},
    }


def describe_regulation(regulation: Regulation, place: Place, corpus: Corpus) -> Record:
    """Return a Regulation as JSON-LD, with references to its Versions."""
    versions = [_reference(version.citation, place) for version in regulation.in_order]
    return {"@context": CONTEXT, **_work(regulation, place, corpus), **_given(workExample=versions)}


def _work(regulation: Regulation, place: Place, corpus: Corpus) -> Record:
    first = next(iter(regulation.in_order), None)
    promulgated = first.dates.promulgated if first else None
    work = work_of(regulation)
    return {
        "@type": ["Legislation", "eli:LegalResource"],
        "@id": place.root + page_path(regulation.citation),
        "name": _both(regulation.title),
        "legislationType": regulation.kind.value,
        **_given(
            legislationIdentifier=[*_both(regulation.number), *([place.root + work] if work else [])],
            legislationDate=write_date(promulgated) if promulgated else None,
            legislationPassedBy={"@type": "Organization", "name": _both(regulation.issuer)} if regulation.issuer.en else None,
        ),
        **_relations(regulation, place, corpus),
    }


def _relations(regulation: Regulation, place: Place, corpus: Corpus) -> Record:
    found: Record = {}
    for relation in regulation.relations:
        name = _RELATIONS.get(relation.kind)
        if name and relation.target and relation.target.regulation in corpus.regulations:
            found.setdefault(name, []).append(_reference(Citation(relation.target.regulation), place))
    return found


def _text(version: Version, provision: Provision | None, place: Place, records: Records) -> Record:
    interval = version.interval_of(provision) if provision else version.interval
    anchor = provision.anchor if provision else ""
    work = work_of(records.corpus.regulation(version.regulation))
    names = Bilingual(*(provision.text(language).heading for language in LANGUAGES)) if provision else Bilingual()
    keys = provision.attested_in(records.language).sources if provision else tuple(source.key for source in version.sources)
    own = {source for source in version.sources if source.key in keys}
    return {
        "@type": ["Legislation", "eli:LegalResourceSubdivision" if provision else "eli:LegalExpression"],
        "@id": place.root + page_path(version.citation) + (f"/{anchor}" if anchor else ""),
        **_given(
            name=_both(names) if provision else _both(records.corpus.regulation(version.regulation).title),
            legislationIdentifier=[
                place.root + str(FrbrAddress(work, language, VERSION, version.label, anchor)) for language in version.languages
            ]
            if work
            else None,
            isBasedOn=sorted(source.url for source in own if source.url.startswith(("http://", "https://"))),
        ),
        "inLanguage": [tag_of(language) for language in version.languages],
        **_given(temporalCoverage=write_interval(interval).removeprefix("/") and write_interval(interval)),
        "legislationLegalValue": {"@id": "https://schema.org/UnofficialLegalValue"},
        **_in_force(interval),
        **(_standing(version, provision, place.day, records) if place.day else {}),
    }


def _standing(version: Version, provision: Provision | None, day: date, records: Records) -> Record:
    """Return whether the text was in force on a day; nothing where that is not certain."""
    force = _FORCE.get(as_of_record(version, provision, day, records)["state"])
    if force is None:
        return {}
    return {
        "legislationDateVersion": day.isoformat(),
        "legislationLegalForce": {"@id": f"https://schema.org/{force}"},
        "eli:in_force": {"@id": f"eli:InForce-{force[0].lower()}{force[1:]}"},
    }


def _in_force(interval: Interval) -> Record:
    """Return the ends of an interval as ELI has them: only days that are known."""
    ends = {"eli:first_date_entry_in_force": interval.start, "eli:date_no_longer_in_force": interval.end}
    return {name: {"@type": "xsd:date", "@value": str(day)} for name, day in ends.items() if day and day.is_exact}


def write_interval(interval: Interval) -> str:
    """Return an interval as ISO 8601 writes it, its last day included.

    >>> write_interval(Interval(PartialDate.parse("2018-05-01"), PartialDate.parse("2021-11-01")))
    '2018-05-01/2021-10-31'
    >>> write_interval(Interval(PartialDate.parse("2015-06"), PartialDate.parse("2018-06")))
    '2015-06/2018-06~'
    >>> write_interval(Interval(PartialDate.parse("2021-11-01")))
    '2021-11-01/..'
    """
    end = interval.end
    last = ".." if end is None else str(end.earliest - ONE_DAY) if end.is_exact else write_date(end)
    about = "~" if end and not end.is_exact and last and not last.endswith("~") else ""
    return f"{write_date(interval.start)}/{last}{about}"


def write_date(partial: PartialDate) -> str:
    """Return a date as far as ISO 8601-2 can write it; "" where no latest day is known.

    >>> write_date(PartialDate.parse("2018-06")), write_date(PartialDate.parse("2025-06..2025-09-15"))
    ('2018-06', '2025~')
    """
    if ".." not in str(partial):
        return str(partial)
    return f"{partial.earliest.year:04}~" if partial.is_bounded else ""


def _reference(citation: Citation, place: Place) -> Record:
    return {"@type": "Legislation", "@id": place.root + page_path(citation)}


def _both(name: Bilingual) -> list[Record]:
    given = {"en": name.en, "zh": name.zh}
    return [{"@language": tag_of(language), "@value": given[language]} for language in LANGUAGES if given[language]]


def _given(**values: object) -> Record:
    return {name: value for name, value in values.items() if value}
