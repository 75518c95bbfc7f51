"""What an editor begins with: the skeleton of a new regulation, and the text of a version carried forward into the next.

Neither says more than is known. A skeleton holds no rule; a text carried forward was seen in the old version, not in the new
one, so nothing in it is verified any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.interval import PartialDate
from kb.kinds import Held, RegulationKind, TextKind
from kb.model import LANGUAGES, Bilingual, Dates, Place, Provision, ProvisionText, Regulation, Status, Version

_HEADING = Bilingual("Article 1", "第一条")
_BODY = Bilingual("Not held: not written yet.", "未收录：尚未录入。")
_NOTHING = Bilingual()
TO_BE_WRITTEN = Bilingual("To be written", "待写")


@dataclass(frozen=True, slots=True)
class Names:
    """What a new regulation is called, as far as it is said."""

    title: Bilingual = TO_BE_WRITTEN
    issuer: Bilingual = TO_BE_WRITTEN
    number: Bilingual = _NOTHING


def make_skeleton(id_: str, label: str, kind: RegulationKind, names: Names) -> Regulation:
    """Return a Regulation of which nothing is known but its names and a first day; a draft has no Version."""
    day = PartialDate.parse(label)
    texts = tuple(
        ProvisionText(language, _HEADING.text(language), Place(""), body=_BODY.text(language)) for language in LANGUAGES
    )
    provision = Provision("art-1", "", 2, texts, status=Status.UNKNOWN, held=Held.NONE)
    version = Version(id_, label, Dates(effective=day), (provision,), LANGUAGES, TextKind.RESTATEMENT)
    held = () if kind is RegulationKind.DRAFT else (version,)
    return Regulation(id_, names.title, names.number, names.issuer, kind, Status.UNKNOWN, Place(""), held)


def carry_forward(version: Version, label: str) -> Version:
    """Return the text of a Version as that of the next one, which begins on the day of the label.

    What was verified is recalled, what had ended by then is left out, and what was official or a translation is a restatement.
    """
    day = PartialDate.parse(label)
    return Version(
        version.regulation,
        label,
        Dates(effective=day),
        tuple(_still_there(version, day)),
        version.languages,
        TextKind.RESTATEMENT,
        sources=version.sources,
    )


def find_ended(version: Version, label: str) -> tuple[str, ...]:
    """Return the anchors of the Provisions that are not carried forward, because they had ended by then."""
    kept = {provision.anchor for provision in _still_there(version, PartialDate.parse(label))}
    return tuple(provision.anchor for provision in version.provisions if provision.anchor not in kept)


def _still_there(version: Version, day: PartialDate) -> Iterator[Provision]:
    gone: set[str] = set()
    for provision in version.provisions:
        ended = provision.expires is not None and provision.expires.latest <= day.earliest
        if ended or provision.parent in gone:
            gone.add(provision.anchor)
            continue
        begun = provision.effective is None or provision.effective.latest <= day.earliest
        yield replace(
            provision,
            status=Status.RECALLED if provision.status is Status.VERIFIED else provision.status,
            effective=None if begun else provision.effective,
        )
