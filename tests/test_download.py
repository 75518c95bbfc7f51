"""Everything held as one zip, and copies from the command line."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from flask.testing import FlaskClient

from kb.__main__ import main
from kb.corpus import Corpus
from kb.exports.copies.archive import QUICK
from kb.source.loader import load_corpus


@pytest.fixture(scope="module", name="archive")
def fixture_archive(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    path = tmp_path_factory.mktemp("download") / "all.zip"
    result = CliRunner().invoke(main, ["--corpus", str(ROOT / "regulations"), "copy-all", str(path)])
    assert result.exit_code == 0, result.output
    return zipfile.ZipFile(path)


def test_the_manifest_gives_the_sum_of_every_file(archive: zipfile.ZipFile) -> None:
    manifest = json.loads(archive.read("manifest.json"))
    listed = {one["path"]: one["sha256"] for one in manifest["files"]}
    assert {*listed, "manifest.json"} == set(archive.namelist())
    assert archive.testzip() is None
    for name, digest in listed.items():
        assert sha256(archive.read(name)).hexdigest() == digest


def test_every_text_is_there_in_every_quick_format_and_language(archive: zipfile.ZipFile, corpus: Corpus) -> None:
    names = set(archive.namelist())
    for version in corpus.versions():
        for language in version.languages:
            for one in QUICK:
                assert f"texts/{version.regulation}/{version.label}.{language}.{one.ending}" in names


def test_the_corpus_in_it_loads_as_it_does_here(archive: zipfile.ZipFile, corpus: Corpus, tmp_path: Path) -> None:
    archive.extractall(tmp_path, [name for name in archive.namelist() if name.startswith("corpus/")])
    again = load_corpus(tmp_path / "corpus")
    assert again.problems == corpus.problems
    assert again.regulations == corpus.regulations


def test_the_manifest_says_of_which_days_a_text_is(archive: zipfile.ZipFile) -> None:
    files = json.loads(archive.read("manifest.json"))["files"]
    one = next(file for file in files if file["path"] == "texts/wco-safe/2018-06.zh.md")
    assert one["citation"] == "wco-safe@2018-06"
    assert one["interval"] == {"from": "2018-06", "to": "2021-06"}
    assert (one["text"], one["language"]) == ("restatement", "zh-Hans")


def test_the_site_hands_out_the_same_files(client: FlaskClient, archive: zipfile.ZipFile) -> None:
    answer = client.get("/download")
    assert answer.mimetype == "application/zip"
    handed_out = zipfile.ZipFile(io.BytesIO(answer.data))
    assert handed_out.namelist() == archive.namelist()
    assert handed_out.testzip() is None


def test_the_command_writes_a_copy_of_the_text_of_a_day(tmp_path: Path) -> None:
    path = tmp_path / "copy.md"
    order = ["--lang", "zh", "copy", "gacc-order-237#art-12", "--on", "2019-06-01", "--output", str(path)]
    assert CliRunner().invoke(main, order).exit_code == 0
    assert "gacc-order-237@2018-05-01#art-12" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (["copy", "gacc-order-237", "--on", "2012-01-01"], 1),
        (["copy", "wco-safe", "--on", "2018-06-10"], 1),
        (["copy", "gacc-order-237@2018-05-01", "--format", "docx"], 2),
        (["copy-all", "/nowhere/all.zip"], 2),
    ],
    ids=["no rule that day", "uncertain", "no such format", "no such folder"],
)
def test_the_command_writes_nothing_where_there_is_no_one_text(order: list[str], code: int) -> None:
    result = CliRunner().invoke(main, order)
    assert result.exit_code == code
    assert not result.stdout
