"""A course as one Markdown file to read or print."""

import html
import re
from collections.abc import Iterator

from kb.citation import Language
from kb.exports.courses.blocks import Block, BlockKind
from kb.exports.courses.letters import letter_of, lettered
from kb.exports.courses.questions import Question
from kb.exports.courses.script import Closing, LessonScript, Script, Telling
from kb.exports.courses.words import say

_SPECIAL = re.compile(r"([\\`*_\[\]#])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)


def export_markdown(script: Script) -> bytes:
    """Return the course as Markdown in UTF-8."""
    return "\n".join(_lines(script)).encode()


def escape(text: str) -> str:
    """Return words so that Markdown shows them as they are."""
    plain = html.escape(text, quote=False)
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", plain))


def _lines(script: Script) -> Iterator[str]:
    languages = script.course.languages
    yield f"# {escape(script.title)}\n"
    for language in languages:
        yield f"*{say('on', language, day=script.day)}*\n\n{escape(say('notice', language))}\n"
    for lesson in script.lessons:
        yield from _lesson(lesson)
    for closing in script.closings:
        yield from _closing(closing)
    yield f"## {' · '.join(say('keys', language) for language in languages)}\n"
    for number, question in script.numbered():
        yield f"- **{number}** {letter_of(question.right)}. {escape(question.why)}"
    yield ""


def _lesson(lesson: LessonScript) -> Iterator[str]:
    for telling in lesson.tellings:
        yield f"## {say('lesson', telling.language, number=lesson.number)} {escape(telling.title)}\n"
        yield from _telling(telling)
        yield from _quiz(say("quiz", telling.language), telling.questions, _first_number(lesson, telling), telling.language)
    if lesson.note:
        yield f"### {say('note', lesson.tellings[0].language)}\n"
        yield from _blocks(lesson.note)


def _telling(telling: Telling) -> Iterator[str]:
    language = telling.language
    yield f"> {escape(telling.source)}\n"
    yield f"### {say('rule', language)}\n"
    yield from _blocks(telling.rule)
    for key, entries in (
        ("facts", telling.facts),
        ("concerns", telling.concerns),
        ("changes", telling.changes),
        ("cases", telling.cases),
    ):
        if entries:
            yield f"### {say(key, language)}\n"
            yield from (f"- {escape(entry)}" for entry in entries)
            yield ""


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if block.kind is BlockKind.ENTRY:
            yield f"{'  ' * block.level}{'-' if block.marker == '•' else block.marker} {escape(block.text)}"
        elif block.kind is BlockKind.ROW:
            yield "- " + " | ".join(escape(cell) for cell in block.cells)
        else:
            yield f"\n{escape(block.text)}\n"
    yield ""


def _quiz(title: str, questions: tuple[Question, ...], first: str, language: Language) -> Iterator[str]:
    if not questions:
        return
    yield f"### {title}\n"
    lesson, _, number = first.partition(".")
    for place, question in enumerate(questions, int(number)):
        yield f"**{say('question', language, number=f'{lesson}.{place}')}** {escape(question.prompt)}\n"
        yield from (f"- {escape(option)}" for option in lettered(question.options))
        yield ""


def _closing(closing: Closing) -> Iterator[str]:
    language = closing.language
    if closing.transitions:
        yield f"## {say('transitions', language)}\n"
        yield from (f"- **{escape(title)}** {escape(text)}" for title, text in closing.transitions)
        yield ""
    if closing.questions:
        yield f"## {say('closing', language)}\n"
        yield from (
            f"- {escape(question.prompt)} {escape(' / '.join(lettered(question.options)))}" for question in closing.questions
        )
        yield ""


def _first_number(lesson: LessonScript, telling: Telling) -> str:
    before = sum(len(other.questions) for other in lesson.tellings[: lesson.tellings.index(telling)])
    return f"{lesson.number}.{before + 1}"
