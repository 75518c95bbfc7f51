"""Courses as values and files, and what another day makes of them."""

import re
from dataclasses import replace
from datetime import date

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from test_quiz import maker_of

from kb.citation import Citation
from kb.corpus import Corpus
from kb.courses.course import Aim, Course, Lesson, Plan, Tongue
from kb.courses.outline import make_outline
from kb.courses.review import Fate, Review, review_course
from kb.courses.syllabus import pin, read_course
from kb.errors import InvalidCourseError, NotHeldError
from kb.exports.courses.markdown import export_markdown
from kb.exports.courses.script import write_script
from kb.kinds import Kind
from kb.model import Bilingual
from kb.source.course_file import MOST_BYTES, decode_course, format_course, parse_course
from kb.timeline import State

LINE = "customs-enterprise-credit"
THEN, NOW = date(2020, 1, 1), date(2026, 11, 26)
HEAD = "---\ncourse: 1\non: 2020-01-01\nline: customs-enterprise-credit\n---\n"


def whole_course(corpus: Corpus, day: date = THEN, **chosen: Tongue) -> Course:
    return make_outline(corpus, Plan(day, Aim(LINE), minutes=600, **chosen)).course


def review(corpus: Corpus, course: Course, day: date) -> Review:
    return review_course(course, day, maker_of(corpus))


@pytest.mark.parametrize("day", [date(2005, 1, 1), THEN, date(2026, 3, 31), date(2026, 4, 1), NOW])
def test_a_course_teaches_only_what_surely_applied_on_its_day(corpus: Corpus, day: date) -> None:
    course = whole_course(corpus, day)
    assert course.lessons
    for lesson in course.lessons:
        outcome = corpus.timeline(lesson.citation.regulation).on(day)
        assert (outcome.state, outcome.versions[0].label) == (State.IN_FORCE, lesson.citation.version)


def test_the_length_keeps_the_weightiest_in_the_order_of_the_text(corpus: Corpus) -> None:
    outline = make_outline(corpus, Plan(THEN, Aim(LINE), minutes=20))
    kept = [lesson.citation.anchor for lesson in outline.course.lessons]
    assert kept == ["art-3", "art-11", "art-12", "art-13"]
    assert len(outline.left_over) + 4 == len(whole_course(corpus).lessons)


def test_audience_and_kinds_narrow_a_course(corpus: Corpus) -> None:
    aim = Aim(LINE, kinds=(Kind.CONSEQUENCE,), levels=("dishonest",))
    lessons = make_outline(corpus, Plan(THEN, aim)).course.lessons
    assert [lesson.citation.anchor for lesson in lessons] == ["art-25"]


def test_what_may_have_applied_is_named_and_not_taught(corpus: Corpus) -> None:
    outline = make_outline(corpus, Plan(NOW, Aim(kinds=(Kind.TRANSITION, Kind.PROCEDURE, Kind.CRITERION)), minutes=600))
    assert any(citation.regulation == "gacc-ann-2018-32" for citation in outline.uncertain)
    assert not {lesson.citation for lesson in outline.course.lessons} & set(outline.uncertain)


def test_a_course_needs_a_subject_that_is_held(corpus: Corpus) -> None:
    with pytest.raises(InvalidCourseError, match="about nothing"):
        Aim()
    with pytest.raises(NotHeldError):
        make_outline(corpus, Plan(THEN, Aim("no-line")))


@pytest.mark.parametrize("day", [NOW, date(2021, 11, 1), date(2019, 1, 1), date(2015, 1, 1)])
@pytest.mark.parametrize("made", [THEN, date(2009, 1, 1)])
def test_a_review_finds_every_rule_that_has_gone(corpus: Corpus, made: date, day: date) -> None:
    course = whole_course(corpus, made, tongue=Tongue.BOTH)
    found = {finding.stage.citation for finding in review(corpus, course, day).findings}
    handout = export_markdown(write_script(corpus, read_course(course, maker_of(corpus)))).decode().replace("\\", "")
    for text in set(re.findall(r"[a-z][a-z0-9-]+@[\d-]+#[a-z0-9-]+", handout)):
        citation = Citation.parse(text)
        then, on = (corpus.timeline(citation.regulation).on(one) for one in (made, day))
        taught = then.state is State.IN_FORCE and then.versions[0].label == citation.version
        held = on.state is State.IN_FORCE and on.versions[0].label == citation.version
        assert (citation in found) == (taught and not held), text


def test_a_review_says_what_to_put_instead(corpus: Corpus) -> None:
    by_place = {finding.stage.provision.anchor: finding for finding in review(corpus, whole_course(corpus), NOW).findings}
    assert (by_place["art-4"].fate, [str(one.citation) for one, _ in by_place["art-4"].instead]) == (
        Fate.MOVED,
        ["gacc-order-282@2026-04-01#art-6"],
    )
    assert by_place["art-3"].fate is Fate.CHANGED
    assert (by_place["art-8"].fate, by_place["art-8"].instead) == (Fate.ENDED, ())
    assert by_place["art-10"].fate is Fate.UNKNOWN
    assert [version.regulation for version in by_place["art-10"].replaced_by] == ["gacc-order-282"]


def test_a_review_names_lesson_slides_questions_and_note(corpus: Corpus) -> None:
    lesson = Lesson(Citation.parse("gacc-order-237@2018-05-01#art-12"), note="See Order 237 Art. 8.")
    findings = review(corpus, Course(Plan(THEN, Aim(LINE)), (lesson,)), NOW).findings
    parts = {str(one.stage.provision.anchor): [use.part.value for use in one.uses] for one in findings}
    assert parts == {"art-12": ["lesson", "slides", "question", "question"], "art-8": ["note"]}


def test_a_review_on_an_earlier_day_says_that_it_is_too_early(corpus: Corpus) -> None:
    finding = review(corpus, whole_course(corpus), date(2018, 4, 30)).findings[0]
    assert finding.fate is Fate.NOT_YET
    assert [one.citation.regulation for one, _ in finding.instead] == ["gacc-order-225"]


def test_on_its_own_day_a_course_stands(corpus: Corpus) -> None:
    assert review(corpus, whole_course(corpus), THEN).findings == ()


def test_a_lesson_on_a_repealed_article_is_refused(corpus: Corpus) -> None:
    course, _ = parse_course(f"{HEAD}\n## gacc-order-225@2014-12-01#art-10\n", "c.md")
    assert course
    syllabus = read_course(course, maker_of(corpus))
    assert syllabus.lessons == ()
    assert [(str(one.place), one.check) for one in syllabus.problems] == [("c.md:7", "lesson-not-in-force")]


def test_a_citation_without_a_version_means_the_day_of_the_course(corpus: Corpus) -> None:
    course = Course(Plan(THEN, Aim(LINE)), (Lesson(Citation.parse("Order 237 Art. 12")),))
    assert str(pin(course, corpus).lessons[0].citation) == "gacc-order-237@2018-05-01#art-12"


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
NOTE = st.lists(st.one_of(TEXT, st.sampled_from(["## x", "\\## y", "### z", "---", "- a"])), max_size=4).map("\n".join)


@given(title=TEXT, words=TEXT, note=NOTE, own=TEXT)
def test_a_written_course_is_read_back(title: str, words: str, note: str, own: str) -> None:
    citation = Citation.parse("gacc-order-237@2018-05-01#art-12")
    plan = Plan(THEN, Aim(LINE, words, (Kind.BENEFIT,)), Bilingual(title, title), Tongue.BOTH)
    read, problems = parse_course(format_course(Course(plan, (Lesson(citation, own, note), Lesson(citation)))), "c.md")
    assert problems == []
    assert read
    assert (read.plan.day, read.plan.tongue, read.plan.aim.kinds) == (plan.day, plan.tongue, plan.aim.kinds)
    assert (read.plan.title.en, read.plan.aim.words) == (title.strip(), words.strip())
    assert read.lessons[0].title == " ".join(own.split())
    assert read.lessons[0].note.split() == note.split()


def test_the_example_of_the_paper_is_sound(corpus: Corpus) -> None:
    paper = (ROOT / "docs" / "courses.md").read_text(encoding="utf-8")
    example = paper.split("```markdown\n")[1].split("```")[0]
    course, problems = parse_course(example, "c.md")
    assert problems == []
    assert course
    assert read_course(course, maker_of(corpus)).problems == ()
    assert format_course(replace(course)).startswith("---\ncourse: 1\n")


@pytest.mark.parametrize(
    ("text", "line", "check"),
    [
        pytest.param("# Hello\n", 1, "front-matter", id="no front matter"),
        pytest.param("---\nhello: 1\n---\n", 2, "no-course", id="no course"),
        pytest.param(HEAD.replace("line", "lime"), 4, "unknown-key", id="unknown key"),
        pytest.param(HEAD.replace("2020-01-01", "2020-02-30"), 3, "bad-day", id="bad day"),
        pytest.param(HEAD.replace("2020-01-01", "2020"), 3, "bad-day", id="a day in part"),
        pytest.param(HEAD.replace("line: ", "minutes: 3\nline: "), 4, "bad-plan", id="too short"),
        pytest.param(HEAD.replace("line: ", "kinds: [x]\nline: "), 4, "unknown-value", id="unknown kind"),
        pytest.param(HEAD + "\n## hello\n", 7, "malformed-citation", id="no citation"),
        pytest.param(HEAD + "\n## gacc-order-237\n", 7, "malformed-citation", id="no provision"),
        pytest.param(HEAD + "\nhello\n", 6, "stray-text", id="stray text"),
        pytest.param("---\na: &a [x]\nb: *a\n---\n", 3, "front-matter", id="alias"),
        pytest.param(f"---\na: {'[' * 5000}\n---\n", 2, "front-matter", id="too deep"),
        pytest.param(f"---\na: {'x' * 30000}\n---\n", 1, "front-matter", id="too long"),
        pytest.param("---\na: [\n---\n", 3, "yaml", id="no yaml"),
        pytest.param(HEAD + "## gacc-order-237#art-1\n" * 301, 1, "too-many-lessons", id="too many"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(text: str, line: int, check: str) -> None:
    course, problems = parse_course(text, "c.md")
    assert course is None
    assert (line, check) in [(problem.place.line, problem.check) for problem in problems], problems
    assert all(problem.hint and "regulations/README" not in problem.hint for problem in problems)


@pytest.mark.parametrize(
    ("data", "check"),
    [(b"x" * (MOST_BYTES + 1), "course-too-long"), (b"---\ncourse: 1\n\xff\n---\n", "encoding")],
    ids=["too long", "not utf-8"],
)
def test_bytes_that_are_no_course_are_refused(data: bytes, check: str) -> None:
    assert [problem.check for problem in decode_course(data, "c.md")[1]] == [check]
