"""Laws as a git repository of the legalize format: one commit for each Version, the oldest first.

The commits are the same for the same corpus, whoever makes them and when. Their trailers say the legal dates; the dates of git
only repeat them as far as git can.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.refs import Ref
from dulwich.repo import Repo

from kb.citation import TextLanguage
from kb.errors import ExportError
from kb.exports.legalize.text import country_of, export_legalize, published_on
from kb.model import Regulation, Version
from kb.progress import Progress, quietly
from kb.source.yaml_text import yaml_text

SPEC = "0.4"
MANIFEST = b".legalize.yml"
BRANCH = Ref(b"refs/heads/main")
# A commit cannot be dated before the epoch; the format names this day for what is older or has no date.
FLOOR = date(1970, 1, 2)
_IDENTITY = b"Inforce <inforce@localhost>"
_FILE, _FOLDER = 0o100644, 0o040000


@dataclass(frozen=True, slots=True)
class _Change:
    """One Version of a law in a language, to be one commit."""

    regulation: Regulation
    version: Version
    language: TextLanguage

    @property
    def order(self) -> tuple[date, str, str]:
        """Where it stands in the history."""
        return self.version.interval.start.earliest, self.regulation.id, self.version.label

    @property
    def day(self) -> date:
        """The day of the commit as git can hold it."""
        published = published_on(self.version)
        return max(FLOOR, published.earliest) if published else FLOOR

    @property
    def message(self) -> bytes:
        """What the commit says, with the trailers of the format; without a known day it has no Source-Date."""
        first = min(self.regulation.versions, key=lambda version: version.interval.start)
        published = published_on(self.version)
        trailers = [f"Source-Id: {self.version.citation}"]
        trailers += [f"Source-Date: {published}"] if published else []
        trailers += [f"Norm-Id: {self.regulation.id}"]
        kind = "new" if self.version == first else "reform"
        return f"[{kind}] {self.regulation.title.text(self.language)}\n\n".encode() + "\n".join(trailers).encode() + b"\n"


def export_history(regulations: Iterable[Regulation], language: TextLanguage, path: Path, progress: Progress = quietly) -> int:
    """Make a git repository at `path` and return the number of Versions in it; those not held in the language are left out.

    Raises ExportError where something is there already, or where the laws are of several countries: a repository has one.
    """
    laws = tuple(regulations)
    countries = sorted({country_of(law) for law in laws if law.versions})
    if len(countries) != 1:
        message = f"A repository of the format holds the laws of one country, not of {', '.join(countries) or 'none'}."
        raise ExportError(message, "Export the regulations of each country by themselves.")
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        message = f"{path} is there already."
        raise ExportError(message, "Name a folder that is new or empty.")
    changes = sorted(_changes(laws, language), key=lambda change: change.order)
    path.mkdir(parents=True, exist_ok=True)
    repo = Repo.init(str(path), default_branch=BRANCH.rpartition(b"/")[2])
    try:
        _commit(repo, countries[0], progress(changes, "Exporting"))
        repo.get_worktree().reset_index()
    finally:
        repo.close()
    return len(changes)


def _changes(laws: Iterable[Regulation], language: TextLanguage) -> Iterator[_Change]:
    for law in laws:
        yield from (_Change(law, version, language) for version in law.versions if language in version.languages)


def _commit(repo: Repo, country: str, changes: Iterable[_Change]) -> None:
    manifest = _add(repo, _manifest(country))
    files: dict[bytes, ObjectID] = {}
    head: ObjectID | None = None
    for change in changes:
        files[f"{change.regulation.id}.md".encode()] = _add(
            repo, export_legalize(change.regulation, change.version, change.language)
        )
        folder, root = Tree(), Tree()
        for name, blob in files.items():
            folder.add(name, _FILE, blob)
        repo.object_store.add_object(folder)
        root.add(MANIFEST, _FILE, manifest)
        root.add(country.encode(), _FOLDER, folder.id)
        repo.object_store.add_object(root)
        head = _add_commit(repo, change, root.id, head)
    if head:
        repo.refs[BRANCH] = head


def _add(repo: Repo, content: bytes) -> ObjectID:
    blob = Blob.from_string(content)
    repo.object_store.add_object(blob)
    return blob.id


def _add_commit(repo: Repo, change: _Change, tree: ObjectID, parent: ObjectID | None) -> ObjectID:
    commit = Commit()
    commit.tree, commit.parents = tree, [parent] if parent else []
    commit.author = commit.committer = _IDENTITY
    moment = int(datetime(change.day.year, change.day.month, change.day.day, tzinfo=UTC).timestamp())
    commit.author_time = commit.commit_time = moment
    commit.author_timezone = commit.commit_timezone = 0
    commit.message, commit.encoding = change.message, b"UTF-8"
    repo.object_store.add_object(commit)
    return commit.id


def _manifest(country: str) -> bytes:
    layout = [{"directories": ["*"], "path": "{directory}/{identifier}.md"}]
    return yaml_text({"spec_version": SPEC, "country": country, "layout": layout}).encode()
