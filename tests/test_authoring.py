"""An editor's commands: nothing is invented, nothing is lost, and nothing is written by halves."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT

from kb.__main__ import main
from kb.corpus import Corpus
from kb.model import Status
from kb.source.loader import load_corpus

Run = Callable[..., Result]
NAMES = ("--title", "A notice", "--title-zh", "一则通知", "--issuer", "Customs", "--issuer-zh", "海关")


@pytest.fixture(name="root")
def fixture_root(tmp_path: Path) -> Path:
    root = tmp_path / "regulations"
    for name in ("vocabulary.yaml", "gacc-ann-2018-32", "gacc-ann-2014-75"):
        copy = shutil.copytree if (ROOT / "regulations" / name).is_dir() else shutil.copy
        root.mkdir(exist_ok=True)
        copy(ROOT / "regulations" / name, root / name)
    return root


@pytest.fixture(name="run")
def fixture_run(root: Path, tmp_path: Path) -> Run:
    environment = {"INFORCE_CORPUS": str(root), "INFORCE_DERIVED": str(tmp_path / "derived")}
    return lambda *arguments: CliRunner().invoke(main, [str(one) for one in arguments], env=environment)


@pytest.fixture(name="made")
def fixture_made(run: Run) -> str:
    assert run("new", "my-notice", "2027-01-01", *NAMES).exit_code == 0
    return "my-notice"


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def problems_of(run: Run, regulation: str) -> list[str]:
    found = json.loads(run("check", "--json").stdout)
    return [problem["check"] for problem in found if problem["path"].startswith(f"{regulation}/")]


def front(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8").split("---\n")[1]


def test_a_skeleton_has_no_problem_and_holds_no_rule(root: Path, made: str) -> None:
    corpus = load_corpus(root)
    version = corpus.regulations[made].versions[0]
    assert [problem for problem in corpus.problems if made in problem.place.path] == []
    assert [(one.status, one.kind, one.has_text) for one in version.provisions] == [(Status.UNKNOWN, None, False)]
    assert version.languages == ("en", "zh")


def test_a_skeleton_alone_passes_the_check(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    environment = {"INFORCE_CORPUS": str(tmp_path / "r"), "INFORCE_DERIVED": str(tmp_path / "derived")}
    for arguments in (("new", "some-draft", "2027", "--kind", "draft"), ("new", "some-rule", "2027-03"), ("check",)):
        result = CliRunner().invoke(main, arguments, env=environment)
        assert result.exit_code == 0, result.output
    assert "2 regulations, 1 versions, 0 lines: 0 problems" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("new", "gacc-ann-2018-32", "2018-05-01"), "gacc-ann-2018-32/regulation.md"),
        (("new", "Not An Id", "2018-05-01"), "small letters"),
        (("new", "fresh", "2018-02-30"), "not a day of the calendar"),
        (("new", "fresh", "2018-01..2018-03"), "is a range"),
        (("new", "lines", "2018"), "lines"),
        (("new-version", "nowhere", "2018-05-01"), "No regulation nowhere is held"),
        (("new-version", "gacc-ann-2018-32", "2001"), "No version of gacc-ann-2018-32 begins before 2001"),
        (("new-version", "gacc-ann-2018-32", "2018-05-01"), "No version of"),
        (("repeal", "gacc-ann-2018-32", "--on", "2030-01-01", "--by", "nowhere"), "No regulation nowhere is held"),
        (("repeal", "gacc-ann-2018-32", "--on", "2030-01-01", "--by", "gacc-ann-2014-75"), "Correct --on"),
        (("fmt", ROOT), "is no file of the corpus"),
        (("diff", ROOT, "gacc-ann-2018-32"), "is a folder and the other is not"),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_what_cannot_be_done_is_refused_and_nothing_is_written(
    run: Run, root: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = contents(root)
    result = run(*arguments)
    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert contents(root) == before


def test_a_version_carried_forward_says_the_same_and_is_verified_no_more(run: Run, root: Path) -> None:
    before = load_corpus(root).regulations["gacc-ann-2018-32"].versions[-1]
    assert run("new-version", before.regulation, "2030-01-01").exit_code == 0
    after = load_corpus(root).regulations[before.regulation].versions[-1]
    assert (after.label, str(after.dates.effective), after.dates.promulgated, after.dates.basis) == (
        "2030-01-01", "2030-01-01", None, (),
    )  # fmt: skip
    assert [[text.body for text in one.texts] for one in after.provisions] == [
        [text.body for text in one.texts] for one in before.provisions
    ]
    assert Status.VERIFIED in {one.status for one in before.provisions}
    assert Status.VERIFIED not in {one.status for one in after.provisions}


def test_a_version_is_closed_on_request_and_else_left_alone(run: Run, root: Path, made: str) -> None:
    old = root / made / "2027-01-01.en.md"
    was = old.read_text(encoding="utf-8")
    result = run("new-version", made, "2028-01-01", "--dry-run")
    assert "is still open" in result.stderr
    assert run("new-version", made, "2028-01-01").exit_code == 0
    assert old.read_text(encoding="utf-8") == was
    assert problems_of(run, made) == ["version-overlap"]
    for path in (root / made).glob("2028*"):
        path.unlink()
    assert run("new-version", made, "2028-01-01", "--close").exit_code == 0
    assert "expires: 2028-01-01\n" in front(root, f"{made}/2027-01-01.zh.md")
    assert problems_of(run, made) == []


def test_closing_keeps_the_comments_of_a_file(run: Run, root: Path, made: str) -> None:
    path = root / made / "2027-01-01.en.md"
    path.write_text(path.read_text(encoding="utf-8").replace("---\n", "---\n# seen on paper\n", 1), encoding="utf-8")
    assert run("repeal", made, "--on", "2028-01").exit_code == 0
    assert (
        front(root, f"{made}/2027-01-01.en.md")
        == "# seen on paper\neffective: 2027-01-01\nexpires: 2028-01\ntext: restatement\n"
    )


def test_a_repeal_names_what_repeals(run: Run, root: Path, made: str) -> None:
    run("new", "next-notice", "2028-06-01", *NAMES)
    assert run("repeal", made, "--on", "2028-06-01", "--by", "next-notice").exit_code == 0
    assert "repealed_by: next-notice\n" in front(root, f"{made}/2027-01-01.zh.md")
    assert problems_of(run, made) == []
    again = run("repeal", made, "--on", "2029-01-01")
    assert (again.exit_code, "ends on 2028-06-01 already" in again.stderr) == (2, True)


def test_a_dry_run_shows_and_does_not_write(run: Run, root: Path) -> None:
    before = contents(root)
    shown = json.loads(run("repeal", "gacc-ann-2018-32", "--on", "2030-01-01", "--dry-run", "--json").stdout)
    assert shown["written"] is False
    assert {file["change"] for file in shown["files"]} == {"replaced"}
    assert "+expires: 2030-01-01\n" in shown["files"][0]["diff"]
    assert contents(root) == before


def test_fmt_finds_nothing_to_do_where_it_has_been(run: Run, root: Path) -> None:
    path = root / "gacc-ann-2018-32" / "regulation.md"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: ", "kind:   "), encoding="utf-8")
    assert run("fmt", "--check").exit_code == 1
    assert run("fmt", path).exit_code == 0
    assert run("fmt", "--check", path).exit_code == 0
    run("fmt")
    after = contents(root)
    assert run("fmt").exit_code == 0
    assert contents(root) == after


def test_fmt_writes_a_date_in_its_shortest_form_and_leaves_what_only_looks_like_one(run: Run, root: Path, made: str) -> None:
    path = root / made / "2027-01-01.en.md"
    text = path.read_text(encoding="utf-8").replace("text:", "promulgated: 2026-06-01..2026-06-30\ntext:")
    path.write_text(text.replace("not written yet", "2019..2018 is no range"), encoding="utf-8")
    path.with_name("2027-01-01.zh.md").unlink()
    assert run("fmt", root / made).exit_code == 0
    assert "promulgated: 2026-06\n" in front(root, f"{made}/2027-01-01.en.md")
    assert "2019..2018 is no range" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("kind: ", "# why so?\nkind: ", "# why so?"),
        ("kind: ", "# verified\nkind: ", "# verified"),
        ("status: ", "status:  # by telephone\n  ", "# by telephone"),
        ("## Reader's note {lang=en}", "## What is open {lang=en}", "What is open"),
    ],
    ids=["comment", "comment of known words", "comment behind a value", "heading"],
)  # fmt: skip
def test_fmt_leaves_a_file_whose_words_it_cannot_keep(run: Run, root: Path, old: str, new: str, line: str) -> None:
    path = root / "gacc-ann-2018-32" / "regulation.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    number = next(n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if line in text)
    before = contents(root)
    result = run("fmt", path)
    assert result.exit_code == 1
    assert f"gacc-ann-2018-32/regulation.md:{number}: " in result.stderr
    assert contents(root) == before


def test_a_difference_of_folders_names_the_word(run: Run, root: Path, tmp_path: Path) -> None:
    other = shutil.copytree(root, tmp_path / "other")
    path = other / "gacc-ann-2018-32" / "2018-05-01.en.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("certification continued", "licensing continued", 1), encoding="utf-8"
    )
    assert run("diff", root, root).exit_code == 0
    result = run("diff", root, other)
    assert result.exit_code == 1
    assert "[-certification-]{+licensing+}" in result.output
    assert run("diff", root / "gacc-ann-2018-32", other / "gacc-ann-2018-32").output == result.output


def test_a_difference_of_versions_names_dates_and_attributes(run: Run, made: str) -> None:
    run("new-version", made, "2028-01-01", "--close")
    changes = json.loads(run("diff", f"{made}@2027-01-01", f"{made}@2028-01-01", "--json").stdout)["changes"]
    assert [value["name"] for value in changes[0]["values"]] == ["effective", "expires"]
    assert changes[0]["provisions"] == []


def test_the_shipped_files_need_no_layout(corpus: Corpus, tmp_path: Path) -> None:
    environment = {"INFORCE_CORPUS": str(ROOT / "regulations"), "INFORCE_DERIVED": str(tmp_path)}
    result = CliRunner().invoke(main, ["fmt", "--check"], env=environment)
    assert (result.exit_code, result.stdout, len(corpus.problems)) == (0, "", 0)


def test_a_watched_corpus_is_checked_again_and_ends_on_interrupt(root: Path, tmp_path: Path) -> None:
    environment = os.environ | {"INFORCE_CORPUS": str(root), "INFORCE_DERIVED": str(tmp_path / "derived")}
    command = [sys.executable, "-m", "kb", "check", "--watch", "--json"]
    with (tmp_path / "out").open("wb") as out, subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out) as process:
        await_checks(tmp_path / "out", 1)
        path = root / "gacc-ann-2018-32" / "2018-05-01.en.md"
        path.write_text("no front matter", encoding="utf-8")
        seen = await_checks(tmp_path / "out", 2)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 1
    assert "front-matter" not in seen[0]
    assert "front-matter" in seen[1]


def await_checks(path: Path, count: int) -> list[str]:
    """Wait until so many lists of Problems were printed, and return them as text."""
    decoder = json.JSONDecoder()
    for _ in range(600):
        text, found, at = path.read_text(encoding="utf-8"), [], 0
        while text[at:].strip():
            at += len(text[at:]) - len(text[at:].lstrip())
            try:
                value, at = decoder.raw_decode(text, at)
            except json.JSONDecodeError:
                break
            found.append(json.dumps(value))
        if len(found) >= count:
            return found
        time.sleep(0.1)
    pytest.fail(f"{count} checks did not come: {path.read_text(encoding='utf-8')}")
