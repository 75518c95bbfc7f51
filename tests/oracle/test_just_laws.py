"""312 texts of Chinese laws, imported, have the articles that an independent count finds."""

import re
from datetime import date
from pathlib import Path

import pytest
from collected import Brought, bring, collection, squash, words_of

from kb.model import Regulation, Version
from kb.timeline import State

CATEGORIES = (
    "administrative", "civil-and-commercial", "constitution", "constitutional-relevance", "criminal-law",
    "ecological-environment", "economic", "procedural", "social",
)  # fmt: skip
ARTICLE = re.compile(
    r"^(?:\*\*)?(第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)(?:\*\*|　| )", re.MULTILINE
)
DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number as statutes write it, built unit by unit."""
    text = "".join(
        DIGITS[digit] + unit if (digit := number // size % 10) else "零"
        for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
    )
    short = re.sub("零+", "零", text).strip("零")
    return short.removeprefix("一") if short.startswith("一十") else short


NUMBERS = {chinese(number): number for number in range(1, 2000)}


def anchor_of(article: str) -> str:
    number, _, inserted = article.removeprefix("第").partition("条")
    return "-".join(["art", str(NUMBERS[number]), *([str(NUMBERS[inserted.removeprefix("之")])] if inserted else [])])


@pytest.fixture(scope="module", name="laws")
def fixture_laws() -> dict[Path, str]:
    """The text of every folder that holds a law, README first."""
    root = collection("just-laws") / "docs"
    found: dict[Path, list[Path]] = {}
    for path in sorted(path for category in CATEGORIES for path in (root / category).rglob("*.md")):
        found.setdefault(path.parent, []).append(path)
    order = {folder: sorted(paths, key=lambda path: path.name != "README.md") for folder, paths in found.items()}
    return {folder: "\n".join(path.read_text(encoding="utf-8") for path in paths) for folder, paths in order.items()}


@pytest.fixture(scope="module", name="brought")
def fixture_brought(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    return bring("markdown", collection("just-laws") / "docs", "just-laws.yaml", tmp_path_factory.mktemp("cn") / "corpus")


def law_of(folder: Path, brought: Brought) -> tuple[Regulation, Version]:
    """The Version that a folder was made into: a folder below `versions` is named after the first day of one."""
    later = folder.parent.name == "versions"
    regulation = brought.corpus.regulation(f"cn-{(folder.parents[1] if later else folder).name}")
    return regulation, regulation.versions[1 if later else 0]


def test_every_law_is_imported(laws: dict[Path, str], brought: Brought) -> None:
    assert len(laws) == 312
    assert len({law_of(folder, brought)[1].citation for folder in laws}) == sum(1 for _ in brought.corpus.versions()) == 312


def test_articles_and_their_numbers_are_those_of_an_independent_count(laws: dict[Path, str], brought: Brought) -> None:
    total = 0
    for folder, text in laws.items():
        _, version = law_of(folder, brought)
        headings = [provision.texts[0].heading.split(" ")[0] for provision in version.provisions]
        counted = ARTICLE.findall(text)
        assert [heading for heading in headings if re.match(r"第[^章节编]+条", heading)] == counted, folder
        assert {anchor_of(article) for article in counted} <= {provision.anchor for provision in version.provisions}
        total += len(counted)
    assert total > 20_000


def test_no_word_of_any_law_is_lost(laws: dict[Path, str], brought: Brought) -> None:
    for folder, text in laws.items():
        regulation, version = law_of(folder, brought)
        fronts = re.sub(r"^---\n.*?\n---\n", "", text, flags=re.DOTALL | re.MULTILINE)
        body = re.sub(r"^# .*$", "", fronts, count=1, flags=re.MULTILINE)
        assert words_of(version) == squash(body), regulation.id


def events(text: str) -> list[tuple[date, str]]:
    """What became of a law on which day, by the lines between its title and its first part or article."""
    head = re.split(r"^(?:#{2,} |\*\*第|[一二三]、)", f"\n{text}".partition("\n# ")[2], maxsplit=1, flags=re.MULTILINE)[0]
    listed = re.findall(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日[^。\n]*?(通过|修正|修订|公布|批准|施行)", head)
    return [(date(int(year), int(month), int(day)), what) for year, month, day, what in listed]


def first_day(text: str) -> date | None:
    """The first day that a law gives itself, unless it was amended in part since: that day is then of the older text."""
    history = events(text)
    closing = [line for line in text.splitlines() if re.match(r"\*\*第[^*]+条\*\*|[一二三四五六七八九十]+、", line)]
    found = [
        re.match(
            r"本[^，。自]{1,40}自([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日起(?:施行|实施)",
            re.split(r"　|、", line, maxsplit=1)[-1],
        )
        for line in closing
        if not re.search("本办法|本修正案", line)
    ]
    stated = [date(*map(int, one.groups())) for one in found if one]
    if not stated or not history or history[-1][1] == "修正" or stated[-1] < max(day for day, _ in history):
        return None
    return stated[-1]


def test_a_first_day_is_what_the_law_itself_says_and_else_is_left_open(laws: dict[Path, str], brought: Brought) -> None:
    said = {folder: first_day(text) for folder, text in laws.items()}
    for folder, day in said.items():
        _, version = law_of(folder, brought)
        held = version.dates.effective
        assert (held.earliest if held and held.is_exact else held) == day, folder
    known = sum(1 for day in said.values() if day)
    assert known == 155
    assert brought.output.count("[no-effective-day]") + brought.output.count("[older-first-day]") == 312 - known


def test_a_law_without_a_first_day_is_uncertain_and_never_in_force_from_its_adoption(brought: Brought) -> None:
    timeline = brought.corpus.timeline("cn-commercial-bank-law")
    assert [timeline.on(date(2015, 8, day)).state for day in (28, 29)] == [State.NOT_IN_FORCE, State.UNCERTAIN]


def test_the_last_day_of_the_history_over_a_law_is_the_day_of_its_text(laws: dict[Path, str], brought: Brought) -> None:
    for folder, text in laws.items():
        history = [day for day, what in events(text) if what != "施行"]
        _, version = law_of(folder, brought)
        held = version.dates.promulgated
        assert (held.earliest if held else None) == max(history, default=None), folder


def test_the_trademark_law_of_2027_is_pending_today(brought: Brought) -> None:
    outcome = brought.corpus.timeline("cn-trademark-law").on(date(2026, 11, 26))
    assert [(version.label, version.interval.start.earliest) for version in outcome.pending] == [
        ("2027-01-01", date(2027, 1, 1))
    ]
    assert brought.corpus.timeline("cn-trademark-law").on(date(2027, 1, 1)).state is State.IN_FORCE
