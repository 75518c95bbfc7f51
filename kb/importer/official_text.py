"""A stranger's file as the official text beside a Version that is held: only its words are taken.

Its dates are those of the Version; nothing that the file says of itself is believed.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from kb.citation import TextLanguage
from kb.errors import KbError
from kb.importer.bounds import MOST_BYTES, UnreadableError, check_bytes
from kb.importer.files import FileKind
from kb.importer.outline import Manner, make_outline
from kb.importer.patience import patience
from kb.importer.profile import Profile
from kb.kinds import TextKind
from kb.model import Bilingual, Provision, Source, Status, Version
from kb.problems import Problem
from kb.source.storage import Plan, check_plan, plan_files
from kb.source.writer import official_file_name, render_version_file
from kb.source.yaml_lines import SourceError


class NoOfficialTextError(KbError):
    """A file cannot be placed beside the Version as its official text."""


@dataclass(frozen=True, slots=True)
class OfficialText:
    """The Provisions of a file, and Problems that name what of it was not taken."""

    provisions: tuple[Provision, ...]
    problems: tuple[Problem, ...] = ()


def read_official(source: Path, kind: FileKind, profile: Profile, language: TextLanguage) -> OfficialText:
    """Return what a file holds in a language; raise UnreadableError or NoOfficialTextError where that is no provision."""
    with source.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    check_bytes(content)
    try:
        with patience():
            written = kind.read(content, source.name)
            outline = make_outline(written.lines, Manner(profile.headings, language, Status.VERIFIED))
    except SourceError as fault:
        raise UnreadableError(f"{fault.problem.place}: {fault.problem.message}", fault.problem.hint) from fault
    if written.made:
        message = f"{source.name} holds a whole version of this corpus."
        raise NoOfficialTextError(message, "Import it as a regulation, or give the authentic text.")
    if not any(provision.texts[0].body for provision in outline.provisions):
        raise NoOfficialTextError(f"{source.name} holds no provision.", "Check the file, and `headings` in the profile.")
    if outline.problems:
        problem = outline.problems[0]
        raise NoOfficialTextError(f"{problem.place}: {problem.message}", problem.hint)
    return OfficialText(outline.provisions, written.problems)


def plan_official(
    root: Path, version: Version, official: tuple[Provision, ...], source: Source, language: TextLanguage
) -> Plan:
    """Return what adding an official text to a Version below `root` would change.

    Raises UnwritableError where it does not fit the Version: see `kb.source.official`.
    """
    own = replace(
        version,
        dates=replace(version.dates, basis=()),
        provisions=tuple(_sourced(provision, source.key) for provision in official),
        languages=(language,),
        text=TextKind.OFFICIAL,
        repealed_by=None,
        sources=(source,),
        corrections=(),
        retroactive=_own(version.retroactive, language),
        official=(),
    )
    plan = plan_files(root, version.regulation, {official_file_name(version, language): render_version_file(own, language)})
    check_plan(plan)
    return plan


def _sourced(provision: Provision, key: str) -> Provision:
    return replace(provision, sources=(key,)) if provision.status else provision


def _own(reason: Bilingual, language: TextLanguage) -> Bilingual:
    """Return a reason in the one language of a file, which needs it where the Version takes effect before it is promulgated."""
    text = reason.text(language)
    return Bilingual(zh=text) if language == "zh" else Bilingual(en=text)
