"""The legalize format: laws as Markdown in a git repository, one commit a version.

The dates are those that each text gives in its front matter; those of the commits say when somebody stored it, and are not
asked.
"""

from collections.abc import Iterator
from pathlib import Path

from kb.errors import KbError
from kb.importer.bounds import UnreadableError
from kb.importer.dated import Said, find_dates
from kb.importer.document import Document, Gathered, find_fields, read_document
from kb.importer.fields import regulation_id
from kb.importer.files import fault_of
from kb.importer.git_repository import Commit, Repository, open_repository
from kb.importer.patience import patience
from kb.importer.profile import Profile
from kb.importer.texts import read_markdown_file
from kb.model import Place
from kb.problems import Problem
from kb.progress import Progress, quietly
from kb.source.yaml_lines import SourceError


def gather_legalize(source: Path, profile: Profile, progress: Progress = quietly) -> Iterator[Gathered]:
    """Yield what a repository, or a bundle of one, holds of each Regulation; raise UnreadableError where it is none."""
    with open_repository(source) as repository:
        found = sorted(repository.histories().items())
        wanted = [one for one in found if profile.only is None or profile.only.search(one[0])]
        for path, commits in progress(wanted, "Importing"):
            yield _gather(repository, path, commits, profile)


def _gather(repository: Repository, path: str, commits: list[Commit], profile: Profile) -> Gathered:
    """Return all states of one file; of those with the same first day the last counts, as it was put right."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    ids: list[str] = []
    for commit in commits:
        name = f"{path}@{commit.id[:10]}"
        try:
            with patience():
                id_, document = _read(repository, commit, (path, name), profile)
        except SourceError as fault:
            problems.append(fault.problem)
        except KbError as error:
            problems.append(fault_of(name, error))
        else:
            ids.append(id_)
            label = find_dates(document.said, profile.dates).label or name
            if label in documents:
                message = f"It replaces {documents[label].said.path}, which begins on the same day, {label}."
                problems.append(Problem(document.said.place(), "text-replaced", message, "Nothing is to be done."))
            documents[label] = document
    problems += _other_ids(path, ids)
    return Gathered(ids[0] if ids else path, tuple(documents.values()), tuple(problems))


def _other_ids(path: str, ids: list[str]) -> Iterator[Problem]:
    if len(set(ids)) > 1:
        message = f"Its commits give several ids: {', '.join(sorted(set(ids)))}."
        yield Problem(Place(path), "several-ids", message, "Choose fields that stay for the id rule.", loads=False)


def _read(repository: Repository, commit: Commit, names: tuple[str, str], profile: Profile) -> tuple[str, Document]:
    path, name = names
    if not commit.blob:
        raise UnreadableError("The file was deleted in this commit.", "Say when it ended in the text before, or leave it out.")
    written = read_markdown_file(repository.content(commit.blob), name)
    text = "\n".join(line.text for line in written.lines)
    fields = find_fields(path, text, profile) | dict(commit.trailers) | written.fields
    document = read_document(Said(name, fields, written.places), written.lines, profile)
    return regulation_id(profile.id, fields), document
