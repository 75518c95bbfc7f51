"""Saved web pages, Word files and Akoma Ntoso brought in: what is kept, what is taken away, what is refused."""

import io
import re
import shlex
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from conftest import ROOT, TODAY
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import create_app
from kb.__main__ import main
from kb.errors import KbError
from kb.importer.akn.document import read_akn_file
from kb.importer.bounds import UnreadableError
from kb.importer.draft import make_draft
from kb.importer.files import Written
from kb.importer.formats import BY_NAME
from kb.importer.web_page import read_html_file
from kb.importer.word_file import read_docx_file
from kb.importer.word_numbers import write_number
from kb.model import Regulation
from kb.settings import Settings
from kb.source.loader import load_corpus
from kb.source.yaml_lines import SourceError

READERS: dict[str, Callable[[bytes, str], Written]] = {"html": read_html_file, "docx": read_docx_file, "akn": read_akn_file}
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>信用管理办法_某网站</title>
<meta name="PubDate" content="2021-09-13 10:00"><script>alert(1)</script></head><body onload="steal()">
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/laws">法规</a></li></ul></div>
<div id="content"><h1>企业信用管理办法</h1><div>
<p>（2021年9月13日海关总署令第251号公布，自2021年11月1日起施行）</p>
<p><strong>第一章　总则</strong></p>
<p onclick="run()">第一条　为了建立制度，<a href="javascript:alert(1)">根据法律</a>，制定本办法。</p>
<p>第二条　海关按照以下原则：<br>（一）诚信守法；<br>（二）失信违法。</p>
<table><tr><th>等级</th><th>比例</th></tr><tr><td>高级</td><td>1|2%</td></tr></table>
<p>第三条　企业<img src=x onerror=alert(1)>、<iframe src="https://evil.example"></iframe>个人。&lt;b onclick=x&gt;</p>
</div></div><div class="footer">版权所有 <a href="#">联系我们</a></div></body></html>"""
FOREIGN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<act name="act"><meta><identification source="#x">
<FRBRWork><FRBRthis value="/akn/za/act/2003/13/!main"/><FRBRuri value="/akn/za/act/2003/13"/>
<FRBRdate date="2003-02-01" name="x"/>
<FRBRauthor href="#p"/><FRBRcountry value="za"/><FRBRname value="Fruit Act"/></FRBRWork>
<FRBRExpression><FRBRthis value="/akn/za/act/2003/13/eng@2003-05-01/!main"/>
<FRBRuri value="/akn/za/act/2003/13/eng@2003-05-01"/>
<FRBRdate date="2003-05-01" name="x"/><FRBRauthor href="#p"/><FRBRlanguage language="eng"/></FRBRExpression></identification>
<lifecycle source="#x"><eventRef date="2010-01-01" source="#x" type="repeal"/></lifecycle>
<references source="#x"><TLCOrganization eId="p" href="/o/p" showAs="Parliament"/></references></meta>
<body><chapter eId="chp_1"><num>Chapter 1</num><heading>Fruit</heading>
<section eId="sec_1"><num>1.</num><heading>Apples</heading>
<subsection eId="sec_1__subsec_a"><num>(a)</num><content><p>Eat <i>one</i>.</p>
<blockList eId="l"><listIntroduction>But not:</listIntroduction><item eId="i"><num>(i)</num><p>red ones;</p></item></blockList>
</content></subsection></section></chapter></body></act></akomaNtoso>"""


def bring_in(path: Path, form: str) -> Regulation:
    profile = BY_NAME[form].own_profile()
    (gathered,) = BY_NAME[form].gather(path, profile)
    draft = make_draft(gathered, profile)
    assert [str(problem) for problem in draft.problems if not problem.loads] == []
    assert draft.regulation is not None
    return draft.regulation


def bodies(regulation: Regulation) -> dict[str, str]:
    return {one.anchor: one.texts[0].body for one in regulation.versions[0].provisions}


def word(*paragraphs: tuple[str, str]) -> "docx.document.Document":
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style or None)
    return document


def saved(document: "docx.document.Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture(name="page")
def fixture_page(tmp_path: Path) -> Path:
    path = tmp_path / "order-251.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_saved_page_gives_its_title_number_dates_and_articles(page: Path) -> None:
    regulation = bring_in(page, "html")
    assert (regulation.title.zh, regulation.number.zh, regulation.issuer.zh) == (
        "企业信用管理办法",
        "海关总署令第251号",
        "海关总署",
    )
    dates = regulation.versions[0].dates
    assert [str(day) for day in (dates.promulgated, dates.effective)] == ["2021-09-13", "2021-11-01"]
    assert list(bodies(regulation)) == ["preamble", "chapter-1", "art-1", "art-2", "art-3"]


def test_the_paper_tells_what_an_import_of_this_page_prints(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = (ROOT / "docs" / "importing-files.md").read_text(encoding="utf-8").replace("\\\n", "")
    ((plain, said), (official, told)) = re.findall(r"^\$ \S*python -m kb (import .*)\n((?:[^`].*\n)*)```$", paper, re.MULTILINE)
    monkeypatch.chdir(page.parent)
    shutil.copytree(ROOT / "regulations", tmp_path / "regulations")
    assert CliRunner().invoke(main, shlex.split(plain)).stdout == said
    assert CliRunner().invoke(main, shlex.split(official)).stdout == told


def test_items_and_tables_of_a_page_are_kept_and_its_menus_are_not(page: Path) -> None:
    found = bodies(bring_in(page, "html"))
    assert found["art-2"].startswith("海关按照以下原则：\n\n（一）诚信守法；\n\n（二）失信违法。")
    assert "| 等级 | 比例 |\n| --- | --- |\n| 高级 | 1\\|2% |" in found["art-2"]
    assert not any(word in str(found) for word in ("首页", "版权所有"))


def test_nothing_of_a_page_that_could_run_is_stored_or_shown(page: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["import", "html", str(page), "--into", str(tmp_path / "corpus")])
    assert result.exit_code == 0, result.output
    stored = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "corpus").rglob("*.md"))
    assert not any(word in stored for word in ("alert(", "javascript:", "onerror", "iframe", "steal"))
    site = create_app(Settings(corpus=tmp_path / "corpus", derived=tmp_path / "derived"), clock=lambda: TODAY).test_client()
    shown = site.get("/r/order-251/2021-11-01?lang=zh").text
    assert "&lt;b onclick=x&gt;" in shown
    assert "<b onclick" not in shown


def test_a_page_in_a_chinese_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "order.html"
    path.write_bytes(PAGE.replace("utf-8", "gb2312").encode("gb18030"))
    assert bodies(bring_in(path, "html"))["art-1"] == "为了建立制度，根据法律，制定本办法。"


def test_a_word_file_keeps_headings_numbers_and_tables(tmp_path: Path) -> None:
    document = word(("Title", "Customs Order No. 9"), ("", "It takes effect on 1 May 2020."), ("Heading 1", "Chapter 1 Lists"))
    document.add_paragraph("Article 1 Grounds", style="Heading 2")
    for text in ("a false declaration;", "a late one."):
        document.add_paragraph(text, style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ("Level", "Rate", "High", "1 %"), strict=True):
        cell.text = text
    (tmp_path / "order-9.docx").write_bytes(saved(document))
    profile = BY_NAME["docx"].own_profile()
    (gathered,) = BY_NAME["docx"].gather(tmp_path / "order-9.docx", profile)
    provisions = {one.anchor: one.texts[0].body for one in gathered.documents[0].outline.provisions}
    assert provisions["art-1"] == (
        "1. a false declaration;\n\n2. a late one.\n\n| Level | Rate |\n| --- | --- |\n| High | 1 % |"
    )
    assert gathered.documents[0].said.fields["effective"] == "1 May 2020"
    assert gathered.documents[0].said.fields["title"] == "Customs Order No. 9"


def test_the_number_that_word_shows_makes_an_article() -> None:
    document = word(("", "为了建立制度。"), ("", "海关应当公开。"))
    numbering = document.part.numbering_part.element
    abstract, level = OxmlElement("w:abstractNum"), OxmlElement("w:lvl")
    abstract.set(qn("w:abstractNumId"), "77")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("start", "1"), ("numFmt", "chineseCountingThousand"), ("lvlText", "第%1条")):
        level.append(OxmlElement(f"w:{name}", attrs={qn("w:val"): value}))
    abstract.append(level)
    numbering.insert(0, abstract)
    number = numbering.add_num(77)
    for paragraph in document.paragraphs:
        paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number.numId  # noqa: SLF001 - python-docx has no other way
    lines = [line.text for line in read_docx_file(saved(document), "x.docx").lines if line.text]
    assert lines == ["第一条 为了建立制度。", "第二条 海关应当公开。"]


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (28, "lowerLetter", "bb"),
        (14, "lowerRoman", "xiv"),
        (21, "chineseCounting", "二十一"),
        (0, "upperRoman", "0"),
        (7, "odd", "7"),
        (10, "chineseLegalSimplified", "壹拾"),
        (11, "ideographTraditional", "11"),
        (20, "decimalEnclosedCircleChinese", "⑳"),
    ],
)
def test_word_writes_numbers_in_many_ways(number: int, kind: str, written: str) -> None:
    assert write_number(number, kind) == written


def test_a_document_of_akoma_ntoso_keeps_its_ids_dates_and_lists(tmp_path: Path) -> None:
    (tmp_path / "fruit.xml").write_text(FOREIGN, encoding="utf-8")
    regulation = bring_in(tmp_path / "fruit.xml", "akn")
    assert (regulation.id, regulation.title.en, regulation.issuer.en) == ("za-act-2003-13", "Fruit Act", "Parliament")
    assert str(regulation.versions[0].interval) == "[2003-05-01, 2010-01-01)"
    assert bodies(regulation) == {"chp-1": "", "sec-1": "", "sec-1-subsec-a": "Eat *one*.\n\nBut not:\n\n(i) red ones;"}


def test_an_official_text_is_added_to_a_version_that_is_held(page: Path, tmp_path: Path) -> None:
    for name in ("gacc-order-251", "gacc-order-282"):
        (tmp_path / "corpus" / name).mkdir(parents=True)
        for path in (ROOT / "regulations" / name).iterdir():
            (tmp_path / "corpus" / name / path.name).write_bytes(path.read_bytes())
    command = ["import", "html", str(page), "--into", str(tmp_path / "corpus"), "--as", "official"]
    named = ["--regulation", "gacc-order-251", "--version", "2021-11-01", "--lang", "zh", "--url", "https://example.org/251"]
    result = CliRunner().invoke(main, [*command, *named])
    assert result.exit_code == 0, result.output
    version = load_corpus(tmp_path / "corpus").regulation("gacc-order-251").versions[0]
    article = version.find("art-1")
    assert article is not None
    assert article.text("zh").body == "为了建立制度，根据法律，制定本办法。"
    assert str(version.dates.expires) == "2026-04-01"
    assert "needs --regulation" in CliRunner().invoke(main, command).output


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
    ids=["entities", "file", "network"],
)
def test_a_document_type_is_refused_before_anything_is_read(declared: str) -> None:
    with pytest.raises(UnreadableError, match="declares a document type"):
        read_akn_file((declared + FOREIGN.replace("Fruit Act", "&b;")).encode(), "x.xml")


def test_xml_that_is_too_deep_is_refused() -> None:
    with pytest.raises(UnreadableError, match="inside each other"):
        read_akn_file(b"<a>" * 5000 + b"</a>" * 5000, "x.xml")


def test_a_page_that_is_too_deep_or_has_too_many_tags_is_refused() -> None:
    for markup in ("<div>" * 5_000 + "x", "<p>x</p>" * 40_000, "<p " + "a=b " * 500_000 + ">"):
        with pytest.raises(UnreadableError, match="more than"):
            read_html_file(markup.encode(), "x.html")


def test_a_zip_bomb_in_a_word_file_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * 50_000_000 + b"</a>")
    with pytest.raises(UnreadableError, match="larger than"):
        read_docx_file(buffer.getvalue(), "x.docx")


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "word/../../evil.xml"])
def test_a_part_that_leads_out_of_a_package_writes_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source, buffer = io.BytesIO(saved(word(("", "Article 1 Scope")))), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w") as package:
        for part in old.namelist():
            package.writestr(part, old.read(part))
        package.writestr(name, b"<evil/>")
    assert read_docx_file(buffer.getvalue(), "x.docx").lines[-1].text == "Article 1 Scope"
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("id_", ["../../etc", "lines", "a/b", "A", "-x", "x" * 200])
def test_an_id_that_leads_out_of_the_corpus_is_never_a_folder(id_: str, tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_text(FOREIGN.replace("/akn/za/act/2003/13", f"/akn/{id_}"), encoding="utf-8")
    CliRunner().invoke(main, ["import", "akn", str(tmp_path / "x.xml"), "--into", str(tmp_path / "in" / "corpus")])
    made = {path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*.md")}
    assert made <= {("in", "corpus")}


def _damaged(content: bytes, cut: int, junk: bytes) -> bytes:
    at = cut % (len(content) + 1)
    return content[:at] + junk + content[at + len(junk) :]


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(cut=st.integers(0, 1_000_000), junk=st.binary(min_size=0, max_size=40))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(form: str, cut: int, junk: bytes) -> None:
    whole = {"html": PAGE.encode(), "docx": WORD, "akn": FOREIGN.encode()}[form]
    try:
        READERS[form](_damaged(whole, cut, junk), "x")
    except (KbError, SourceError) as refused:
        assert str(refused)  # noqa: PT017 - to be read is as good


@pytest.mark.parametrize("form", ["html", "akn"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    pieces=st.lists(
        st.sampled_from(
            [
                "<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<ul>", "<li>", "<h1>", "第一条 甲", "<b>", "&lt;",
                "<script>", "\x01", "# x", "|",
            ]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_any_soup_of_tags_is_read_or_refused(form: str, pieces: list[str]) -> None:
    soup = "".join(pieces)
    text = soup if form == "html" else FOREIGN.replace("Eat <i>one</i>.", soup)
    try:
        READERS[form](text.encode(), "x")
    except (KbError, SourceError) as refused:
        assert str(refused)  # noqa: PT017 - to be read is as good


WORD = saved(word(("Title", "Order"), ("Heading 1", "Chapter 1"), ("", "Article 1 Scope"), ("List Number", "one")))
