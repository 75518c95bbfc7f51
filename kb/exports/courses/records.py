"""Courses and their reviews as plain mappings: the shapes of the API and of `--json`."""

from kb.citation import Language
from kb.corpus import Corpus
from kb.courses.course import Course
from kb.courses.review import Finding, Review, Use
from kb.exports.address import page_path
from kb.exports.courses.script import title_of
from kb.exports.courses.words import join, say, say_fate, say_part
from kb.exports.coverage import problem_record
from kb.exports.history_words import name_stage
from kb.exports.records import Record
from kb.exports.sentences import name_version
from kb.stage import Stage


def course_record(corpus: Corpus, course: Course, language: Language) -> Record:
    """Return what a course is: its title, day, language and lessons."""
    return {
        "title": title_of(corpus, course, language),
        "on": course.day.isoformat(),
        "lang": course.plan.tongue.value,
        "lessons": [{"citation": str(one.citation), "title": one.title, "line": one.place.line} for one in course.lessons],
    }


def review_record(corpus: Corpus, review: Review, language: Language) -> Record:
    """Return what a re-reading found."""
    return {
        "course": course_record(corpus, review.course, language),
        "on": review.day.isoformat(),
        "findings": [_finding(corpus, finding, language) for finding in review.findings],
        "problems": [problem_record(problem) for problem in review.problems],
    }


def _finding(corpus: Corpus, finding: Finding, language: Language) -> Record:
    return {
        **_stage(corpus, finding.stage, language),
        "fate": finding.fate.value,
        "described": say_fate(finding.fate, language),
        "uses": [_use(use) for use in finding.uses],
        "used_in": _say_uses(finding.uses, language),
        "instead": [
            {**_stage(corpus, stage, language), "status": status.value} for stage, status in finding.instead
        ],
        "replaced_by": [
            {
                "citation": str(version.citation),
                "name": name_version(corpus, version, language),
                "url": page_path(version.citation),
            }
            for version in finding.replaced_by
        ],
    }  # fmt: skip


def _stage(corpus: Corpus, stage: Stage, language: Language) -> Record:
    return {
        "citation": str(stage.citation),
        "name": name_stage(corpus, stage, language),
        "heading": stage.provision.text(language).heading,
        "url": page_path(stage.citation),
    }


def _use(use: Use) -> Record:
    return {
        "lesson": use.lesson or None,
        "part": use.part.value,
        "question": use.number or None,
        "path": use.place.path,
        "line": use.place.line,
    }


def _say_uses(uses: tuple[Use, ...], language: Language) -> str:
    """Say where a course leans on a rule, lesson by lesson: `Lesson 3: the lesson, its slides, question 2`."""
    by_lesson: dict[int, list[str]] = {}
    for use in uses:
        by_lesson.setdefault(use.lesson, []).append(say_part(use.part, use.number, language))
    said = [
        f"{say('lesson', language, number=lesson)}{': ' if language == 'en' else '：'}{join(parts, language)}"
        if lesson
        else join(parts, language)
        for lesson, parts in by_lesson.items()
    ]
    return ("; " if language == "en" else "；").join(said)
