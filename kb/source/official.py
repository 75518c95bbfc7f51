"""Official texts placed beside the restatements of their Versions.

The official text is read first, and the restatement becomes its commentary. They must agree on the dates. Either may have
provisions that the other lacks; what only the official text has must say something or lead others, to stand by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.kinds import Held, TextKind
from kb.model import Attestation, Place, Provision, ProvisionText, Source, Status, Version
from kb.problems import Problem

_DATES = ("promulgated", "published", "effective", "expires")
# What the restatement says of a provision, so that the official text may leave it out; where it does not, they must agree.
_SHARED = ("kind", "actors", "levels", "effective", "expires", "does", "who", "grades")
_NOTHING = (Held.NONE, Held.SUBJECT)


def place_beside(versions: Iterable[Version], officials: Iterable[Version]) -> tuple[tuple[Version, ...], list[Problem]]:
    """Return the Versions with the official texts that belong to them, and the Problems of those that fit none."""
    found = {str(version.citation): version for version in versions}
    problems: list[Problem] = []
    for official in officials:
        version = found.get(str(official.citation))
        faults = list(_faults(version, official)) if version else [_alone(official)]
        problems += faults
        if version and not faults:
            found[str(official.citation)] = _join(version, official)
    return tuple(found.values()), problems


def _alone(official: Version) -> Problem:
    hint = "Add the language file it stands beside, or name this one as a version by itself, with `text: official`."
    return _problem(official, "There is no text for it to stand beside.", hint)


def _faults(version: Version, official: Version) -> Iterator[Problem]:
    """Yield a Problem for each date that differs and each provision that does not fit."""
    hint = f"Make it agree with {version.paths[0]}."
    for name in _DATES:
        ours, theirs = getattr(version.dates, name), getattr(official.dates, name)
        if ours != theirs:
            yield _problem(official, f"`{name}` is {theirs} here, but {ours} in {version.paths[0]}.", hint)
    if official.repealed_by and official.repealed_by != version.repealed_by:
        message = f"`repealed_by` is {official.repealed_by} here, but {version.repealed_by} in {version.paths[0]}."
        yield _problem(official, message, hint)
    for source in official.sources:
        if (version.source(source.key) or source) != source:
            message = f"The source {source.key} is another one in {version.paths[0]}."
            yield _problem(official, message, "Give it a key of its own.")
    for provision in official.provisions:
        yield from _misfits(version.find(provision.anchor), provision, official)


def _misfits(known: Provision | None, provision: Provision, official: Version) -> Iterator[Problem]:
    place = provision.texts[0].place
    if known is None:
        if not provision.texts[0].body and not any(one.parent == provision.anchor for one in official.provisions):
            message = f"#{provision.anchor} is not in the restatement, and neither says anything nor leads others."
            yield Problem(place, "official-text", message, "Correct the anchor, or give it its text.", loads=False)
        return
    for name in _SHARED:
        ours, theirs = getattr(known, name), getattr(provision, name)
        if theirs and theirs != ours:
            message = f"#{provision.anchor}: `{name}` is not the same as in the restatement."
            yield Problem(place, "official-text", message, "Leave it out here, or make them agree.", loads=False)


def _join(version: Version, official: Version) -> Version:
    language = official.languages[0]
    given = {provision.anchor: provision.texts[0] for provision in official.provisions}
    seen = Attestation(TextKind.OFFICIAL, Status.VERIFIED, sources=tuple(source.key for source in official.sources))
    joined = [_beside(one, given[one.anchor], seen, version.text) if one.anchor in given else one for one in version.provisions]
    return replace(
        version,
        provisions=_placed(joined, official.provisions),
        languages=tuple(sorted({*version.languages, language})),
        sources=version.sources + _new_sources(version, official),
        paths=version.paths + official.paths,
        official=(*version.official, language),
    )


def _new_sources(version: Version, official: Version) -> tuple[Source, ...]:
    return tuple(source for source in official.sources if version.source(source.key) is None)


def _beside(known: Provision, official: ProvisionText, seen: Attestation, kind: TextKind) -> Provision:
    """Return the Provision read by its official text; a text that only says that nothing is held is read no longer.

    A rule whose official text is a mere heading, because its parts have the words, was `seen` all the same. `kind` is that of
    the Version's own text.
    """
    is_heading = official.attested is None or official.attested.status is None
    text = replace(official, attested=seen) if is_heading and not known.is_chapter else official
    read = [one for one in known.texts if one.language != text.language and (one.is_official or known.held not in _NOTHING)]
    own = Attestation(kind, known.status, known.held, known.sources)
    behind = (replace(one, attested=own) for one in known.texts if one not in read and not one.is_official)
    texts = _in_order([*read, text])
    joined = replace(known, texts=texts, commentary=_in_order([*known.commentary, *behind]))
    attested = [one.attested for one in texts if one.attested and one.attested.status]
    if not attested or (not known.is_chapter and len(attested) < len(texts)):
        return joined
    return _with_attestation(joined, attested)


def _with_attestation(provision: Provision, attested: Iterable[Attestation]) -> Provision:
    """Return a Provision that is read in official texts alone by what is said of these, the least sure first."""
    found = tuple(attested)
    return replace(
        provision,
        status=Status.weakest(one.status for one in found),
        held=max((one.held for one in found), key=tuple(Held).index),
        sources=tuple(dict.fromkeys(key for one in found for key in one.sources)),
    )


def _placed(joined: list[Provision], official: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return the Provisions with those that only the official text has, each before what follows it there."""
    order = [provision.anchor for provision in joined]
    known = {provision.anchor: provision for provision in joined}
    following = ""
    for provision in reversed(tuple(official)):
        if provision.anchor not in known:
            order.insert(order.index(following) if following else len(order), provision.anchor)
            known[provision.anchor] = provision
        elif known[provision.anchor].parent == "" and provision.parent:
            known[provision.anchor] = replace(known[provision.anchor], parent=provision.parent)
        following = provision.anchor
    return tuple(_deepened([known[anchor] for anchor in order]))


def _deepened(provisions: Iterable[Provision]) -> Iterator[Provision]:
    """Yield each Provision deeper than that in which it lies, which must stand before it."""
    depths: dict[str, int] = {"": 1}
    for provision in provisions:
        parent = provision.parent if provision.parent in depths else ""
        depths[provision.anchor] = max(provision.depth, depths[parent] + 1)
        yield replace(provision, parent=parent, depth=depths[provision.anchor])


def _in_order(texts: Iterable[ProvisionText]) -> tuple[ProvisionText, ...]:
    return tuple(sorted(texts, key=lambda text: text.language))


def _problem(official: Version, message: str, hint: str) -> Problem:
    return Problem(Place(official.paths[0]), "official-text", message, hint, loads=False)
