"""A Provision in one language to the lines that hold it: the inverse of `kb.source.provision_text`.

The pieces stand in one order: body, figures, duties, note, pointers; a blank line parts them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.citation import Citation, TextLanguage
from kb.duty import REST_ITEM, Duty
from kb.interval import PartialDate, unknown_end
from kb.kinds import Held
from kb.model import Provision, ProvisionText, Status, Version
from kb.source.duty_block import RECALLED, REST
from kb.source.version_file import NO_SOURCE, UNKNOWN


@dataclass(frozen=True, slots=True)
class Titles:
    """The lines that open the figures, the duties and the pointers of a Provision."""

    facts: str
    duties: str
    see: str


TITLES: dict[TextLanguage, Titles] = {
    "en": Titles("**Key facts**", "**Duties**", "**See also:** "),
    "zh": Titles("**要点**", "**义务**", "**参见：** "),
}


def render_provision(provision: Provision, text: ProvisionText, version: Version) -> str:
    """Return the heading and all below it, without a line end."""
    heading = " ".join(part for part in ("#" * provision.depth, text.heading, _braced(_heading(provision, version))) if part)
    return "\n\n".join([heading, *_blocks(text, version.regulation)])


def _heading(provision: Provision, version: Version) -> Iterable[str]:
    yield f"#{provision.anchor}"
    bare = NO_SOURCE if provision.status and provision.status is not Status.UNKNOWN else ""
    values = {
        "kind": provision.kind or "",
        "actors": " ".join(provision.actors),
        "levels": " ".join(provision.levels),
        "status": provision.status or "",
        "held": "" if provision.held is Held.WHOLE else provision.held,
        "source": " ".join(provision.sources) or bare,
        "effective": _day(provision.effective, PartialDate(version.interval.start.earliest, date.max)),
        "expires": _day(provision.expires, unknown_end(version.interval.start)),
        "does": provision.does or "",
        "who": " ".join(provision.who),
        "grades": " ".join(provision.grades),
    }
    yield from _attributes(values)


def _day(day: PartialDate | None, unknown: PartialDate) -> str:
    return "" if day is None else UNKNOWN if day == unknown else str(day)


def _attributes(values: dict[str, str]) -> Iterable[str]:
    for key, value in values.items():
        if value:
            yield f"{key}={_quoted(value)}"


def _quoted(value: str) -> str:
    if value.isascii() and value.replace("-", "").replace(".", "").isalnum():
        return value
    mark = "'" if '"' in value else '"'
    return f"{mark}{value}{mark}"


def _braced(attributes: Iterable[str]) -> str:
    return "{" + " ".join(attributes) + "}"


def _blocks(text: ProvisionText, regulation: str) -> Iterable[str]:
    titles = TITLES.get(text.language, TITLES["en"])
    if text.body:
        yield text.body
    if text.facts:
        yield titles.facts
        yield "\n".join(f"- {fact}" for fact in text.facts)
    if text.duties:
        yield titles.duties
        yield "\n".join(_duty(duty) for duty in text.duties)
    if text.note:
        yield "\n".join(f"> {line}".rstrip() for line in text.note.split("\n"))
    if text.see:
        yield titles.see + "; ".join(_pointer(citation, regulation) for citation in text.see)


def _pointer(citation: Citation, regulation: str) -> str:
    whole = str(citation)
    return whole.removeprefix(regulation) if whole.startswith(f"{regulation}#") else whole


def _duty(duty: Duty) -> str:
    words = f"- {duty.text} " if duty.text else "- "
    return words + _braced(_duty_attributes(duty))


def _duty_attributes(duty: Duty) -> Iterable[str]:
    item = REST if duty.item == REST_ITEM else str(duty.item or "")
    if duty.id != (REST if item == REST else f"item-{item}"):
        yield f"#{duty.id}"
    values = {
        "item": item,
        "does": duty.does or "",
        "who": " ".join(duty.who),
        "but": " ".join(duty.but),
        "grades": " ".join(duty.grades),
        "every": str(duty.every or ""),
        "window": str(duty.window or ""),
        "by": str(duty.by or ""),
        "status": RECALLED if duty.recalled else "",
        "due": duty.due,
        "threshold": duty.threshold,
        "otherwise": duty.otherwise,
    }
    yield from _attributes(values)
