"""40 rule books as JSON lists, imported, keep the id and the words of every passage."""

import json

import pytest
from collected import Brought, bring, collection, squash


@pytest.fixture(scope="module", name="books")
def fixture_books() -> dict[str, list[dict[str, str]]]:
    root = collection("obliqa")
    return {f"adgm-{n}": json.loads((root / f"{n}.json").read_text(encoding="utf-8")) for n in range(1, 41)}


@pytest.fixture(scope="module", name="brought")
def fixture_brought(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    return bring("jsonl", collection("obliqa"), "obliqa.yaml", tmp_path_factory.mktemp("ob") / "corpus")


def test_every_book_is_imported(books: dict[str, list[dict[str, str]]], brought: Brought) -> None:
    assert set(brought.corpus.regulations) == set(books)


def test_every_passage_keeps_its_id_and_its_words(books: dict[str, list[dict[str, str]]], brought: Brought) -> None:
    for id_, passages in books.items():
        (version,) = brought.corpus.regulation(id_).versions
        texts = [provision.texts[0] for provision in version.provisions]
        assert [text.heading for text in texts] == [" ".join(passage["PassageID"].split()) for passage in passages]
        assert [squash(text.body) for text in texts] == [squash(passage["Passage"]) for passage in passages]


def test_an_anchor_is_not_the_bare_one_only_where_the_source_numbers_two_passages_alike(brought: Brought) -> None:
    anchors = [provision.anchor for version in brought.corpus.versions() for provision in version.provisions]
    assert sum("-again" in anchor for anchor in anchors) == brought.output.count("[number-again]")
