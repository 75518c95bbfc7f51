"""A git repository, read by git itself from a copy of its own: nothing that the repository is configured to run is run."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kb.importer.bounds import MOST_BYTES, UnreadableError

MOST_SECONDS = 900
_BRANCHES = ("refs/heads/main", "refs/heads/master")
_REGULAR = ("100644", "100755")
_FORMAT = "%x00%H%x00%(trailers:only=true,unfold=true,separator=%x01)"
_SETTINGS = ("-c", "core.quotePath=false")


@dataclass(frozen=True, slots=True)
class Commit:
    """One state of one file: the commit that made it, its trailers, and the name of its content, "" where it was deleted."""

    id: str
    trailers: tuple[tuple[str, str], ...]
    blob: str


class Repository:
    """A bare repository whose contents come out of one running git."""

    def __init__(self, folder: Path, asked: IO[bytes], answers: IO[bytes]) -> None:
        self._folder = folder
        self._asked = asked
        self._answers = answers

    def histories(self) -> dict[str, list[Commit]]:
        """Return for each Markdown file its states on the main branch, the first one first."""
        log = ("log", "--reverse", "--first-parent", "-m", "--no-renames", "--raw", "--no-abbrev", f"--format={_FORMAT}")
        output = run_git(f"--git-dir={self._folder}", *_SETTINGS, *log, self._branch(), "--").decode("utf-8", "replace")
        found: dict[str, list[Commit]] = {}
        records = output.split("\0")[1:]
        for id_, rest in zip(records[::2], records[1::2], strict=True):
            trailers, _, changes = rest.partition("\n")
            for path, blob in _changes(changes):
                found.setdefault(path, []).append(Commit(id_, _trailers(trailers), blob))
        return found

    def content(self, blob: str) -> bytes:
        """Return a content by its name; raise UnreadableError where it is too large or not there."""
        self._asked.write(f"{blob}\n".encode())
        self._asked.flush()
        header = self._answers.readline().split()
        if len(header) != 3:
            raise UnreadableError(f"The repository does not hold {blob}.", "It is damaged; fetch it again.")
        size, left = int(header[2]), int(header[2]) + 1
        kept = self._answers.read(left) if size <= MOST_BYTES else b""
        while size > MOST_BYTES and left:
            left -= len(self._answers.read(min(left, MOST_BYTES)))
        if size > MOST_BYTES:
            raise UnreadableError(f"The file has {size:,} bytes; the most is {MOST_BYTES:,}.", "Cut it into parts.")
        return kept[:-1]

    def _branch(self) -> str:
        names = run_git(f"--git-dir={self._folder}", "for-each-ref", "--format=%(refname)", "refs/heads").decode().split()
        found = [name for name in _BRANCHES if name in names] or (names if len(names) == 1 else [])
        if found:
            return found[0]
        raise UnreadableError("The repository has no branch main or master.", "Give one with a single branch.")


@contextmanager
def open_repository(source: Path) -> Iterator[Repository]:
    """Give a copy of a repository, or of a bundle of one; raise UnreadableError where git cannot make it."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        run_git("clone", "--quiet", "--bare", "--no-tags", "--", str(source.resolve()), folder)
        command = ("git", f"--git-dir={folder}", "cat-file", "--batch")
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()) as running:  # noqa: S603 - a list, no shell
            assert running.stdin
            assert running.stdout
            try:
                yield Repository(Path(folder), running.stdin, running.stdout)
            finally:
                running.kill()


def run_git(*arguments: str) -> bytes:
    """Run git without the settings of this machine or of a user; raise UnreadableError with what it says of a failure."""
    command = ("git", *arguments)
    try:
        done = subprocess.run(command, env=_environment(), capture_output=True, check=True, timeout=MOST_SECONDS)  # noqa: S603 - a list, no shell
    except FileNotFoundError as error:
        raise UnreadableError("Reading this format needs git, which is not installed.", "Install git.") from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(f"Git needed more than {MOST_SECONDS} seconds.", "Give a smaller repository.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        why = next((line for line in said if line.startswith("fatal:")), said[-1] if said else "it gives no reason")
        message = f"Git cannot read it: {why.removeprefix('fatal: ').rstrip('.')}."
        raise UnreadableError(message, "Give a git repository, or a bundle of one.") from error
    return done.stdout


def _environment() -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
    }


def _changes(text: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the content of each Markdown file that a commit changed; links and modules are none."""
    for line in text.splitlines():
        # as in ":100644 100644 e053f7 f0cc3e M", a tab, and the path
        facts, _, path = line.partition("\t")
        parts = facts.split()
        if len(parts) == 5 and path.endswith(".md"):
            if parts[4] == "D":
                yield path, ""
            elif parts[1] in _REGULAR:
                yield path, parts[3]


def _trailers(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (line.partition(":") for line in text.split("\1"))
    return tuple((key.strip(), value.strip()) for key, colon, value in pairs if colon)
