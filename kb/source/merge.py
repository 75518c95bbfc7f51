"""The language files of one Version become one Version with several texts.

They must agree on dates, provision ids and attributes; where they do not, the file that came second is left out and named.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest

from kb.model import Bilingual, Place, Provision, Version
from kb.problems import Problem

_CHECK = "languages-disagree"
_COMPARED = (
    "parent", "depth", "kind", "actors", "levels", "status", "held", "sources", "effective", "expires", "does", "who", "grades",
)  # fmt: skip


def merge_languages(files: Iterable[Version]) -> tuple[tuple[Version, ...], list[Problem]]:
    """Return one Version for each Regulation and first day, and the Problems where files disagree."""
    merged: dict[str, Version] = {}
    problems: list[Problem] = []
    for file in files:
        key = str(file.citation)
        if key not in merged:
            merged[key] = file
            continue
        found = _disagreements(merged[key], file)
        problems += found
        if not found:
            merged[key] = _join(merged[key], file)
    return tuple(merged.values()), problems


def _join(first: Version, second: Version) -> Version:
    texts = {provision.anchor: provision.texts for provision in second.provisions}
    provisions = tuple(replace(p, texts=p.texts + texts[p.anchor]) for p in first.provisions)
    return replace(
        first,
        provisions=provisions,
        languages=first.languages + second.languages,
        paths=first.paths + second.paths,
        retroactive=Bilingual(first.retroactive.en or second.retroactive.en, first.retroactive.zh or second.retroactive.zh),
    )


def _disagreements(first: Version, second: Version) -> list[Problem]:
    other = first.paths[0]
    problems = []
    for name, ours, theirs in _front_values(first, second):
        if ours != theirs:
            message = f"`{name}` is {theirs} here, but {ours} in {other}."
            problems.append(_problem(Place(second.paths[0]), message))
    agreed = _anchor_disagreements(first, second) + _attribute_disagreements(first, second)
    return problems + agreed + _duty_disagreements(first, second)


def _front_values(first: Version, second: Version) -> Iterable[tuple[str, object, object]]:
    for name in ("promulgated", "published", "effective", "expires", "basis"):
        yield name, getattr(first.dates, name), getattr(second.dates, name)
    for name in ("text", "repealed_by", "corrections"):
        yield name, getattr(first, name), getattr(second, name)
    yield "sources", [source.key for source in first.sources], [source.key for source in second.sources]


def _anchor_disagreements(first: Version, second: Version) -> list[Problem]:
    ours, theirs = {p.anchor: p for p in first.provisions}, {p.anchor: p for p in second.provisions}
    missing = [_problem(ours[a].texts[0].place, f"#{a} is missing in {second.paths[0]}.") for a in ours if a not in theirs]
    extra = [_problem(theirs[a].texts[0].place, f"#{a} is missing in {first.paths[0]}.") for a in theirs if a not in ours]
    return missing + extra


def _attribute_disagreements(first: Version, second: Version) -> list[Problem]:
    pairs = ((provision, first.find(provision.anchor)) for provision in second.provisions)
    return [
        _differs(provision, other, name)
        for provision, other in pairs
        if other
        for name in _COMPARED
        if getattr(provision, name) != getattr(other, name)
    ]


def _duty_disagreements(first: Version, second: Version) -> list[Problem]:
    """Return a Problem for each entry of a block of duties that is not the same, but for its words, in the other language."""
    problems = []
    for provision in second.provisions:
        other = first.find(provision.anchor)
        ours, theirs = provision.texts[0], other.texts[0] if other else provision.texts[0]
        for one, two in zip_longest(ours.duties, theirs.duties):
            if one is None or two is None or one.skeleton != two.skeleton:
                place = Place(ours.place.path, one.line if one else ours.place.line)
                named = one or two
                message = f"#{provision.anchor}: the duty {named.id if named else ''} is not the same in {theirs.place.path}."
                problems.append(_problem(place, message))
    return problems


def _differs(provision: Provision, other: Provision, name: str) -> Problem:
    message = f"#{provision.anchor}: `{name}` differs: {_shown(provision, name)} here, {_shown(other, name)} in the other file."
    return _problem(provision.texts[0].place, message)


def _shown(provision: Provision, name: str) -> str:
    value = getattr(provision, name)
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _problem(place: Place, message: str) -> Problem:
    return Problem(place, _CHECK, message, "Make the language files agree.", loads=False)
