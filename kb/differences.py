"""What differs between two states of one text: the front matter, and each provision of the same anchor, word by word.

This is for an editor who looks at his own change. A comparison of two instruments, which asks what became of an article, is
`kb.comparison`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.citation import TextLanguage
from kb.model import Bilingual, Provision, ProvisionText, Regulation, Relation, Version, languages_of
from kb.wording import Wording, compare_wording
from kb.words import Segment


@dataclass(frozen=True, slots=True)
class Value:
    """One value that differs, as it is written; "" where it is absent."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One provision that differs: its attributes, and its words in each language; a side on which it is not is None."""

    anchor: str
    before: Provision | None
    after: Provision | None
    values: tuple[Value, ...]
    wordings: tuple[tuple[TextLanguage, Wording], ...]


def find_value_changes(before: Regulation | Version, after: Regulation | Version) -> tuple[Value, ...]:
    """Return what differs in the front matter of two regulations or of two versions, in the order of the file."""
    return _differing(_front(before), _front(after))


def find_provision_changes(before: Version, after: Version, segment: Segment) -> tuple[Changed, ...]:
    """Return the provisions that differ, in the order of the new text; those that are gone come last."""
    old = {provision.anchor: provision for provision in before.provisions}
    new = {provision.anchor: provision for provision in after.provisions}
    pairs = ((anchor, old.get(anchor), new.get(anchor)) for anchor in [*new, *(one for one in old if one not in new)])
    found = (_compare(anchor, one, other, segment) for anchor, one, other in pairs)
    return tuple(changed for changed in found if changed.values or changed.wordings or not (changed.before and changed.after))


def _compare(anchor: str, before: Provision | None, after: Provision | None, segment: Segment) -> Changed:
    values = _differing(_attributes(before), _attributes(after)) if before and after else ()
    words = tuple(_wordings(before, after, segment))
    return Changed(anchor, before, after, values, words)


def _wordings(before: Provision | None, after: Provision | None, segment: Segment) -> Iterator[tuple[TextLanguage, Wording]]:
    for language in languages_of(one for one in (before, after) if one):
        old, new = (_words(provision, language) for provision in (before, after))
        if old != new:
            yield language, compare_wording(old, new, segment)


def _words(provision: Provision | None, language: TextLanguage) -> str:
    texts = (text for text in (provision.texts if provision else ()) if text.language == language)
    return next((_said(text) for text in texts), "")


def _said(text: ProvisionText) -> str:
    """Return all that a text says: heading, body and figures, the reader's note, and what it points to."""
    pointers = "; ".join(str(citation) for citation in text.see)
    return "\n\n".join(part for part in (text.heading, text.comparable, text.note, pointers) if part)


def _differing(before: dict[str, str], after: dict[str, str]) -> tuple[Value, ...]:
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        Value(name, before.get(name, ""), after.get(name, "")) for name in names if before.get(name, "") != after.get(name, "")
    )


def _front(one: Regulation | Version) -> dict[str, str]:
    return _regulation_front(one) if isinstance(one, Regulation) else _version_front(one)


def _regulation_front(one: Regulation) -> dict[str, str]:
    named = {"title": one.title, "short": one.short, "number": one.number, "issuer": one.issuer, "note": one.note}
    values = {f"{name}.{language}": value for name, pair in named.items() for language, value in _both(pair)}
    return {
        **values,
        "kind": one.kind,
        "status": one.status,
        "relations": "; ".join(_relation(relation) for relation in one.relations),
    }


def _version_front(one: Version) -> dict[str, str]:
    dates = one.dates
    return {
        "promulgated": str(dates.promulgated or ""),
        "published": str(dates.published or ""),
        "effective": str(dates.effective or ""),
        "expires": str(dates.expires or ""),
        **{f"retroactive.{language}": value for language, value in _both(one.retroactive)},
        "repealed_by": str(one.repealed_by or ""),
        "text": one.text,
        "languages": " ".join(one.languages),
        **{f"basis.{name}": status for name, status in dates.basis},
        **{f"sources.{source.key}": " ".join(part for part in (source.url, source.what) if part) for source in one.sources},
        "corrections": "; ".join(f"{one.day} #{one.anchor} {one.text.en}" for one in one.corrections),
    }


def _relation(relation: Relation) -> str:
    named = (relation.kind, relation.target or relation.title, relation.day or "", relation.status)
    return " ".join(str(part) for part in named if part)


def _both(value: Bilingual) -> Iterable[tuple[str, str]]:
    return (("en", value.en), ("zh", value.zh))


def _attributes(one: Provision) -> dict[str, str]:
    return {
        "parent": one.parent,
        "depth": str(one.depth),
        "kind": one.kind or "",
        "actors": " ".join(one.actors),
        "levels": " ".join(one.levels),
        "status": one.status or "",
        "held": one.held,
        "source": " ".join(one.sources),
        "effective": str(one.effective or ""),
        "expires": str(one.expires or ""),
        "does": one.does or "",
        "who": " ".join(one.who),
        "grades": " ".join(one.grades),
        **{f"duty.{duty.id}": str(duty.skeleton[1:10]) for duty in one.texts[0].duties},
    }
