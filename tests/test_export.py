"""Regulations written in other formats: files, folders, and a git history that says the legal dates."""

import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from dulwich.repo import Repo

from kb.__main__ import main
from kb.corpus import Corpus
from kb.errors import ExportError
from kb.exports.legalize.history import export_history
from kb.exports.legalize.text import export_legalize
from kb.source.loader import load_corpus
from kb.source.storage import write_regulation


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["export", *arguments])
    return result.exit_code, result.output


def front(text: bytes) -> dict[str, object]:
    return dict(yaml.safe_load(text.decode().split("---\n")[1]))


def test_a_law_of_the_legalize_format_ends_with_its_last_day_in_force(corpus: Corpus) -> None:
    regulation = corpus.regulation("gacc-order-237")
    found = front(export_legalize(regulation, regulation.versions[0], "en"))
    assert (found["publication_date"], found["effective_from"], found["effective_until"]) == (
        "2018-03-03", "2018-05-01", "2021-10-31",
    )  # fmt: skip
    assert (found["status"], found["country"]) == ("repealed", "cn")


def test_a_date_not_known_to_the_day_stands_in_no_key_of_the_format(corpus: Corpus) -> None:
    regulation = corpus.regulation("wco-safe")
    version = regulation.find("2018-06")
    assert version is not None
    found = front(export_legalize(regulation, version, "en"))
    assert not {"effective_from", "last_updated", "publication_date"} & found.keys()
    assert found["effective"] == "2018-06"


def test_a_history_has_one_commit_for_each_version_the_oldest_first(corpus: Corpus, tmp_path: Path) -> None:
    assert export_history([corpus.regulation("wco-safe")], "en", tmp_path) == 8
    with Repo(str(tmp_path)) as repo:
        messages = [entry.commit.message.decode() for entry in repo.get_walker(reverse=True)]
    assert [message.split("Source-Id: ")[1].split("\n")[0] for message in messages][:2] == [
        "wco-safe@2005-06-23", "wco-safe@2007-06",
    ]  # fmt: skip


def test_a_version_without_a_known_day_has_no_source_date(corpus: Corpus, tmp_path: Path) -> None:
    export_history([corpus.regulation("wco-safe")], "en", tmp_path)
    with Repo(str(tmp_path)) as repo:
        messages = [entry.commit.message.decode() for entry in repo.get_walker()]
    assert "Source-Date: 2025-09-15" in messages[0]
    assert "Source-Date" not in messages[1]


def test_a_history_is_the_same_each_time_and_sound(corpus: Corpus, tmp_path: Path) -> None:
    laws = [corpus.regulation("gacc-order-237"), corpus.regulation("gacc-order-251")]
    for name in ("one", "two"):
        export_history(laws, "zh", tmp_path / name)
    with Repo(str(tmp_path / "one")) as one, Repo(str(tmp_path / "two")) as two:
        assert one.head() == two.head()
    subprocess.run(["git", "-C", str(tmp_path / "one"), "fsck", "--strict"], check=True, capture_output=True)


def test_a_history_holds_the_laws_of_one_country(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="one country, not of cn, xx"):
        export_history([corpus.regulation("gacc-order-237"), corpus.regulation("wco-safe")], "en", tmp_path)


def test_markdown_is_read_back_as_the_same_regulations(corpus: Corpus, tmp_path: Path) -> None:
    assert run("markdown", "gacc-order-251", "mra", "--to", str(tmp_path / "copy"))[0] == 0
    again = load_corpus(tmp_path / "copy")
    assert not again.problems
    assert again.regulation("mra").versions[0].provisions[0].anchor == corpus.regulation("mra").versions[0].provisions[0].anchor


@pytest.mark.parametrize("form", ["akn", "legalize", "markdown"])
def test_a_version_becomes_one_file_and_nothing_is_overwritten(form: str, tmp_path: Path) -> None:
    path = str(tmp_path / "order")
    assert run(form, "gacc-order-251@2021-11-01", "--to", path)[0] == 0
    code, said = run(form, "gacc-order-251@2021-11-01", "--to", path)
    assert code == 2
    assert "is there already" in said


def test_regulations_in_akn_become_a_file_for_each_version_and_language(tmp_path: Path) -> None:
    assert "Wrote 4 texts" in run("akn", "gacc-order-251", "mra", "--to", str(tmp_path))[1]
    assert (tmp_path / "gacc-order-251" / "2021-11-01.zh.xml").is_file()


def test_a_place_in_a_text_is_no_whole_regulation(tmp_path: Path) -> None:
    assert "not a whole regulation" in run("akn", "gacc-order-251#art-1", "--to", str(tmp_path))[1]


def test_every_regulation_of_the_corpus_is_written_as_markdown(corpus: Corpus, tmp_path: Path) -> None:
    for regulation in corpus.regulations.values():
        write_regulation(tmp_path, regulation)
    assert len(load_corpus(tmp_path).regulations) == len(corpus.regulations)
