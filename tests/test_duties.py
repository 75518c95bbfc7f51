"""The block of duties of a provision: what it may say, and what is wrong with it, by file and line."""

from datetime import date

import pytest
from conftest import WriteCorpus
from hypothesis import given
from hypothesis import strategies as st

from kb.checks import check_corpus
from kb.duty import REST_ITEM, Does, Every, Window, add_months
from kb.errors import InvalidDateError
from kb.model import ProvisionText
from kb.source.loader import load_corpus
from kb.source.version_file import parse_version

HEAD = "---\neffective: 2018-05-01\ntext: restatement\n---\n## Article 1 Rule {#art-1 status=recalled source=none"
BODY = "}\n\nDo:\n\n- this;\n- that.\n\nAnd more.\n\n**Key facts**\n\n- one fact\n\n**Duties**\n\n"
PATH = "gacc-order-9/2018-05-01.en.md"
FIRST_LINE = 20


def parse_text(block: str, attributes: str = " kind=obligation actors=enterprise") -> tuple[ProvisionText | None, list[str]]:
    version, problems = parse_version(f"{HEAD}{attributes}{BODY}{block}\n\n> A note.\n\n**See also:** #art-1\n", PATH)
    return (version.provisions[0].texts[0] if version else None), [f"{p.place.line}:{p.check}" for p in problems]


def test_an_entry_says_who_when_how_often_and_what_else() -> None:
    entry = (
        '- File the report. {#report does=must who="enterprise carrier" but=customs-broker grades=class-a every=6m '
        'window=01-01..06-30 by=2019-03-31 status=recalled due="soon" threshold="over 5" otherwise="a fine, or more"}'
    )
    text, problems = parse_text(entry)
    assert (problems, text is not None) == ([], True)
    duty = text.duties[0] if text else None
    assert duty is not None
    assert (duty.id, duty.text, duty.does, duty.who) == ("report", "File the report.", Does.MUST, ("enterprise", "carrier"))
    assert (duty.but, duty.grades, str(duty.every), str(duty.window)) == (
        ("customs-broker",),
        ("class-a",),
        "6m",
        "01-01..06-30",
    )
    assert (duty.by, duty.recalled, duty.due, duty.threshold) == (date(2019, 3, 31), True, "soon", "over 5")
    assert (duty.otherwise, duty.line) == ("a fine, or more", FIRST_LINE)


def test_the_block_is_no_part_of_the_text_facts_or_note() -> None:
    text, _ = parse_text("- File. {#report does=must}")
    assert text is not None
    assert (text.body, text.facts, text.note) == ("Do:\n\n- this;\n- that.\n\nAnd more.", ("one fact",), "A note.")
    assert [str(see) for see in text.see] == ["gacc-order-9#art-1"]


def test_an_entry_may_take_its_words_from_the_list() -> None:
    text, problems = parse_text("- {item=2 does=may}\n- {item=rest does=none}")
    assert (problems, [(duty.id, duty.item) for duty in text.duties] if text else []) == (
        [],
        [("item-2", 2), ("rest", REST_ITEM)],
    )


def test_an_entry_may_go_on_over_lines() -> None:
    text, _ = parse_text("- File the\n  report. {#report\n  does=must}")
    assert text is not None
    assert [(duty.id, duty.text) for duty in text.duties] == [("report", "File the report.")]


@pytest.mark.parametrize(
    ("entry", "check"),
    [
        ("- File.", "malformed-duty"),
        ("- {does=must}", "malformed-duty"),
        ("- {item=two does=must}", "malformed-duty"),
        ("- File. {does=must}", "duty-name"),
        ("- File. {#Report does=must}", "duty-name"),
        ("- File. {#report does=should}", "unknown-value"),
        ("- File. {#report does=must often=1y}", "unknown-key"),
        ("- File. {#report does=must every=weekly}", "impossible-date"),
        ("- File. {#report does=must window=06-30..01-01}", "impossible-date"),
        ("- File. {#report does=must window=02-30..06-30}", "impossible-date"),
        ("- File. {#report does=must by=2019-02-30}", "impossible-date"),
        ("- File. {#report does=must status=verified}", "duty-status"),
    ],
)
def test_a_malformed_entry_is_named_with_its_line(entry: str, check: str) -> None:
    assert f"{FIRST_LINE}:{check}" in parse_text(entry)[1]


def test_a_name_stands_once_in_a_block() -> None:
    assert parse_text("- File. {#a does=must}\n- Keep. {#a does=must}")[1] == [f"{FIRST_LINE + 1}:duty-name"]


def test_does_of_a_provision_must_be_one_that_is_known() -> None:
    assert parse_text("", " does=should")[1] == ["5:unknown-value"]


REGULATION = (
    "=== gacc-order-9/regulation.md\n---\nid: gacc-order-9\ntitle: {en: Nine, zh: 九}\nissuer: {en: GACC, zh: 署}\n"
    "kind: order\nstatus: verified\n---\n"
)
VOCABULARY = "=== vocabulary.yaml\nactors:\n  enterprise: {en: E, zh: 企}\nlevels:\n  class-a: {en: A, zh: 甲}\n"


def found(
    write_corpus: WriteCorpus, english: str, chinese: str = "", attributes: str = " kind=obligation actors=enterprise"
) -> list[str]:
    outline = f"{VOCABULARY}{REGULATION}=== {PATH}\n{HEAD}{attributes}{BODY}{english}\n"
    if chinese:
        translated = f"{HEAD}{attributes}{BODY}{chinese}\n".replace("**Duties**", "**义务**").replace(
            "**Key facts**", "**要点**"
        )
        outline += f"=== gacc-order-9/2018-05-01.zh.md\n{translated}"
    problems = check_corpus(load_corpus(write_corpus(outline)))
    return [f"{p.place.path.split('.')[-2]}:{p.place.line}:{p.check}" for p in problems]


def test_the_languages_agree_on_duties_but_for_the_words(write_corpus: WriteCorpus) -> None:
    assert found(write_corpus, '- File. {#a does=must due="soon"}', '- 报送。 {#a does=must due="尽快"}') == []


@pytest.mark.parametrize(
    "chinese",
    [
        '- 报送。 {#b does=must due="尽快"}',
        '- 报送。 {#a does=may due="尽快"}',
        "- 报送。 {#a does=must}",
        '- 报送。 {#a does=must due="尽快" every=1y}',
        '- 报送。 {#a does=must due="尽快"}\n- 保存。 {#b does=must}',
    ],
    ids=["name", "does", "no words", "rhythm", "one more"],
)
def test_languages_that_disagree_are_named(write_corpus: WriteCorpus, chinese: str) -> None:
    assert "languages-disagree" in str(found(write_corpus, '- File. {#a does=must due="soon"}', chinese))


def test_an_item_that_the_list_has_not_is_named(write_corpus: WriteCorpus) -> None:
    assert found(write_corpus, "- {item=3 does=must}") == [f"en:{FIRST_LINE}:duty-item"]


@pytest.mark.parametrize("given", ["who=carrier", "but=carrier", "grades=class-z"])
def test_actors_and_levels_of_a_duty_stand_in_the_vocabulary(write_corpus: WriteCorpus, given: str) -> None:
    assert found(write_corpus, f"- File. {{#a does=must {given}}}") == [f"en:{FIRST_LINE}:unknown-value"]


def test_any_is_a_level_of_grades(write_corpus: WriteCorpus) -> None:
    assert found(write_corpus, "- File. {#a does=must grades=any}") == []


def test_what_a_provision_does_must_be_said_where_no_rule_says_it(write_corpus: WriteCorpus) -> None:
    attributes = " kind=procedure actors=enterprise"
    assert found(write_corpus, "", attributes=attributes) == ["en:5:duty-undecided"]
    assert found(write_corpus, "", attributes=f"{attributes} does=none") == []
    assert found(write_corpus, "- File. {#a}", attributes=attributes) == [f"en:{FIRST_LINE}:duty-undecided"]


def test_a_level_of_a_line_stands_in_the_vocabulary(write_corpus: WriteCorpus) -> None:
    member = "  - {regulation: gacc-order-9, levels: [class-a, class-z]}"
    line = f"=== lines/l.yaml\nid: l\ntitle: {{en: L, zh: 线}}\nmembers:\n{member}\n"
    outline = f"{VOCABULARY}{REGULATION}=== {PATH}\n{HEAD} kind=obligation actors=enterprise}}\n\nDo it.\n{line}"
    problems = check_corpus(load_corpus(write_corpus(outline)))
    assert [(problem.place.path, problem.check) for problem in problems] == [("lines/l.yaml", "unknown-value")]


@pytest.mark.parametrize("text", ["", "1", "0y", "y", "100y", "1d"])
def test_a_rhythm_is_years_or_months(text: str) -> None:
    with pytest.raises(InvalidDateError):
        Every.parse(text)


@pytest.mark.parametrize("text", ["1y", "3y", "6m", "18m"])
def test_a_rhythm_is_written_as_it_is_read(text: str) -> None:
    assert str(Every.parse(text)) == text


@pytest.mark.parametrize("text", ["01-01..06-30", "..06-30", "03-01..03-01"])
def test_a_window_is_written_as_it_is_read(text: str) -> None:
    assert str(Window.parse(text)) == text


@given(st.dates(date(1999, 1, 1), date(2030, 12, 31)), st.integers(1, 120))
def test_months_later_is_that_month_and_no_later_day(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later.month, later.day) in {(2, 28), (2, 29), (4, 30), (6, 30), (9, 30), (11, 30)}
