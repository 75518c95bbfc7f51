"""The documents of an index: made when they are looked at, and known again only where nothing of them has changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from conftest import ROOT

from kb.corpus import Corpus
from kb.model import Bilingual, Regulation, Version
from kb.source.held import HeldProvisions, digest_of
from kb.source.snapshot import FILE_NAME, open_corpus
from search.columns import Columns
from search.documents import make_documents
from search.holdings import Listed, OfCorpus

ORDER = "gacc-order-237"


def test_a_document_of_a_corpus_is_found_as_it_is_listed(corpus: Corpus) -> None:
    documents, listed = OfCorpus(corpus), tuple(make_documents(corpus))
    assert [documents.find(document.key) for document in listed] == list(listed) == list(documents)


@pytest.mark.parametrize(
    "key",
    [f"{ORDER}@2018-05-01#art-99|en", f"{ORDER}@2018-05-01#art-1|fr", f"{ORDER}@1990#art-1|en", "nothing@2018#art-1|en", ""],
)
def test_a_key_of_no_document_finds_none(corpus: Corpus, key: str) -> None:
    assert OfCorpus(corpus).find(key) is Listed(make_documents(corpus)).find(key) is None


def with_dates(version: Version, **dates: object) -> Version:
    return replace(version, dates=replace(version.dates, **dates))


def with_body(version: Version, body: str) -> Version:
    first, *others = (replace(one, texts=(replace(one.texts[0], body=body), *one.texts[1:])) for one in version.provisions)
    return replace(version, provisions=(first, *others))


CHANGES: dict[str, Callable[[Regulation], Regulation]] = {
    "title": lambda one: replace(one, title=Bilingual("Another", "另一个")),
    "number": lambda one: replace(one, number=Bilingual("No. 1", "第1号")),
    "end": lambda one: replace(one, versions=tuple(with_dates(version, expires=None) for version in one.versions)),
    "text": lambda one: replace(one, versions=tuple(with_body(version, "Another.") for version in one.versions)),
    "version": lambda one: replace(one, versions=one.versions[1:]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_whatever_changes_in_a_corpus_its_documents_have_another_digest(
    corpus: Corpus, change: Callable[[Regulation], Regulation]
) -> None:
    regulation = corpus.regulation(ORDER)
    assert OfCorpus(Corpus([regulation])).digest == OfCorpus(Corpus([replace(regulation)])).digest
    assert OfCorpus(Corpus([regulation])).digest != OfCorpus(Corpus([change(regulation)])).digest


def test_a_digest_is_that_of_the_provisions_wherever_they_come_from(corpus: Corpus, tmp_path: Path) -> None:
    for _ in range(2):
        opened = open_corpus(ROOT / "regulations", tmp_path)
        assert all(isinstance(version.provisions, HeldProvisions) for version in opened.versions())
        assert OfCorpus(opened).digest == OfCorpus(corpus).digest
    assert [digest_of(version.provisions) for version in opened.versions()] == [
        digest_of(tuple(version.provisions)) for version in opened.versions()
    ]


def test_no_change_on_the_disk_reaches_a_corpus_that_is_open(corpus: Corpus, tmp_path: Path) -> None:
    open_corpus(ROOT / "regulations", tmp_path)
    opened = open_corpus(ROOT / "regulations", tmp_path)
    (tmp_path / FILE_NAME).write_bytes(bytes((tmp_path / FILE_NAME).stat().st_size))
    assert opened.regulations == corpus.regulations


def test_saved_columns_are_read_again(corpus: Corpus) -> None:
    columns = Columns.of(tuple(make_documents(corpus)))
    with TemporaryDirectory() as folder:
        columns.save(Path(folder))
        again = Columns.load(Path(folder))
    assert (again.keys, again.heading_names, again.facets.keys()) == (
        columns.keys, columns.heading_names, columns.facets.keys(),
    )  # fmt: skip
    for name in ("texts", "provisions", "histories", "headings", "days"):
        assert np.array_equal(getattr(again, name), getattr(columns, name)), name
    for field, (names, ids, places) in columns.facets.items():
        assert again.facets[field][0] == names
        assert np.array_equal(again.facets[field][1], ids)
        assert np.array_equal(again.facets[field][2], places)
