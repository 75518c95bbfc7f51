"""Texts in a language that is neither English nor Chinese: carried by its code, and read by its own rules."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import TODAY
from flask.testing import FlaskClient

from app import create_app
from kb.__main__ import main
from kb.settings import Settings
from kb.source.loader import load_corpus

PROFILE = """language: "{lang}"
id: "{file}"
issuer: Riigikogu
kind: law
dates: {effective: from}
"""
LAW = """---
lang: et-EE
from: 2020-01-01
---
# Teeseadus

## § 1. Määruste kohaldamine

Seadus kehtib kõigil teedel ja runs.
"""
LATVIAN = LAW.replace("et-EE", "lv").replace("Teeseadus", "Ceļu likums")
ENGLISH = LAW.replace("et-EE", "en").replace("Teeseadus", "Roads Act").replace("Määruste kohaldamine", "Regulations")
NAMES = {"tee.md": LAW, "cels.md": LATVIAN, "road.md": ENGLISH}


@pytest.fixture(name="root")
def fixture_root(tmp_path: Path) -> Path:
    """A corpus of an Estonian, a Latvian and an English law, imported."""
    (tmp_path / "source").mkdir()
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    for name, text in NAMES.items():
        (tmp_path / "source" / name).write_text(text, encoding="utf-8")
    result = bring(tmp_path)
    assert result.exit_code == 0, result.output
    return tmp_path / "corpus"


def bring(folder: Path) -> Result:
    options = ["--into", str(folder / "corpus"), "--profile", str(folder / "profile.yaml")]
    return CliRunner().invoke(main, ["import", "markdown", str(folder / "source"), *options])


@pytest.fixture(name="client")
def fixture_client(root: Path, tmp_path: Path) -> FlaskClient:
    return create_app(Settings(corpus=root, derived=tmp_path / "derived"), clock=lambda: TODAY).test_client()


def found(client: FlaskClient, words: str, **filters: str) -> list[str]:
    answer = client.get("/api/v1/search", query_string={"q": words, **filters})
    assert answer.status_code == 200, answer.text
    return sorted(f"{hit['citation'].partition('@')[0]} {hit['language']}" for hit in answer.json["hits"])


def test_a_text_is_held_in_the_language_that_its_source_says(root: Path) -> None:
    versions = {version.regulation: version for version in load_corpus(root).versions()}
    assert {id_: version.languages for id_, version in versions.items()} == {"cels": ("lv",), "road": ("en",), "tee": ("et",)}
    assert (root / "tee" / "2020-01-01.et.md").is_file()
    assert load_corpus(root).regulation("tee").title.text("zh") == "Teeseadus"


def test_a_check_asks_for_no_other_language_of_it(root: Path) -> None:
    result = CliRunner().invoke(main, ["--corpus", str(root), "check"], env={"INFORCE_DERIVED": str(root.parent / "derived")})
    assert result.output.endswith("0 problems\n")


@pytest.mark.parametrize("language", ["Estonian", "e", "12"])
def test_what_is_no_code_of_a_language_is_named_with_its_file(root: Path, language: str) -> None:
    (root.parent / "source" / "tee.md").write_text(LAW.replace("et-EE", f'"{language}"'), encoding="utf-8")
    result = bring(root.parent)
    assert result.exit_code == 1
    assert f"tee.md:1: The profile gives the language '{language}', which is no code of one. Write its code" in result.output


@pytest.mark.parametrize(
    ("words", "where"),
    [
        pytest.param("kohaldamisest", ["tee et"], id="the stem of its own language, and no word broken at its accents"),
        pytest.param("run", ["road en"], id="no English stems in others, nor where there is no stemmer"),
        pytest.param("runs", ["cels lv", "road en", "tee et"], id="the word as it stands"),
        pytest.param('"määruste kohaldamisest"', ["tee et"], id="a phrase"),
        pytest.param("NOT kohaldamisest", ["cels lv", "road en"], id="what has not the stem"),
        pytest.param("heading:määr*", ["cels lv", "tee et"], id="a beginning"),
    ],
)
def test_words_are_read_by_the_rules_of_the_language_of_a_text(client: FlaskClient, words: str, where: list[str]) -> None:
    assert found(client, words) == where


def test_a_search_is_narrowed_to_the_languages_that_are_held(client: FlaskClient) -> None:
    assert found(client, "runs", language="et") == ["tee et"]
    refused = client.get("/api/v1/search?q=runs&language=fr")
    assert (refused.status_code, "Languages here are en, et, lv." in refused.text) == (422, True)


def test_its_page_says_its_language_and_that_it_is_held_in_no_other(client: FlaskClient) -> None:
    shown = client.get("/r/tee/2020-01-01?lang=en").text
    assert '<div class="text" lang="et">' in shown
    assert "This text is held in another language only." in shown


@pytest.mark.parametrize("form", ["akn", "legalize", "markdown"])
def test_it_comes_back_the_same_from_every_export(root: Path, form: str, tmp_path: Path) -> None:
    environment = {"INFORCE_DERIVED": str(tmp_path / "derived")}
    exported = CliRunner().invoke(
        main, ["--corpus", str(root), "export", form, "tee", "--to", str(tmp_path / "out")], env=environment
    )
    assert exported.exit_code == 0, exported.output
    if form == "markdown":
        again = tmp_path / "out"
    else:
        again = tmp_path / "again"
        profile = ["--profile", str(tmp_path / "back.yaml")] if form == "legalize" else []
        (tmp_path / "back.yaml").write_text(BACK, encoding="utf-8")
        brought = CliRunner().invoke(main, ["import", form, str(tmp_path / "out"), "--into", str(again), *profile])
        assert brought.exit_code == 0, brought.output
    (before,), (after,) = (load_corpus(folder).regulation("tee").versions for folder in (root, again))
    assert after.languages == ("et",)
    assert [(one.anchor, one.texts[0].heading, one.texts[0].body) for one in after.provisions] == [
        (one.anchor, one.texts[0].heading, one.texts[0].body) for one in before.provisions
    ]
    assert after.interval.start.earliest == date(2020, 1, 1)


BACK = 'language: "{language}"\nid: "{identifier}"\nissuer: "{department}"\ndates: {effective: effective_from}\n'
