"""Whoever installs by the lock gets the versions that were tested, and nothing that its hash does not name."""

import re
from collections import Counter
from dataclasses import dataclass

import pytest
from conftest import ROOT

REQUIREMENTS = (ROOT / "requirements.txt").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MEND = "Make requirements.lock anew by the command in SECURITY.md."
_PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A package of the lock: its version, its hashes, and the packages that want it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]


def normalized(name: str) -> str:
    """Return a name as package registries compare it.

    >>> normalized("Flask_Limiter")
    'flask-limiter'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def read_entry(text: str) -> Entry:
    """Return what one paragraph of the lock says."""
    found = _PIN.match(text)
    assert found, text[:80]
    wanted_by = re.findall(r"^ +# +(?:via )?([\w.-]+)$", text, re.MULTILINE)
    return Entry(normalized(found[1]), found[2], tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})\b", text)), tuple(wanted_by))


PINNED = [(normalized(name), version) for name, version in _PIN.findall(REQUIREMENTS)]
RUNTIME = [(normalized(name), version) for name, version in _PIN.findall(REQUIREMENTS.partition("# What its tests")[0])]
LOCKED = [read_entry(text) for text in re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE) if _PIN.match(text)]


def test_every_requirement_is_pinned_once() -> None:
    lines = [line for line in REQUIREMENTS.splitlines() if line and not line.startswith("#")]
    assert len(lines) == len(PINNED)
    assert [name for name, times in Counter(name for name, _ in PINNED).items() if times > 1] == []


@pytest.mark.parametrize(("name", "version"), RUNTIME, ids=[name for name, _ in RUNTIME])
def test_what_the_program_runs_on_is_locked_at_the_same_version(name: str, version: str) -> None:
    assert version in [entry.version for entry in LOCKED if entry.name == name], MEND


@pytest.mark.parametrize("entry", LOCKED, ids=lambda entry: f"{entry.name} {entry.version}")
def test_what_is_locked_is_required_or_wanted_by_what_is_and_has_hashes(entry: Entry) -> None:
    names = {other.name for other in LOCKED}
    assert entry.name in dict(RUNTIME) or names.intersection(entry.wanted_by), MEND
    assert entry.hashes, MEND


def test_the_lock_names_no_place_to_fetch_from() -> None:
    assert re.findall(r"https?:|://|\bindex-url\b|\bfind-links\b|\btrusted-host\b| @ ", LOCK) == []
