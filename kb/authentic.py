"""Whose words are read: the official text where one is held, and what stands behind it."""

from kb.citation import TextLanguage
from kb.kinds import TextKind
from kb.model import Provision, ProvisionText, Version


def text_kind(version: Version, language: TextLanguage) -> TextKind:
    """Say whose words a Version is read in, in a language: official beside a restatement only where every provision is."""
    if language not in version.official:
        return version.text
    texts = (text for one in version.provisions for text in one.texts if text.language == language and not one.is_chapter)
    return TextKind.OFFICIAL if all(text.is_official for text in texts) else version.text


def provision_kind(version: Version, provision: Provision, language: TextLanguage) -> TextKind:
    """Say whose words a Provision is read in, in a language."""
    return TextKind.OFFICIAL if provision.text(language).is_official else version.text


def restated(provision: Provision) -> tuple[ProvisionText, ...]:
    """Return the texts of the Version's own files, one a language; where these have none, the official ones.

    They carry what our reading adds: figures, duties, items of a list that go in pairs.
    """
    own = (*provision.commentary, *(text for text in provision.texts if not text.is_official))
    return tuple(sorted(own, key=lambda text: text.language)) if provision.commentary else provision.texts
