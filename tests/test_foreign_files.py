"""Strangers' files: what is read of them, and that the hostile ones are refused in words."""

import io
import struct
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import docx
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.importer.bounds import MOST_BYTES, MOST_CHARACTERS, MOST_UNPACKED, UnreadableError
from kb.importer.text_of import READERS, read_text_of

CITED = "第237号令第十二条"


def word(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs and a table, made on 1 March 2022."""
    file, out = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        file.add_paragraph(paragraph)
    file.add_table(1, 1).cell(0, 0).text = "in a cell"
    file.sections[0].header.paragraphs[0].text = "in the header"
    file.core_properties.created = datetime(2022, 3, 1, 20, tzinfo=UTC)
    file.save(out)
    return out.getvalue()


def slides(text: str) -> bytes:
    """A deck of one slide with a title and a note."""
    deck, out = pptx.Presentation(), io.BytesIO()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = text
    slide.notes_slide.notes_text_frame.text = "in the notes"
    deck.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The package with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, part)
    return out.getvalue()


def lying(content: bytes, name: str) -> bytes:
    """The package, one part of which declares that it has ten bytes when unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.getinfo(name).file_size
    return content.replace(struct.pack("<L", size), struct.pack("<L", 10))


BOMB = b"<a>" + b" " * (MOST_UNPACKED + 1) + b"</a>"
MAIN = "word/document.xml"
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
IN_UTF_16 = ENTITIES.decode().encode("utf-16")
NESTED = io.BytesIO()
with zipfile.ZipFile(NESTED, "w") as archive:
    archive.writestr("inner.docx", word(CITED))


def test_the_words_of_a_word_file_are_read_in_order() -> None:
    found = read_text_of("a.docx", word(CITED, "second"))
    assert [line for line in found.text.splitlines() if line] == [CITED, "second", "in a cell", "in the header"]
    assert found.made == datetime(2022, 3, 1, 20, tzinfo=UTC)


def test_the_words_of_a_deck_are_read_with_its_notes() -> None:
    lines = read_text_of("a.pptx", slides(CITED)).text.splitlines()
    assert CITED in lines
    assert "in the notes" in lines


def test_the_words_of_a_page_are_read_without_its_scripts() -> None:
    head = "<html><head><meta name=date content=2022-03-01><title>t</title></head>"
    page = f"{head}<p>第<b>237</b>号令第十二条<script>x()</script><p>b"
    found = read_text_of("a.html", page.encode())
    assert [line for line in found.text.splitlines() if line] == [CITED, "b"]
    assert found.front == "2022-03-01"


def test_the_front_matter_of_markdown_may_give_a_date() -> None:
    assert read_text_of("a.md", b"---\ndate: 2022-03-01\n---\n\nText").front == "2022-03-01"
    assert read_text_of("a.md", b"---\nno: [yaml\n---\nText").front == ""


def test_archives_inside_a_word_file_are_never_opened() -> None:
    found = read_text_of("a.docx", with_part(word(CITED), "word/embeddings/inner.zip", b"PK not even an archive"))
    assert CITED in found.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("a.docx", b"no zip", "not a zip package", id="no zip"),
        pytest.param("a.docx", word(CITED)[:2000], "damaged", id="cut short"),
        pytest.param("a.docx", NESTED.getvalue(), "no Word file", id="an archive of files"),
        pytest.param("a.docx", slides(CITED), "no Word file", id="another kind"),
        pytest.param("a.docx", with_part(word(CITED), MAIN, BOMB), "larger than", id="a bomb that says so"),
        pytest.param("a.docx", lying(with_part(word(CITED), MAIN, BOMB), MAIN), "damaged", id="a bomb that does not"),
        pytest.param("a.docx", with_part(word(CITED), MAIN, ENTITIES), "document type", id="entities"),
        pytest.param("a.docx", with_part(word(CITED), MAIN, IN_UTF_16), "document type", id="in UTF-16"),
        pytest.param("a.docx", with_part(word(CITED), MAIN, b"<a>" * 999), "inside each other", id="nested without end"),
        pytest.param("a.docx", with_part(word(CITED), MAIN, b"<a>" + b"<b/>" * 300_000 + b"</a>"), "elements", id="too many"),
        pytest.param("a.docx", with_part(word(CITED), MAIN, b"<a " + b"b='' " * 400_001 + b"/>"), "attributes", id="wide"),
        pytest.param("a.docx", with_part(word(CITED), MAIN, b"<a/>"), "damaged", id="other XML"),
        pytest.param("a.pptx", with_part(slides("x"), "ppt/presentation.xml", b"<a"), "not XML", id="no XML"),
        pytest.param("a.txt", "第237号令".encode("gb18030"), "not UTF-8", id="not UTF-8"),
        pytest.param("a.html", b"<p>\xff", "not UTF-8", id="a page not UTF-8"),
        pytest.param("a.txt", b"a\0b", "zero byte", id="no text"),
        pytest.param("a.txt", b"x" * 50_000_000, f"{MOST_BYTES:,} bytes", id="50 MB"),
        pytest.param("a.txt", b"x" * (MOST_CHARACTERS + 1), "characters", id="too long"),
        pytest.param("a.html", b"<a>" * 60_001, "tags", id="too many tags"),
        pytest.param("a.html", b"<a" * 201, "do not end", id="tags without end"),
        pytest.param("a.pdf", b"%PDF", "not read", id="a kind not read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(name: str, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_text_of(name, content)
    assert said in refused.value.message
    assert refused.value.hint


@given(st.sampled_from(sorted(READERS)), st.binary(max_size=400))
def test_no_bytes_break_a_reader(ending: str, content: bytes) -> None:
    with suppress(UnreadableError):
        assert isinstance(read_text_of(f"a{ending}", content).text, str)


@given(st.integers(0, 20_000), st.binary(min_size=1, max_size=40))
def test_no_damage_to_a_word_file_breaks_its_reader(at: int, bytes_: bytes) -> None:
    whole = word(CITED)
    damaged = whole[: at % len(whole)] + bytes_ + whole[at % len(whole) + len(bytes_) :]
    with suppress(UnreadableError):
        assert isinstance(read_text_of("a.docx", damaged).text, str)
