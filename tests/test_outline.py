"""Lines of a text become a tree of provisions, and no word of them is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import is_anchor
from kb.importer.outline import Manner, Outline, make_outline
from kb.importer.patterns import compile_rule, default_rules
from kb.importer.texts import markdown_lines, paragraphs
from kb.model import Status

MANNER = Manner(default_rules(), "zh", Status.VERIFIED)
STARTS = (
    "# ", "## ", "###### ", "**", "第一条　", "第十二条之一 ", "第三章　", "第一编 ", "Article 12", "Section 2(3)(a) ", "§ 5. ",
    "§ 35<sup>1</sup>", "Part IV ", "Annex C", "附件1 ", "（一）", "1. ", "(1) ", "> ", "- ", "```", "", "", "**Key facts**",
)  # fmt: skip
LINES = st.lists(st.tuples(st.sampled_from(STARTS), st.text(max_size=30)).map("".join), max_size=30).map("\n".join)


def outline(text: str, manner: Manner = MANNER) -> Outline:
    return make_outline(markdown_lines(text, "x.md"), manner)


def tree(text: str, manner: Manner = MANNER) -> str:
    """The anchors, each below its parent, with the heading."""
    provisions = outline(text, manner).provisions
    return "\n".join(f"{'  ' * (one.depth - 2)}{one.anchor}: {one.texts[0].heading}" for one in provisions)


def squash(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char not in "#*_\\:：、>")


def test_a_chinese_text_keeps_its_parts() -> None:
    before = "# 法\n\n通过\n\n## 第一编　总则\n\n## 第一章　甲\n\n### 第一节　乙\n\n"
    text = before + "**第一条**　丙\n\n**第一条之一**　丁\n\n## 第二章　戊\n\n### 第一节　己"
    assert tree(text).split("\n") == [
        "preamble: 题注",
        "part-1: 第一编 总则",
        "  part-1-chapter-1: 第一章 甲",
        "    part-1-chapter-1-section-1: 第一节 乙",
        "      art-1: 第一条",
        "      art-1-1: 第一条之一",
        "  part-1-chapter-2: 第二章 戊",
        "    part-1-chapter-2-section-1: 第一节 己",
    ]


def test_an_english_text_keeps_its_parts() -> None:
    before = "# Act\n\nPart I General\n\nArticle 1 Scope\n\nThis applies.\n\n"
    text = before + "Article 12 of the Act applies, where so.\n\nArticle 2. Fees.\n\nAnnex C"
    assert tree(text).split("\n") == [
        "part-1: Part I General",
        "  art-1: Article 1 Scope",
        "  art-2: Article 2.",
        "annex-c: Annex C",
    ]
    assert outline(text).provisions[1].texts[0].body == "This applies.\n\nArticle 12 of the Act applies, where so."


def test_sections_run_through_a_text_that_has_no_articles() -> None:
    assert tree("Part 1\n\nSection 1 Scope\n\nPart 2\n\nSection 2(3)(a) Fees") == (
        "part-1: Part 1\n  section-1: Section 1 Scope\npart-2: Part 2\n  section-2-3-a: Section 2(3)(a) Fees"
    )


@pytest.mark.parametrize(
    ("line", "anchor", "heading", "body"),
    [
        ("第十二条　为了", "art-12", "第十二条", "为了"),
        ("第一百二十条之一　资助", "art-120-1", "第一百二十条之一", "资助"),
        ("## 第八条【目的】", "art-8", "第八条 【目的】", ""),
        ("§ 35<sup>1</sup>. Kord", "art-35-1", "§ 35<sup>1</sup>. Kord", ""),
        ("Article 12-1", "art-12-1", "Article 12-1", ""),
        ("**Section 7** Words of it.", "section-7", "Section 7", "Words of it."),
    ],
)
def test_a_heading_is_parted_from_its_text(line: str, anchor: str, heading: str, body: str) -> None:
    (found,) = outline(line).provisions
    assert (found.anchor, found.texts[0].heading, found.texts[0].body) == (anchor, heading, body)


@pytest.mark.parametrize(
    "line", ["第十二条规定的", "第十二条之一般规定", "Articles of faith", "Part of it", "Section 5 applies where"]
)
def test_what_only_begins_like_a_heading_is_text(line: str) -> None:
    assert [found.anchor for found in outline(line).provisions] == ["preamble"]


def test_a_number_that_stands_twice_is_reported_with_its_line() -> None:
    found = outline("**第一条**　甲\n\n**第一条**　乙")
    assert [one.anchor for one in found.provisions] == ["art-1", "art-1-again"]
    assert [(one.place.line, one.check) for one in found.problems] == [(3, "number-again")]


def test_a_profile_says_what_a_heading_looks_like() -> None:
    rule = compile_rule("chapter", r"(?P<number>[0-9]+)\. peatükk")
    assert tree("### 2. peatükk Rahad\n\n##### § 5. Kord", Manner((rule, *default_rules()), "en", Status.VERIFIED)) == (
        "chapter-2: 2. peatükk Rahad\n  art-5: § 5. Kord"
    )


@given(LINES)
def test_no_word_is_lost_and_every_anchor_is_one(text: str) -> None:
    found = outline(text)
    anchors = [provision.anchor for provision in found.provisions]
    assert len(set(anchors)) == len(anchors)
    assert all(is_anchor(anchor) for anchor in anchors)
    kept = "".join(
        ("" if provision.anchor == "preamble" else provision.texts[0].heading) + provision.texts[0].body
        for provision in found.provisions
    )
    words = "".join(line.text for line in markdown_lines(text, "x.md"))
    assert sorted(squash(found.title + kept)) == sorted(squash(words))


@given(LINES)
def test_every_part_lies_in_the_nearest_wider_one_before_it(text: str) -> None:
    open_: list[tuple[int, str]] = []
    for provision in outline(text).provisions:
        while open_ and open_[-1][0] >= provision.depth:
            open_.pop()
        assert provision.parent == (open_[-1][1] if open_ else "")
        assert 2 <= provision.depth <= 6
        open_.append((provision.depth, provision.anchor))


@given(LINES)
def test_paragraphs_only_add_empty_lines(text: str) -> None:
    lines = text.splitlines()
    assert [line.text for line in paragraphs(lines, "x.txt", 1) if line.text] == [
        line.strip() for line in lines if line.strip()
    ]


@pytest.mark.parametrize(
    "text", ["第" * 100_000, "**" * 50_000, "# " * 50_000, "第一条" + "　" * 100_000, "(" * 100_000, "§ 1" + "<sup>" * 50_000]
)
def test_hostile_lines_are_read_in_one_pass(text: str) -> None:
    assert outline(f"{text}\n{text}").provisions or outline(text).title
