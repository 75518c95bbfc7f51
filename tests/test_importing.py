"""What an import makes of strangers' texts, on the command line and in parts."""

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT

from kb.__main__ import main
from kb.citation import Citation
from kb.importer.profile import ProfileError, parse_profile
from kb.source.loader import load_corpus
from kb.timeline import State

PROFILE = """language: zh
id: "{law}"
issuer: 海关
headings:
  - {level: chapter, pattern: '(?P<number>[0-9]+)号部分'}
dates:
  effective: valid_from|since
  expires: valid_to
  repealed: repealed_on
  promulgated: signed
  ends: inclusive
  open: [现行]
  unfixed: [待定]
"""
FRONT = "---\nlaw: levy\nvalid_from: 2019-01-01\nvalid_to: 2020-12-31\n---\n"
BODY = "# 规费法\n\n**第一条**　为了管理。\n\n**第二条之一**　缴费。\n"
Import = Callable[..., Result]


@pytest.fixture(name="bring")
def fixture_bring(tmp_path: Path) -> Import:
    """Import files given as name=text in a format, with PROFILE, into the folder `corpus`."""
    (tmp_path / "source").mkdir()
    environment = {"INFORCE_CORPUS": str(ROOT / "regulations"), "INFORCE_DERIVED": str(tmp_path / "derived")}

    def bring(files: dict[str, str], *options: str, profile: str = PROFILE, format_: str = "markdown") -> Result:
        (tmp_path / "profile.yaml").write_text(profile, encoding="utf-8")
        for name, text in files.items():
            (tmp_path / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "source" / name).write_text(text, encoding="utf-8", newline="")
        command = ["import", format_, str(tmp_path / "source"), "--into", str(tmp_path / "corpus"), *options]
        return CliRunner().invoke(main, [*command, "--profile", str(tmp_path / "profile.yaml")], env=environment)

    return bring


def state(folder: Path, day: str) -> State:
    return load_corpus(folder / "corpus").timeline("levy").on(date.fromisoformat(day)).state


def intervals(folder: Path) -> list[str]:
    return [str(version.interval) for version in load_corpus(folder / "corpus").versions()]


def test_an_inclusive_end_is_the_day_before_the_first_without(bring: Import, tmp_path: Path) -> None:
    assert bring({"a.md": FRONT + BODY}).exit_code == 0
    assert [state(tmp_path, day) for day in ("2018-12-31", "2019-01-01", "2020-12-31", "2021-01-01")] == [
        State.NOT_IN_FORCE, State.IN_FORCE, State.IN_FORCE, State.NOT_IN_FORCE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("front", "interval"),
    [
        ("valid_to: 现行", "[2019-01-01, open)"),
        ("valid_to: 待定", "[2019-01-01, 2019-01-02..)"),
        ("valid_to: 2020-06", "[2019-01-01, 2020-06-02..2020-07-01)"),
        ("valid_to: 2020年6月30日", "[2019-01-01, 2020-07-01)"),
        ("repealed_on: 2020-07-01", "[2019-01-01, 2020-07-01)"),
    ],
    ids=["open", "not fixed", "in part", "Chinese", "repealed"],
)
def test_an_end_is_read_as_the_profile_says(bring: Import, tmp_path: Path, front: str, interval: str) -> None:
    assert bring({"a.md": f"---\nlaw: levy\nsince: 2019-01-01\n{front}\n---\n{BODY}"}).exit_code == 0
    assert intervals(tmp_path) == [interval]


def test_each_version_ends_where_the_next_begins_if_the_profile_says_so(bring: Import, tmp_path: Path) -> None:
    profile = PROFILE.replace("ends: inclusive", "ends: next")
    texts = {f"{year}.md": f"---\nlaw: levy\nsince: {year}-01-01\n---\n{BODY}" for year in (2019, 2021, 2030)}
    assert bring(texts, profile=profile).exit_code == 0
    assert intervals(tmp_path) == ["[2019-01-01, 2021-01-01)", "[2021-01-01, 2030-01-01)", "[2030-01-01, open)"]


@pytest.mark.parametrize(
    ("front", "where", "check"),
    [
        ("valid_from: soon", "bad.md:3", "impossible-date"),
        ("valid_from: 2019-02-30", "bad.md:3", "impossible-date"),
        ("valid_from: 9999-12-31", "bad.md:3", "impossible-date"),
        ("valid_from: 待定", "bad.md:3", "no-first-day"),
        ("signed: 2020-01-01\nvalid_from: 2019-01-01", "bad.md:4", "effective-before-promulgated"),
    ],
    ids=["word", "no day", "placeholder", "not fixed", "before promulgation"],
)
def test_a_text_with_a_bad_date_is_named_and_the_rest_goes_on(bring: Import, front: str, where: str, check: str) -> None:
    result = bring({"bad.md": f"---\nlaw: bad\n{front}\n---\n{BODY}", "good.md": FRONT + BODY})
    assert result.exit_code == 1
    assert f"{where}: " in result.output
    assert f"[{check}]" in result.output
    assert "added      levy" in result.output


def test_a_regulation_with_one_faulty_text_is_not_made_at_all(bring: Import, tmp_path: Path) -> None:
    result = bring({"a.md": FRONT + BODY, "b.md": f"---\nlaw: levy\nsince: 2021-13-01\n---\n{BODY}"})
    assert (result.exit_code, list(tmp_path.glob("corpus/*"))) == (1, [])


def test_two_texts_of_one_first_day_are_refused(bring: Import) -> None:
    assert "[version-again]" in bring({"a.md": FRONT + BODY, "b.md": FRONT + BODY}).output


def test_a_version_that_ends_before_it_begins_is_left_out_alone(bring: Import, tmp_path: Path) -> None:
    second = f"---\nlaw: levy\nvalid_from: 2021-05-01\nvalid_to: 2021-04-01\n---\n{BODY}"
    result = bring({"a.md": FRONT + BODY, "b.md": second})
    assert (result.exit_code, "[never-in-force]" in result.output) == (0, True)
    assert intervals(tmp_path) == ["[2019-01-01, 2021-01-01)"]


def test_what_was_imported_is_unchanged_when_imported_again(bring: Import) -> None:
    assert bring({"a.md": FRONT + BODY}).output.startswith("added")
    assert bring({}).output.startswith("unchanged")


def test_a_stopped_import_is_just_begun_again(bring: Import) -> None:
    bring({"a.md": FRONT + BODY})
    result = bring({"b.md": (FRONT + BODY).replace("levy", "fee")})
    assert "1 unchanged" in result.output
    assert "1 added" in result.output


def test_other_content_is_refused_without_update_which_shows_the_difference(bring: Import, tmp_path: Path) -> None:
    bring({"a.md": FRONT + BODY})
    other = {"a.md": FRONT + BODY.replace("缴费", "免费")}
    assert bring(other).output.startswith("refused")
    assert "缴费" in (tmp_path / "corpus/levy/2019-01-01.zh.md").read_text(encoding="utf-8")
    assert "-缴费。\n+免费。" in bring(other, "--update").output
    assert "免费" in (tmp_path / "corpus/levy/2019-01-01.zh.md").read_text(encoding="utf-8")


def test_a_version_that_the_source_no_longer_has_is_named(bring: Import) -> None:
    bring({"a.md": FRONT + BODY})
    assert "levy/2019-01-01.zh.md" in bring({"a.md": (FRONT + BODY).replace("2019-01-01", "2019-02-01")}, "--update").output


def test_a_dry_run_writes_nothing_and_says_what_would_be_made(bring: Import, tmp_path: Path) -> None:
    result = bring({"a.md": FRONT + BODY}, "--dry-run", "--json")
    told = json.loads(result.output)
    assert told["counts"] == {"added": 1, "versions": 1, "provisions": 2, "problems": 0}
    assert told["regulations"][0]["versions"][0]["interval"] == {"from": "2019-01-01", "to": "2021-01-01"}
    assert not (tmp_path / "corpus").exists()


@pytest.mark.parametrize("name", ["../out", "/etc", "a/b", "lines", "crosswalks", "..", "1", "法"])
def test_an_id_that_could_lead_elsewhere_is_refused(bring: Import, tmp_path: Path, name: str) -> None:
    result = bring({"a.md": FRONT.replace("levy", f'"{name}"') + BODY})
    assert (result.exit_code, "which is no id" in result.output, (tmp_path / "corpus").exists()) == (1, True, False)


def test_a_link_out_of_the_folder_is_not_followed(bring: Import, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text((FRONT + BODY).replace("levy", "secret"), encoding="utf-8")
    (tmp_path / "source" / "link.md").symlink_to(tmp_path / "secret.md")
    assert "secret" not in bring({"a.md": FRONT + BODY}).output


def test_the_files_of_a_folder_can_be_one_text(bring: Import, tmp_path: Path) -> None:
    parts = {
        "levy/README.md": FRONT + "# 规费法\n",
        "levy/1.md": "## 第一章　总则\n\n**第一条**　甲。",
        "levy/2.md": "**第二条**　乙。",
    }
    assert bring(parts, profile=PROFILE + "unit: folder\n").exit_code == 0
    version = load_corpus(tmp_path / "corpus").version(Citation("levy", "2019-01-01"))
    assert [provision.anchor for provision in version.provisions] == ["chapter-1", "art-1", "art-2"]


def test_texts_in_two_languages_are_one_version(bring: Import, tmp_path: Path) -> None:
    english = (
        FRONT.replace("---\nlaw", "---\nlang: en\nlaw", 1) + "# Levy\n\n## Article 1\n\nScope.\n\n## Article 2-1\n\nFee.\n"
    )
    chinese = FRONT.replace("---\nlaw", "---\nlang: zh\nlaw", 1) + BODY.replace("**第一条**　", "## 第一条\n\n").replace(
        "**第二条之一**　", "## 第二条之一\n\n"
    )
    assert (
        bring({"a.md": english, "b.md": chinese}, profile=PROFILE.replace("language: zh", 'language: "{lang}"')).exit_code == 0
    )
    corpus = load_corpus(tmp_path / "corpus")
    assert next(corpus.versions()).languages == ("en", "zh")
    assert (corpus.regulation("levy").title.en, corpus.regulation("levy").title.zh) == ("Levy", "规费法")


def test_plain_text_gives_its_title_articles_and_paragraphs(bring: Import, tmp_path: Path) -> None:
    text = "规费法\n2019年1月1日起施行\n第一条　为了管理，有下列情形的：\n（一）甲；\n（二）乙。\n"
    pattern = "from_text: ['(?P<since>[0-9]+年[0-9]+月[0-9]+日)起施行']\n"
    assert bring({"levy.txt": text}, profile=PROFILE.replace("{law}", "{file}") + pattern, format_="text").exit_code == 0
    corpus = load_corpus(tmp_path / "corpus")
    preamble, article = next(corpus.versions()).provisions
    assert (corpus.regulation("levy").title.zh, preamble.anchor) == ("规费法", "preamble")
    assert article.texts[0].body == "为了管理，有下列情形的：\n\n（一）甲；\n\n（二）乙。"


def test_a_repository_is_read_by_the_dates_of_its_texts(bring: Import, tmp_path: Path) -> None:
    for year, end in ((2019, 2020), (2021, 2022)):
        text = f"---\nlaw: levy\nsince: {year}-01-01\nvalid_to: {end}-12-31\n---\n{BODY}"
        (tmp_path / "source" / "levy.md").write_text(text, encoding="utf-8")
        commit(tmp_path / "source", f"[reform] {year}\n\nSource-Id: {year}")
    assert bring({}, format_="legalize").exit_code == 0
    assert intervals(tmp_path) == ["[2019-01-01, 2021-01-01)", "[2021-01-01, 2023-01-01)"]


def test_a_later_commit_of_the_same_first_day_puts_the_text_right(bring: Import, tmp_path: Path) -> None:
    for words in ("缴费", "免费"):
        (tmp_path / "source" / "levy.md").write_text(FRONT + BODY.replace("缴费", words), encoding="utf-8")
        commit(tmp_path / "source", words)
    assert "[text-replaced]" in bring({}, format_="legalize").output
    assert "免费" in next(load_corpus(tmp_path / "corpus").versions()).provisions[1].texts[0].body


def commit(folder: Path, message: str) -> None:
    name = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", message)):
        subprocess.run(("git", "-C", str(folder), *name, *arguments), check=True)


def test_what_is_no_repository_is_bad_usage(bring: Import) -> None:
    result = bring({"a.md": BODY}, format_="legalize")
    assert (result.exit_code, "Git cannot read it" in result.output) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(
            "markdown nowhere", 2, "Error: The source nowhere is not there. Give the path of a folder of Mark", id="source"
        ),
        pytest.param("pdf a.md", 2, "'pdf' is not one of 'markdown', 'text'", id="format"),
        pytest.param(
            "markdown a.md --profile nope.yaml", 2, "Error: The profile nope.yaml cannot be read: No such", id="profile"
        ),
        pytest.param("markdown a.md --profile .", 2, "Error: The profile . cannot be read: Is a directory.", id="folder"),
        pytest.param(
            "markdown a.md --profile a.docx", 2, "Error: The profile a.docx is not UTF-8 text (byte 0).", id="no text"
        ),
        pytest.param("markdown a.md --profile odd.yaml", 2, "Error: odd.yaml:4: `foo` is not a key here. Known", id="key"),
        pytest.param(
            "markdown a.md", 1, "a.md:1: The document does not say 'language|lang'. It says: file, path. Say", id="field"
        ),
        pytest.param("docx a.docx", 1, "a.docx:1: The file is no Word file: it is not a zip package. Save", id="kind"),
        pytest.param("html .", 2, "Error: . holds no .html or .htm file that the profile asks for. Check", id="ending"),
        pytest.param("jsonl x.json", 1, "x.json:3: This is not JSON: Expecting property name", id="place"),
        pytest.param("legalize a.md", 2, "Error: Git cannot read it: invalid gitfile format", id="repository"),
    ],
)
def test_a_fault_is_named_with_its_place_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str, code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# T\n", encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(b"\xff\xfe")
    (tmp_path / "odd.yaml").write_text("language: en\nid: x\nissuer: y\nfoo: 1\ndates: {not_before: 2020}\n", encoding="utf-8")
    (tmp_path / "x.json").write_text('[\n{"law": "a"},\n{law: "b"}]', encoding="utf-8")
    result = CliRunner().invoke(main, ["--corpus", "none", "import", *arguments.split(), "--into", "out"])
    assert (result.exit_code, said in result.output) == (code, True), result.output


def test_entries_of_one_regulation_that_stand_apart_are_refused(bring: Import) -> None:
    lines = "".join(json.dumps({"law": law, "since": "2019-01-01", "n": "1", "t": "x"}) + "\n" for law in ("a", "b", "a"))
    result = bring({"x.jsonl": lines}, profile=PROFILE + "items: {anchor: n, body: t}\n", format_="jsonl")
    assert (result.exit_code, "[entries-apart]" in result.output) == (1, True)


@pytest.mark.parametrize("text", ["[1, 2]", '{"law": ', "[" * 100_000, '[{"law": "a"} {"law": "b"}]', "\0", "1" * 5000])
def test_bad_json_is_a_problem_of_its_file(bring: Import, text: str) -> None:
    result = bring({"x.json": text}, profile=PROFILE + "body: t\n", format_="jsonl")
    assert (result.exit_code, "[unreadable]" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (PROFILE.replace("ends: inclusive", "ends: sometimes"), "p.yaml:11: `ends: sometimes`"),
        (PROFILE.replace("language: zh\n", ""), "`language` is missing"),
        (PROFILE.replace("[0-9]+)号", "[0-9]+号"), "p.yaml:5: `pattern`"),
        (PROFILE.replace("level: chapter", "level: verse"), "p.yaml:5: `level: verse`"),
        (PROFILE + "colour: red\n", "p.yaml:14: `colour`"),
        ("language: [", "p.yaml:2"),
        ("language: en\nid: x\nissuer: y\ndates: {}\n", "p.yaml:4: No key says"),
        (PROFILE + "not_befor: 2019\n", "`not_befor`"),
        (PROFILE + "only: '('\n", "p.yaml:14: `only`"),
    ],
    ids=["choice", "missing", "pattern", "level", "key", "yaml", "no date", "typing error", "only"],
)
def test_a_fault_of_a_profile_is_named_by_file_line_and_key(wrong: str, where: str) -> None:
    with pytest.raises(ProfileError) as caught:
        parse_profile(wrong, "p.yaml")
    assert where in str(caught.value)


STATED = """language: zh
id: "{file}"
issuer: 海关
from_text:
  - (?m)^(?P<made>[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)(?:通过|修正)
  - (?m)^(?P<changed>[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)修正
from_anywhere:
  - 本法自(?P<stated>[0-9]{4} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日)起施行
dates: {effective: stated, promulgated: made, amended: changed}
"""
LAST_ARTICLE = "本法自2020 年 3 月 1 日起施行。"


@pytest.mark.parametrize(
    ("history", "last", "said"),
    [
        pytest.param("2020年1月2日通过", LAST_ARTICLE, "[2020-03-01, open)", id="said"),
        pytest.param("2020年1月2日通过", "本法自公布之日起施行。", "[2020-01-02.., open) no-effective-day", id="not said"),
        pytest.param("2021年5月1日修正", LAST_ARTICLE, "[2021-05-01.., open) older-first-day", id="amended later"),
        pytest.param("2020年2月1日修正", LAST_ARTICLE, "[2020-02-01.., open) older-first-day", id="amended before it began"),
    ],
)
def test_an_amended_text_does_not_begin_on_the_day_of_the_first_one(
    bring: Import, tmp_path: Path, history: str, last: str, said: str
) -> None:
    text = f"# 规费法\n\n{history}\n\n**第一条**　{'为了管理。' * 5000}\n\n**第二条**　{last}\n"
    result = json.loads(bring({"levy.md": text}, "--json", profile=STATED).stdout)["regulations"][0]
    assert " ".join([*intervals(tmp_path), *(problem["check"] for problem in result["problems"])]) == said
