"""The official text of a Version in one language, in a file beside the Version's own: `2021-11-01.zh.official.md`.

It is read as a Version by itself; `kb.source.official` then places it beside the text that it belongs to. A heading without
text only groups others: nothing more is asked of it.
"""

from dataclasses import replace

from kb.kinds import TextKind
from kb.model import Attestation, Place, Provision, Version
from kb.problems import Problem
from kb.source.version_file import parse_version

OFFICIAL = ".official.md"


def parse_official(text: str, path: str) -> tuple[Version | None, list[Problem]]:
    """Read the file `<regulation>/<first-day>.<lang>.official.md` and return its text, or None, and the Problems."""
    version, problems = parse_version(text, path)
    if version is None:
        return None, problems
    problems += _faults(version)
    if problems:
        return None, problems
    return replace(version, provisions=tuple(_official(provision) for provision in version.provisions)), []


def _faults(version: Version) -> list[Problem]:
    place = Place(version.paths[0])
    faults = []
    if version.text is not TextKind.OFFICIAL:
        message = f"The file is named as an official text, but `text` is {version.text}."
        faults.append(Problem(place, "official-text", message, "Write `text: official`, or rename the file.", loads=False))
    if not version.sources:
        hint = "Name under `sources` where the official text was taken from."
        faults.append(Problem(place, "official-text", "The official text has no source.", hint, loads=False))
    if version.corrections:
        hint = "Tell it in the language files of the version."
        faults.append(Problem(place, "official-text", "Corrections do not stand here.", hint, loads=False))
    return faults


def _official(provision: Provision) -> Provision:
    attested = Attestation(TextKind.OFFICIAL, provision.status, provision.held, provision.sources)
    return replace(provision, texts=tuple(replace(text, attested=attested) for text in provision.texts))
