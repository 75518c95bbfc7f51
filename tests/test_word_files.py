"""What is kept of a Word file: its numbers as Word counts them, its tables; and what is left out is named."""

import io
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from kb.importer.formats import BY_NAME
from kb.importer.profile import parse_profile
from kb.importer.word_file import read_docx_file

# one black point
PICTURE = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")

LISTS = """
<w:abstractNum w:abstractNumId="70">
  <w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Heading1"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlRestart w:val="0"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="70"><w:abstractNumId w:val="70"/></w:num>
<w:num w:numId="71"><w:abstractNumId w:val="70"/></w:num>
<w:num w:numId="72"><w:abstractNumId w:val="70"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def saved(document: "docx.document.Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines_of(document: "docx.document.Document") -> list[str]:
    return [line.text for line in read_docx_file(saved(document), "x.docx").lines if line.text]


def listed(*paragraphs: tuple[str, int, int]) -> "docx.document.Document":
    """A Word file with LISTS, whose paragraphs are a text with its list, 0 for none, and its level."""
    document = docx.Document()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for part in parse_xml(f'<w:numbering xmlns:w="{space}">{LISTS}</w:numbering>'):
        document.part.numbering_part.element.append(part)
    for text, number, level in paragraphs:
        own = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no other way
        own.get_or_add_ilvl().val, own.get_or_add_numId().val = level, number
    return document


@pytest.mark.parametrize(
    ("paragraphs", "shown"),
    [
        pytest.param(
            [("a", 70, 0), ("b", 70, 1), ("c", 70, 1), ("d", 70, 0), ("e", 70, 1)], "I. a|1.1 b|1.2 c|II. d|2.1 e", id="levels"
        ),
        pytest.param([("a", 70, 0), ("b", 71, 0)], "I. a|II. b", id="two lists of one pattern are counted on"),
        pytest.param([("a", 70, 0), ("b", 72, 0), ("c", 72, 0), ("d", 70, 0)], "I. a|V. b|VI. c|VII. d", id="begun anew once"),
        pytest.param([("a", 70, 2), ("b", 70, 1), ("c", 70, 2)], "(a) a|1.1 b|(b) c", id="a level that is never set back"),
        pytest.param([("a", 70, 0), ("b", 0, 0), ("c", 70, 0)], "I. a|b|II. c", id="a number taken away"),
        pytest.param([("a", 99, 0), ("b", 70, 8)], "a|b", id="no such list or level"),
    ],
)
def test_lists_of_a_word_file_are_counted_as_word_counts_them(paragraphs: list[tuple[str, int, int]], shown: str) -> None:
    assert "|".join(lines_of(listed(*paragraphs))) == shown


def test_what_a_list_puts_before_each_paragraph_is_bounded() -> None:
    document = listed(*[("a", 70, 0)] * 2)
    for text in list(document.part.numbering_part.element.iter(qn("w:lvlText")))[-3:]:
        text.set(qn("w:val"), "x" * 1_000_000)
    assert sum(map(len, lines_of(document))) < 1_000


def test_a_style_brings_its_number_and_that_of_the_style_it_is_based_on() -> None:
    document = listed()
    style = document.styles["Heading 1"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="70"/></w:numPr>'))
    own = document.styles.add_style("Own", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = document.styles["Heading 1"]
    document.add_paragraph("a", style="Heading 1")
    document.add_paragraph("b", style="Own")
    assert lines_of(document) == ["I. a", "II. b"]


def test_cells_that_span_columns_or_are_wrapped_are_kept_with_their_numbers() -> None:
    document = listed()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    for column, text in enumerate(("x", "y", "z")):
        table.cell(1, column).text = text
    own = table.cell(1, 0).paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no other way
    own.get_or_add_ilvl().val, own.get_or_add_numId().val = 0, 70
    last = table.cell(1, 2)._tc  # noqa: SLF001 - as above
    wrapper = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    last.addprevious(wrapper)
    wrapper[0].append(last)
    assert lines_of(document) == ["| wide |  |  |", "| --- | --- | --- |", "| I. x | y | z |"]


def test_the_words_of_a_formula_and_a_hyphen_that_does_not_break_are_kept() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Form 12")._p  # noqa: SLF001 - as above
    paragraph.append(parse_xml(f"<w:r {nsdecls('w')}><w:noBreakHyphen/><w:t>A: </w:t></w:r>"))
    paragraph.append(parse_xml(f"<m:oMath {nsdecls('m')}><m:r><m:t>x+1</m:t></m:r></m:oMath>"))
    assert lines_of(document) == ["Form 12-A: x+1"]


def test_what_is_left_out_of_a_word_file_is_named(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Article 1 Scope")
    document.add_paragraph("It applies to ships.")
    document.sections[0].header.paragraphs[0].text = "Draft of the Customs"
    document.sections[0].footer.paragraphs[0].text = "page 1"
    document.paragraphs[0]._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>never</w:delText></w:r></w:del>"))  # noqa: SLF001 - as above
    document.add_picture(io.BytesIO(PICTURE))
    (tmp_path / "order-9.docx").write_bytes(saved(document))
    profile = parse_profile('language: en\nid: "{file}"\nissuer: X\ndates: {not_before: 2020}\n', "p.yaml")
    (gathered,) = BY_NAME["docx"].gather(tmp_path / "order-9.docx", profile)
    assert sorted(problem.message for problem in gathered.problems) == [
        "Left out: pictures or shapes (1).",
        "Left out: the footer: “page 1”.",
        "Left out: the header: “Draft of the Customs”.",
        "Left out: words that are marked as deleted.",
    ]
    assert "never" not in "".join(one.texts[0].body for one in gathered.documents[0].outline.provisions)
