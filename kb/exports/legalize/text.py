"""A Version as a file of the legalize format: its own front matter, then plain Markdown.

A date that is not known to the day is left out of the keys that the format gives dates to, and stands under `effective` and
`expires` as the corpus writes it; `ends: unknown` says that it ended, or perhaps did, on a day that nobody knows. Only the rule
is handed on: heading and body, with the anchor of each provision.
"""

from collections.abc import Iterator

from kb.citation import TextLanguage
from kb.errors import NotHeldError
from kb.frbr import work_of
from kb.interval import ONE_DAY, PartialDate, unknown_end
from kb.model import Regulation, Version
from kb.source.version_file import UNKNOWN
from kb.source.yaml_text import Tree, yaml_text

IN_FORCE, REPEALED, EXPIRED = "in_force", "repealed", "expired"
_NOWHERE = "xx"


def export_legalize(regulation: Regulation, version: Version, language: TextLanguage) -> bytes:
    """Return a Version of a Regulation in one language as a file of the legalize format, in UTF-8.

    Raises NotHeldError where the Version has no text in that language.
    """
    if language not in version.languages:
        message = f"{version.citation} has no text in {language}."
        raise NotHeldError(message, f"Ask for one of its languages: {', '.join(version.languages)}.")
    front = {**_identity(regulation, version, language), **_dates(version)}
    parts = [f"# {regulation.title.text(language)}", *_parts(version, language)]
    return ("---\n" + yaml_text(front) + "---\n" + "\n\n".join(parts) + "\n").encode()


def country_of(regulation: Regulation) -> str:
    """Return the country of a law by ISO 3166, `xx` where it has none."""
    work = work_of(regulation)
    return work.split("/")[2] if work else _NOWHERE


def published_on(version: Version) -> PartialDate | None:
    """Return the day on which a Version was promulgated, else one by which it was public, where it is known to the day."""
    return _exact(version.dates.promulgated) or _exact(version.dates.published)


def _identity(regulation: Regulation, version: Version, language: TextLanguage) -> dict[str, Tree]:
    address = next((source.url for source in version.sources if source.url.startswith(("http://", "https://"))), "")
    return {
        "title": regulation.title.text(language),
        "identifier": regulation.id,
        "country": country_of(regulation),
        "rank": regulation.kind.value,
        "status": _status(regulation, version),
        "source": address or f"urn:inforce:{version.citation}",
        "department": regulation.issuer.text(language),
        "number": regulation.number.text(language),
        "language": language,
        "text": version.text.value,
        "version": version.label,
    }


def _dates(version: Version) -> dict[str, Tree]:
    begun, ended = _exact(version.dates.effective), _exact(version.dates.expires)
    days: dict[str, object] = {
        "publication_date": published_on(version),
        "last_updated": begun,
        "effective_from": begun,
        # the last day in force, as the readers of the format take it, not the first one after it
        "effective_until": ended.earliest - ONE_DAY if ended else None,
        "effective": None if begun else version.interval.start,
        "expires": None if ended or _ends_unknown(version) else version.dates.expires,
        "ends": UNKNOWN if _ends_unknown(version) else None,
    }
    return {key: str(day) for key, day in days.items() if day}


def _ends_unknown(version: Version) -> bool:
    return version.dates.expires == unknown_end(version.interval.start)


def _status(regulation: Regulation, version: Version) -> str:
    """Say how the law stood with this text: it has not ended where another text of it followed."""
    ended = version.dates.expires
    followed = any(other.interval.start.earliest > version.interval.start.earliest for other in regulation.versions)
    if ended is None or followed:
        return IN_FORCE
    return REPEALED if version.repealed_by else EXPIRED


def _parts(version: Version, language: TextLanguage) -> Iterator[str]:
    for provision in version.provisions:
        text = provision.text(language)
        yield " ".join(part for part in ("#" * provision.depth, text.heading, f"{{#{provision.anchor}}}") if part)
        if text.body:
            yield text.body


def _exact(day: PartialDate | None) -> PartialDate | None:
    return day if day and day.is_exact else None
