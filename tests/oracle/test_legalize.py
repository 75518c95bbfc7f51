"""523 versions of 84 Estonian acts, imported, answer every day as a brute-force reading of the source's own dates."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from collected import Brought, bring, collection, squash, words_of

from kb.citation import Citation
from kb.timeline import State

ONE = timedelta(days=1)
UNKNOWN = "1900-01-01"


@dataclass(frozen=True)
class Text:
    """One state of one act, as its front matter dates it: `until` is the last day in force."""

    act: str
    since: date | None
    until: date | None
    public: date | None
    body: str

    @property
    def label(self) -> str:
        return str(self.since or self.public)

    @property
    def is_real(self) -> bool:
        return not (self.since and self.until and self.until < self.since)

    def covers(self, day: date) -> bool:
        return self.since is not None and self.since <= day and (self.until is None or day <= self.until)

    def may_cover(self, day: date) -> bool:
        return self.since is None and self.public is not None and self.public <= day

    def is_announced(self, day: date) -> bool:
        return self.is_real and self.since is not None and self.public is not None and self.public <= day < self.since


def git(*arguments: str) -> str:
    return subprocess.run(("git", *arguments), check=True, capture_output=True).stdout.decode("utf-8")


def parse(act: str, text: str) -> Text:
    _, front, body = text.split("---\n", 2)
    keys = dict(re.findall(r'^(\w+): "(.*)"$', front, re.MULTILINE))
    days = [keys.get(key, "") for key in ("effective_from", "effective_until", "publication_date")]
    since, until, public = (date.fromisoformat(day) if day and day != UNKNOWN else None for day in days)
    return Text(act, since, until, public, body)


@pytest.fixture(scope="module", name="acts")
def fixture_acts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Text]]:
    folder = str(tmp_path_factory.mktemp("ee") / "bare")
    git("clone", "--quiet", "--bare", str(collection("legalize-ee-subset.bundle")), folder)
    acts: dict[str, list[Text]] = {}
    for commit in git("--git-dir", folder, "log", "--format=%H", "main").split():
        for name in git("--git-dir", folder, "show", "--format=", "--name-only", commit).split():
            if name.endswith(".md"):
                act = "ee-" + Path(name).stem
                acts.setdefault(act, []).append(parse(act, git("--git-dir", folder, "show", f"{commit}:{name}")))
    return acts


@pytest.fixture(scope="module", name="brought")
def fixture_brought(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    source = collection("legalize-ee-subset.bundle")
    return bring("legalize", source, "legalize-ee.yaml", tmp_path_factory.mktemp("ee") / "corpus")


def days_of(text: Text) -> Iterator[date]:
    """The days on which an answer about a text may go wrong: about its beginning, its end, and between."""
    first = text.since or text.public
    assert first
    last = text.until or first + timedelta(days=365)
    yield from (first - ONE, first, first + (last - first) / 2, last, last + ONE)


def reading(texts: list[Text], day: date) -> tuple[str, set[str]]:
    """The state of an act on a day and the texts that it rests on, by nothing but the dates of all its texts."""
    sure = {text.label for text in texts if text.covers(day)}
    possible = {text.label for text in texts if text.may_cover(day)}
    if len(sure) > 1:
        return State.AMBIGUOUS, sure | possible
    if possible:
        return State.UNCERTAIN, sure | possible
    if sure:
        return State.IN_FORCE, sure
    return (State.PENDING if any(text.is_announced(day) for text in texts) else State.NOT_IN_FORCE), set()


def test_every_version_is_imported_but_the_one_that_ends_before_it_begins(
    acts: dict[str, list[Text]], brought: Brought
) -> None:
    texts = [text for listed in acts.values() for text in listed]
    held = {(version.regulation, version.label) for version in brought.corpus.versions()}
    assert len(texts) == 523
    assert held == {(text.act, text.label) for text in texts if text.is_real}
    assert [(text.act, text.label) for text in texts if not text.is_real] == [("ee-22353", "2003-07-01")]
    assert brought.output.count("[never-in-force]") == 1


def test_every_day_is_answered_as_the_source_dates_it(acts: dict[str, list[Text]], brought: Brought) -> None:
    asked = [(act, day) for act, texts in acts.items() for text in texts for day in days_of(text)]
    assert len(asked) == 5 * 523
    found = {}
    for act, day in asked:
        outcome = brought.corpus.timeline(act).on(day)
        found[act, day] = (outcome.state, {version.label for version in outcome.versions})
    assert found == {(act, day): reading(acts[act], day) for act, day in asked}


def test_the_days_asked_meet_every_state(acts: dict[str, list[Text]]) -> None:
    states = {reading(texts, day)[0] for texts in acts.values() for text in texts for day in days_of(text)}
    assert states == set(State)


def test_what_is_pending_is_what_the_source_announces(acts: dict[str, list[Text]], brought: Brought) -> None:
    for act, texts in acts.items():
        for day in (day for text in texts for day in days_of(text)):
            pending = {version.label for version in brought.corpus.timeline(act).on(day).pending}
            assert pending == {text.label for text in texts if text.is_announced(day)}, (act, day)


def test_no_word_of_any_version_is_lost(acts: dict[str, list[Text]], brought: Brought) -> None:
    for text in (text for texts in acts.values() for text in texts if text.is_real):
        version = brought.corpus.version(Citation(text.act, text.label))
        assert words_of(version) == squash(re.sub(r"^# .*$", "", text.body, count=1, flags=re.MULTILINE)), version.citation
