"""A Version taken apart into what its own files say and what the official files beside them say.

The inverse of `kb.source.official`, for the writer.
"""

from dataclasses import replace

from kb.citation import TextLanguage
from kb.kinds import TextKind
from kb.model import Provision, ProvisionText, Version


def part_official(version: Version) -> tuple[Version, tuple[Version, ...]]:
    """Return the Version as its own files have it, and the official texts, one a language."""
    if not version.official:
        return version, ()
    provisions = tuple(_own(one) for one in version.provisions if _own_texts(one))
    held = {text.language for one in provisions for text in one.texts}
    own = replace(version, provisions=provisions, languages=tuple(sorted(held)), official=())
    return own, tuple(_official(version, language) for language in version.official)


def _own_texts(provision: Provision) -> tuple[ProvisionText, ...]:
    return (*provision.commentary, *(text for text in provision.texts if not text.is_official))


def _own(provision: Provision) -> Provision:
    """Return a Provision with the texts of the Version's own files, and what these say of it."""
    texts = tuple(replace(text, attested=None) for text in sorted(_own_texts(provision), key=lambda text: text.language))
    own = replace(provision, texts=texts, commentary=())
    attested = next((text.attested for text in provision.commentary if text.attested), None)
    if attested is None:
        return own
    return replace(own, status=attested.status, held=attested.held, sources=attested.sources)


def _official(version: Version, language: TextLanguage) -> Version:
    provisions = tuple(
        _as_official(one, text)
        for one in version.provisions
        for text in one.texts
        if text.language == language and text.is_official
    )
    used = {key for one in provisions for key in one.sources}
    return replace(
        version,
        dates=replace(version.dates, basis=()),
        provisions=provisions,
        languages=(language,),
        text=TextKind.OFFICIAL,
        repealed_by=None,
        sources=tuple(source for source in version.sources if source.key in used),
        corrections=(),
        official=(),
    )


def _as_official(provision: Provision, text: ProvisionText) -> Provision:
    """Return a Provision with its official text; what the Version's own files say of it is left to them."""
    own = replace(provision, texts=(replace(text, attested=None),), commentary=())
    if _own_texts(provision):
        own = Provision(provision.anchor, provision.parent, provision.depth, own.texts)
    attested = text.attested
    return replace(own, status=attested.status, held=attested.held, sources=attested.sources) if attested else own
