"""An official text beside a restatement: read first, quoted and found, with our restatement as its commentary."""

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import Asking, quoted
from conftest import TODAY
from flask.testing import FlaskClient

from app import create_app
from kb.authentic import text_kind
from kb.corpus import Corpus
from kb.exports.akn.document import export_akn
from kb.history import Histories
from kb.kinds import Held, TextKind
from kb.model import Status, Version
from kb.quotation import can_refute
from kb.register_rows import find_rows
from kb.settings import Settings
from kb.source.canonical import format_file
from kb.source.closing import close_version, language_files
from kb.source.likewise import placeless
from kb.source.loader import load_corpus
from kb.source.storage import write_regulation
from qa.answerer import Answerer
from qa.precedents import load_precedents
from search.documents import make_documents
from search.finder import open_finder
from search.segmenter import make_segmenter

WriteCorpus = Callable[[str], Path]
RESTATED = """=== order/regulation.md
---
id: order
title: {en: An order on lists, zh: 名录办法}
number: {en: Order No. 9, zh: 第9号令}
issuer: {en: Somebody, zh: 某署}
kind: order
status: verified
---
=== order/2020-01-01.en.md
---
effective: 2020-01-01
text: restatement
---
## Article 1 Declarations {#art-1 kind=obligation actors=declarant status=recalled source=none}

A declarant shall:

- keep a book;
- show it on demand.

**Key facts**

- 2 duties

> Our note on the declarations.

## Article 2 Penalties {#art-2 status=unknown held=none}

The text is not held.
=== order/2020-01-01.zh.md
---
effective: 2020-01-01
text: restatement
---
## 第一条 申报 {#art-1 kind=obligation actors=declarant status=recalled source=none}

申报人应当：

- 设置账簿；
- 依要求出示。

**要点**

- 2项义务

> 关于申报的说明。

## 第二条 罚则 {#art-2 status=unknown held=none}

未收录条文。
"""
OFFICIAL = """=== order/2020-01-01.zh.official.md
---
effective: 2020-01-01
text: official
sources:
  gazette: {url: "https://example.org/gazette/9", what: the gazette}
---
## 第一章 总则 {#chapter-1}

### 第一条 申报 {#art-1}

申报义务人须备置名册，并于海关查验时即时呈验。

### 第二条 罚则 {#art-2}

违反前条规定者，处三千元罚款。

### 第三条 附则 {#art-3 kind=final}

本令由某署负责解释。
"""


def load(write_corpus: WriteCorpus, official: str = OFFICIAL) -> Corpus:
    return load_corpus(write_corpus(RESTATED + official))


@pytest.fixture(name="version")
def fixture_version(write_corpus: WriteCorpus) -> Version:
    corpus = load(write_corpus)
    assert [str(problem) for problem in corpus.problems if not problem.loads] == []
    return corpus.regulation("order").versions[0]


@pytest.fixture(name="site")
def fixture_site(write_corpus: WriteCorpus, tmp_path: Path) -> FlaskClient:
    settings = Settings(corpus=write_corpus(RESTATED + OFFICIAL), derived=tmp_path / "derived")
    return create_app(settings, clock=lambda: TODAY).test_client()


def provision(version: Version, anchor: str):  # noqa: ANN201 - what find gives, never None here
    found = version.find(anchor)
    assert found is not None
    return found


def test_the_official_text_is_read_and_the_restatement_is_its_commentary(version: Version) -> None:
    article = provision(version, "art-1")
    assert article.text("zh").body.startswith("申报义务人")
    assert [text.body[:5] for text in article.commentary] == ["申报人应当"]
    assert article.text("en").body.startswith("A declarant shall")


def test_an_official_text_is_sure_and_the_restatement_as_sure_as_it_was(version: Version) -> None:
    article = provision(version, "art-1")
    assert (article.attested_in("zh").status, article.attested_in("en").status) == (Status.VERIFIED, Status.RECALLED)
    assert article.attested_in("zh").sources == ("gazette",)


def test_a_text_that_was_not_held_is_held_with_the_official_one(version: Version) -> None:
    article = provision(version, "art-2")
    assert (article.held, article.status) == (Held.WHOLE, Status.VERIFIED)
    assert article.text("en").language == "zh"


def test_what_only_the_official_text_has_stands_in_its_place(version: Version) -> None:
    assert [(one.anchor, one.parent, one.depth) for one in version.provisions] == [
        ("chapter-1", "", 2), ("art-1", "chapter-1", 3), ("art-2", "chapter-1", 3), ("art-3", "chapter-1", 3),
    ]  # fmt: skip


def test_what_the_official_text_lacks_stays_a_restatement(write_corpus: WriteCorpus) -> None:
    without = OFFICIAL.split("### 第二条", maxsplit=1)[0]
    version = load(write_corpus, without).regulation("order").versions[0]
    assert provision(version, "art-2").text("zh").body == "未收录条文。"
    assert text_kind(version, "zh") is TextKind.RESTATEMENT


def test_a_version_is_official_in_the_language_in_which_every_provision_is(version: Version) -> None:
    assert (text_kind(version, "zh"), text_kind(version, "en")) == (TextKind.OFFICIAL, TextKind.RESTATEMENT)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("effective: 2020-01-01", "effective: 2020-01-01\nexpires: 2021-01-01", "`expires` is 2021-01-01 here, but None"),
        ("text: official", "text: restatement", "`text` is restatement"),
        ('sources:\n  gazette: {url: "https://example.org/gazette/9", what: the gazette}\n', "", "has no source"),
        ("{#art-1}", "{#art-1 kind=benefit}", "`kind` is not the same"),
        ("### 第三条 附则 {#art-3 kind=final}\n\n本令由某署负责解释。", "### 第三条 {#art-3}", "neither says anything"),
    ],
    ids=["dates", "kind-of-text", "no-source", "attributes", "says-nothing"],
)  # fmt: skip
def test_an_official_text_that_does_not_fit_is_left_out_and_named(
    write_corpus: WriteCorpus, old: str, new: str, said: str
) -> None:
    corpus = load(write_corpus, OFFICIAL.replace(old, new))
    faults = [problem for problem in corpus.problems if not problem.loads]
    assert said in faults[0].message
    assert faults[0].place.path == "order/2020-01-01.zh.official.md"
    assert corpus.regulation("order").versions[0].official == ()


def test_an_official_text_beside_nothing_is_named(write_corpus: WriteCorpus) -> None:
    corpus = load(write_corpus, OFFICIAL.replace("2020-01-01", "2021-01-01"))
    assert "no text for it to stand beside" in str(corpus.problems)


def test_the_register_keeps_the_rows_of_the_restatement(write_corpus: WriteCorpus, version: Version) -> None:
    regulation = load(write_corpus).regulation("order")
    rows = find_rows(regulation.kind, version, provision(version, "art-1"))
    assert [row.text("zh").text for row in rows] == ["设置账簿", "依要求出示。"]


def test_a_quotation_can_be_proved_wrong_by_the_official_text_alone(version: Version) -> None:
    assert can_refute(version, "art-1", "zh")
    assert not can_refute(version, "art-1", "en")


def test_search_reads_the_official_text(write_corpus: WriteCorpus) -> None:
    bodies = {document.language: document.body for document in make_documents(load(write_corpus)) if "art-1" in document.key}
    assert "备置名册" in bodies["zh"]
    assert "keep a book" in bodies["en"]


def test_an_answer_quotes_the_official_text(write_corpus: WriteCorpus, tmp_path: Path) -> None:
    corpus = load(write_corpus)
    finder = open_finder(corpus, Settings(derived=tmp_path))
    asking = Asking(corpus, Answerer(corpus, finder, Histories(corpus), make_segmenter(), load_precedents()))
    assert quoted(asking.ask("申报义务人须备置什么名册？"))[0].text.is_official


def test_a_page_shows_the_official_text_first_and_the_restatement_as_commentary(site: FlaskClient) -> None:
    page = site.get("/r/order/2020-01-01/art-1?lang=zh").text
    assert page.index("申报义务人") < page.index("以下为本库的重述") < page.index("申报人应当") < page.index("关于申报的说明")


def test_a_page_without_an_official_text_says_nothing_of_one(site: FlaskClient) -> None:
    assert "commentary" not in site.get("/r/order/2020-01-01/art-1?lang=en").text.partition("<h1")[2].partition("<dl")[0]


def test_the_api_says_whose_words_a_text_is_in(site: FlaskClient) -> None:
    record = site.get("/api/v1/provisions/order/art-1?lang=zh&on=2020-05-01").get_json()
    assert (record["text_kind"], record["status"]) == ("official", "verified")
    assert (record["commentary"]["note"], record["commentary"]["status"]) == ("关于申报的说明。", "recalled")
    assert site.get("/api/v1/provisions/order/art-1?lang=en&on=2020-05-01").get_json()["text_kind"] == "restatement"


def test_akoma_ntoso_says_that_the_text_is_authoritative(write_corpus: WriteCorpus) -> None:
    regulation = load(write_corpus).regulation("order")
    assert b'<FRBRauthoritative value="true"/>' in export_akn(regulation, regulation.versions[0], "zh")
    assert b'<FRBRauthoritative value="false"/>' in export_akn(regulation, regulation.versions[0], "en")


def test_official_texts_are_written_and_read_back_the_same(write_corpus: WriteCorpus, tmp_path: Path) -> None:
    regulation = load(write_corpus).regulation("order")
    write_regulation(tmp_path, regulation)
    assert (tmp_path / "order" / "2020-01-01.zh.official.md").is_file()
    assert placeless(load_corpus(tmp_path).regulation("order")) == placeless(regulation)


def test_the_file_of_an_official_text_has_a_canonical_layout() -> None:
    path, _, text = OFFICIAL.removeprefix("=== ").partition("\n")
    formatted = format_file(text, path)
    assert formatted.text is not None
    assert format_file(formatted.text, path).text == formatted.text


def test_an_end_is_written_into_the_official_text_too_but_its_words_are_not_carried_forward(
    write_corpus: WriteCorpus, version: Version
) -> None:
    root = write_corpus(RESTATED + OFFICIAL)
    closed = close_version(root, version, "2024-01-01")
    assert "expires: 2024-01-01" in closed["2020-01-01.zh.official.md"]
    assert len(language_files(root, version)) == 2
