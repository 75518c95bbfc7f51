"""Addresses of the Akoma Ntoso naming convention, which follows FRBR: `parse` and `str` are inverses.

/akn/cn/act/order/gacc/2021/251                           a work: a Regulation
/akn/cn/act/order/gacc/2021/251/zho@2021-11-01            an expression: its Version of that first day, in Chinese
/akn/cn/act/order/gacc/2021/251/zho:2022-03-01/~art_12    a portion: Article 12 as of a day
/akn/cn/act/order/gacc/2021/251/zho@2021-11-01.pdf        a manifestation: a file of it
"""

import re
from dataclasses import dataclass

from kb.citation import TextLanguage
from kb.errors import InvalidCitationError
from kb.kinds import RegulationKind
from kb.model import Regulation

CODES: dict[TextLanguage, str] = {"en": "eng", "zh": "zho"}
VERSION, AS_OF = "@", ":"
# The issuers whose ids begin with their name, and their country by ISO 3166, which leaves XX free for what has none.
_JURISDICTIONS = {"gacc": "cn", "wco": "xx"}
_NOWHERE = "xx"
_ACTS = (RegulationKind.LAW, RegulationKind.ORDER, RegulationKind.ANNOUNCEMENT, RegulationKind.NOTICE)
_SERIES = re.compile(r"(?:order|ann-(?P<year>[0-9]{4}))-(?P<number>[0-9]+)\Z", re.ASCII)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", re.ASCII)
_ADDRESS = re.compile(
    r"(?P<work>/akn/[a-z]{2}(?:-[a-z0-9]+)?(?:/[a-z][a-z0-9-]*){1,3}/[0-9]{4}(?:-[0-9]{2}){0,2}/[a-z0-9][a-z0-9-]*)"
    r"(?:/(?P<language>[a-z]{2,3})(?:(?P<mark>[@:])(?P<day>[0-9-]*))?)?"
    r"(?:/(?:!main)?(?:~(?P<portion>[a-z0-9_-]+))?)?"
    r"(?:\.(?P<form>[a-z]+(?:\.[a-z]+)?))?\Z",
    re.ASCII,
)
_NUMBERED = re.compile(r"(?P<word>[a-z]+)-(?P<number>[0-9].*)\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class FrbrAddress:
    """What such an address names: a work; an expression of it by language and day; a place in it; a form.

    `mark` says what `day` is: the first day of a Version (`@`; of the first one where it is empty), or any day as of which the
    text is meant (`:`).
    """

    work: str
    language: TextLanguage | None = None
    mark: str = ""
    day: str = ""
    anchor: str = ""
    form: str = ""

    @classmethod
    def parse(cls, text: str) -> "FrbrAddress":
        """Read an address; raise InvalidCitationError for anything else.

        >>> FrbrAddress.parse("/akn/cn/act/order/gacc/2021/251/zho@2021-11-01/~art_12").anchor
        'art-12'
        """
        match = _ADDRESS.match(text)
        languages = {code: language for language, code in CODES.items()}
        if match is None or (match["mark"] == AS_OF and not match["day"]):
            message = f"{text!r} is not an address of the Akoma Ntoso naming convention that can be read here."
            hint = (
                "Write /akn/cn/act/order/gacc/2021/251/eng@2021-11-01/~art_12, with eng or zho, or with :2022-03-01 for a day."
            )
            raise InvalidCitationError(message, hint)
        anchor = (match["portion"] or "").replace("_", "-")
        chosen = languages.get(match["language"] or "", match["language"])
        return cls(match["work"], chosen, match["mark"] or "", match["day"] or "", anchor, match["form"] or "")

    def __str__(self) -> str:
        language = f"/{CODES.get(self.language, self.language)}{self.mark}{self.day}" if self.language else ""
        portion = f"/~{portion_of(self.anchor)}" if self.anchor else ""
        return f"{self.work}{language}{portion}" + (f".{self.form}" if self.form else "")


def portion_of(anchor: str) -> str:
    """Return the anchor of a Provision as the convention writes it.

    >>> portion_of("art-12"), portion_of("pillar-2-standard-3"), portion_of("note")
    ('art_12', 'pillar_2-standard-3', 'note')
    """
    match = _NUMBERED.match(anchor)
    return f"{match['word']}_{match['number']}" if match else anchor


def work_of(regulation: Regulation) -> str | None:
    """Return the address of a Regulation, None where no year is known that it could be filed under."""
    issuer, _, rest = regulation.id.partition("-")
    known = issuer in _JURISDICTIONS and bool(rest)
    series = _SERIES.match(rest) if known else None
    year = _year_of(regulation)
    if year is None:
        return None
    kind = f"{'act' if regulation.kind in _ACTS else 'doc'}/{regulation.kind.value}"
    place = f"{_JURISDICTIONS[issuer]}/{kind}/{issuer}" if known else f"{_NOWHERE}/{kind}"
    return f"/akn/{place}/{year}/{series['number'] if series else rest if known else regulation.id}"


def _year_of(regulation: Regulation) -> str | None:
    """Return the year in its id, else that of its promulgation, else that of its first text."""
    named = _YEAR.search(regulation.id)
    if named:
        return named[0]
    first = min((version.known_since for version in regulation.versions), default=None)
    return f"{first.earliest.year:04}" if first else None
