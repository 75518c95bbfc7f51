"""The command line, as a person or a script would use it."""

import json
import os
import shlex
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, WriteCorpus
from test_broken_files import LINE, SOUND

from kb.__main__ import COMMANDS, main

Run = Callable[..., Result]


@pytest.fixture(name="run")
def fixture_run(tmp_path: Path) -> Run:
    environment = {"INFORCE_CORPUS": str(ROOT / "regulations"), "INFORCE_DERIVED": str(tmp_path / "derived")}
    return lambda *arguments: CliRunner().invoke(main, arguments, env=environment)


def test_the_shipped_corpus_has_no_problem(run: Run) -> None:
    result = run("check")
    assert (result.exit_code, result.output.strip().rpartition(": ")[2]) == (0, "0 problems")


def test_a_faulty_corpus_is_reported_and_exits_1(run: Run, write_corpus: WriteCorpus) -> None:
    root = write_corpus((SOUND + LINE).replace("expires: 2020-01-01", "expire: 2020-01-01"))
    result = run("--corpus", str(root), "check", "--json")
    assert result.exit_code == 1
    assert ("old/2018-01-01.en.md", 4, "unknown-key", True) in [
        (problem["path"], problem["line"], problem["check"], problem["left_out"]) for problem in json.loads(result.output)
    ]


def test_a_faulty_corpus_still_answers_and_says_what_is_missing(run: Run, write_corpus: WriteCorpus) -> None:
    root = write_corpus((SOUND + LINE).replace("expires: 2020-01-01", "expire: 2020-01-01"))
    result = run("--corpus", str(root), "in-force", "2021-01-01", "--json")
    assert result.exit_code == 0
    assert "Left out: old/2018-01-01.en.md:4" in result.stderr
    answer = json.loads(result.stdout)["results"][0]
    assert (answer["regulation"], len(answer["warnings"])) == ("new", 1)


def test_in_force_names_the_rule_of_a_day(run: Run) -> None:
    answer = json.loads(run("in-force", "2010-12-31", "--json").output)
    by_line = {result["line"]: result for result in answer["results"] if result["line"]}
    credit = by_line["customs-enterprise-credit"]
    assert (credit["regulation"], credit["state"]) == ("gacc-order-170", "in_force")
    assert credit["interval"] == {"from": "2008-04-01", "to": "2011-01-01"}


def test_in_force_names_what_is_pending(run: Run) -> None:
    answer = json.loads(run("in-force", "2026-03-31", "--line", "customs-enterprise-credit", "--json").output)
    assert [(pending["regulation"], pending["days_left"]) for pending in answer["pending"]] == [("gacc-order-282", 1)]


def test_in_force_over_a_span_gives_each_rule(run: Run) -> None:
    result = run("in-force", "2017-06-01", "2019-03-31", "--line", "customs-enterprise-credit", "--json")
    assert [record["regulation"] for record in json.loads(result.output)["results"]] == ["gacc-order-225", "gacc-order-237"]


@pytest.mark.parametrize("citation", ["gacc-order-237#art-8", "Order 237 Art. 8", "第237号令第八条"])
def test_show_opens_a_provision_by_any_of_its_names(run: Run, citation: str) -> None:
    shown = json.loads(run("show", citation, "--on", "2019-01-01", "--json").output)
    assert (shown["citation"], shown["status"]) == ("gacc-order-237@2018-05-01#art-8", "verified")


def test_show_in_chinese_gives_the_chinese_text(run: Run) -> None:
    result = run("--lang", "zh", "show", "gacc-order-237@2018-05-01#art-8")
    assert result.output.startswith("第八条 ")


def test_coverage_counts_what_is_held(run: Run) -> None:
    coverage = json.loads(run("coverage", "--json").output)
    assert coverage["left_out"] == []
    assert {row["regulation"] for row in coverage["regulations"]} >= {"gacc-order-71", "wco-safe", "mra"}


@pytest.mark.parametrize("command", [("check",), ("in-force", "2020-01-01"), ("show", "wco-safe"), ("coverage",)])
def test_every_command_prints_for_people_without_colour_off_a_terminal(run: Run, command: tuple[str, ...]) -> None:
    output = run(*command).output
    assert output.strip()
    assert "\x1b" not in output


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(("in-force", "2019-02-30"), 2, "2019-02-30 is not a day of the calendar", id="no such day"),
        pytest.param(("in-force", "2019-06"), 2, "is not one day", id="a month"),
        pytest.param(("in-force", "2019-06-02", "2019-06-01"), 2, "ends", id="span reversed"),
        pytest.param(("in-force",), 2, "Missing argument", id="no day"),
        pytest.param(("in-force", "2019-06-01", "--line", "x"), 1, "No line 'x' is held", id="unknown line"),
        pytest.param(("show", "the law"), 2, "is not a citation", id="no citation"),
        pytest.param(("show", "gacc-order-999"), 1, "No regulation 'gacc-order-999' is held", id="unknown regulation"),
        pytest.param(("show", "gacc-order-237#art-99", "--on", "2019-01-01"), 1, "No provision", id="unknown article"),
        pytest.param(("show", "gacc-order-237#art-8", "--on", "2022-01-01"), 1, "was not in force", id="wrong day"),
        pytest.param(("show", "wco-safe#aeo-requirements", "--on", "2018-06-10"), 1, "uncertain", id="uncertain day"),
        pytest.param(("--corpus", "nowhere", "check"), 2, "nowhere is not there", id="no corpus"),
        pytest.param(("frobnicate",), 2, "No such command", id="no command"),
    ],
)
def test_a_bad_call_says_what_is_wrong(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, said in result.stderr) == (code, True), result.output


@pytest.mark.parametrize("command", [(), *((name,) for name, _ in COMMANDS)], ids=" ".join)
def test_every_command_has_help_and_needs_no_corpus_for_it(run: Run, command: tuple[str, ...]) -> None:
    result = run("--corpus", "nowhere", *command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_an_import_needs_no_corpus_but_the_folder_that_it_makes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "order-1.txt").write_text("第1号令\n\n第一条 进口商应当报告。\n", encoding="utf-8")
    (tmp_path / "texts.yaml").write_text("language: zh\nid: '{file}'\nissuer: X\ndates: {not_before: 2020}\n", encoding="utf-8")
    source = (
        "text",
        str(tmp_path / "order-1.txt"),
        "--into",
        str(tmp_path / "made"),
        "--profile",
        str(tmp_path / "texts.yaml"),
    )
    assert run("--corpus", "nowhere", "import", *source).output.endswith("1 added, 1 versions, 1 provisions, 0 problems\n")
    assert run("--corpus", str(tmp_path / "made"), "lines").exit_code == 0


def test_a_new_regulation_needs_a_corpus_to_stand_in(run: Run) -> None:
    result = run("--corpus", "nowhere", "new", "example-notice", "2027-01-01")
    assert (result.exit_code, "nowhere is not there" in result.stderr) == (2, True)


def test_changed_says_what_came_in_and_what_went_out(run: Run) -> None:
    result = run("changed", "2018-05-01", "2018-05-01", "--line", "customs-enterprise-credit")
    assert result.exit_code == 0
    assert "came_in      GACC Order No. 237 came into force on 2018-05-01. (gacc-order-237@2018-05-01)" in result.output
    assert "went_out     GACC Order No. 225 went out of force" in result.output


def test_changed_refuses_a_span_that_ends_before_it_begins(run: Run) -> None:
    result = run("changed", "2018-05-02", "2018-05-01")
    assert (result.exit_code, "before it begins" in result.stderr) == (2, True)


def test_changed_has_the_shape_of_the_api(run: Run) -> None:
    record = json.loads(run("changed", "2026-01-01", "2026-04-01", "--regulation", "gacc-order-282", "--json").output)
    assert [(change["kind"], change["day"]) for change in record["changes"]][:2] == [
        ("promulgated", "2026-01-13"),
        ("came_in", "2026-04-01"),
    ]
    assert (record["line"], record["regulation"]) == (None, "gacc-order-282")


def test_lines_lists_the_lines_and_shows_one(run: Run) -> None:
    assert "customs-enterprise-credit" in run("lines").output
    shown = run("lines", "customs-enterprise-credit", "--on", "2018-04-30").output
    assert "pending      gacc-order-237@2018-05-01  [2018-05-01, 2021-11-01)" in shown
    assert run("lines", "credit").exit_code == 1


@pytest.mark.parametrize("on_terminal", [True, False], ids=["terminal", "pipe"])
@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        pytest.param("search 'annual report' --on 2019-06-01", "Indexing: 100%", id="search"),
        pytest.param("import text {texts} --into {out} --profile {profile}", "Importing: 100%", id="import"),
        pytest.param("import jsonl {json} --into {out} --profile {profile}", "Importing: 100%", id="import lists"),
        pytest.param("export legalize gacc-order-237 gacc-order-251 --to {out}", "Exporting: 100%", id="export legalize"),
        pytest.param("export akn gacc-order-237 --to {out}", "Exporting: 100%", id="export akn"),
        pytest.param("export markdown gacc-order-237 --to {out}", "Exporting: 100%", id="export markdown"),
        pytest.param("copy-all {out} --format txt", "Copying: 100%", id="copies"),
        pytest.param("fmt --check", "Formatting: 100%", id="layout"),
    ],
)
def test_long_work_says_how_far_it_is_on_a_terminal_only(
    tmp_path: Path, arguments: str, name: str, *, on_terminal: bool
) -> None:
    reader, writer = os.openpty() if on_terminal else os.pipe()
    if on_terminal:
        termios.tcsetwinsize(writer, (24, 80))
    places = {part: tmp_path / part for part in ("texts", "json", "profile", "out")}
    places["texts"].mkdir()
    (places["texts"] / "order-1.txt").write_text("第1号令\n\n第一条 进口商应当报告。\n", encoding="utf-8")
    places["json"] = tmp_path / "list.json"
    places["json"].write_text('{"text": "# Order\\n\\nArticle 1 Importers report."}', encoding="utf-8")
    places["profile"].write_text(
        "language: zh\nid: 'x-{file}'\nissuer: X\nbody: text\ndates: {not_before: 2020}\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "kb", *shlex.split(arguments.format(**places))]
    environment = os.environ | {"INFORCE_CORPUS": str(ROOT / "regulations"), "INFORCE_DERIVED": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=writer) as running:
        assert running.wait(timeout=120) == 0
    os.write(writer, b"\n")
    shown = os.read(reader, 65_536).decode()
    os.close(reader)
    os.close(writer)
    assert (name in shown) is on_terminal
    assert ("%|" in shown) is on_terminal


@pytest.mark.parametrize("words", ["*foo", "(" * 30 + "x AND y" + ")" * 30, "x" * 2001])
def test_a_query_that_cannot_be_answered_is_bad_usage_and_says_what_to_do(run: Run, words: str) -> None:
    result = run("search", words, "--on", "2019-06-01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")


def test_a_search_waits_for_no_library_of_another_command(tmp_path: Path) -> None:
    others = {"rjieba", "openpyxl", "icalendar", "docx", "pptx", "lxml", "httpx", "flask", "opensearchpy"}
    code = (
        "import sys; from kb.__main__ import main; main(['search', 'annual report'], standalone_mode=False); "
        f"print(sorted(set(sys.modules) & {others}), file=sys.stderr)"
    )
    environment = os.environ | {"INFORCE_CORPUS": str(ROOT / "regulations"), "INFORCE_DERIVED": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr.strip().endswith("[]")
