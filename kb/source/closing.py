"""The end of a Version, written into its files: the next one began, or the Regulation was repealed."""

from pathlib import Path

from kb.citation import Citation
from kb.errors import InvalidDateError, NotHeldError
from kb.interval import PartialDate, unknown_end
from kb.model import Regulation, Version
from kb.source.front_edit import set_front_value
from kb.source.loader import parse_file
from kb.source.official_file import OFFICIAL
from kb.source.storage import UnwritableError
from kb.source.yaml_lines import SourceError


def find_last(regulation: Regulation, day: PartialDate) -> Version:
    """Return the last Version that surely begins before a day; raise NotHeldError where none does."""
    begun = [version for version in regulation.versions if PartialDate.parse(version.label).latest < day.earliest]
    if begun:
        return max(begun, key=lambda version: version.label)
    message = f"No version of {regulation.id} begins before {day}."
    raise NotHeldError(message, f"Those held: {', '.join(version.label for version in regulation.versions) or 'none'}.")


def language_files(root: Path, version: Version) -> tuple[Version, ...]:
    """Return a Version as each of its own files says it, one language each; raise UnwritableError where one cannot be read."""
    found = []
    for path in (path for path in version.paths if not path.endswith(OFFICIAL)):
        held = parse_file((root / path).read_bytes(), path)
        if held.version is None:
            problem = held.problems[0]
            raise UnwritableError(f"{problem.place}: {problem.message}", problem.hint)
        found.append(held.version)
    return tuple(found)


def close_version(root: Path, version: Version, day: str, by: Citation | None = None) -> dict[str, str]:
    """Return the files of a Version, by name, with its end on a day; all else in them stays as it is.

    Raises InvalidDateError where it ends on another day already, UnwritableError where a file's front matter is in the way.
    """
    _check_open(version, PartialDate.parse(day))
    files = {}
    for path in version.paths:
        text = (root / path).read_bytes().decode("utf-8")
        try:
            text = set_front_value(text, path, "expires", day)
            files[Path(path).name] = set_front_value(text, path, "repealed_by", str(by)) if by else text
        except SourceError as fault:
            problem = fault.problem
            raise UnwritableError(f"{problem.place}: {problem.message}", problem.hint) from fault
    return files


def _check_open(version: Version, day: PartialDate) -> None:
    expires = version.dates.expires
    if expires is None or expires == unknown_end(version.interval.start):
        return
    if expires.earliest <= day.earliest and day.latest <= expires.latest:
        return
    message = f"{version.citation} ends on {expires} already."
    raise InvalidDateError(message, f"Correct `expires` in {version.paths[0]} by hand, if {day} is right.")
