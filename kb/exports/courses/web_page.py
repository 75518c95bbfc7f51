"""A course as one HTML file: no script, nothing fetched, answers behind a click."""

from collections.abc import Iterator
from html import escape

from kb.exports.courses.blocks import Block, BlockKind
from kb.exports.courses.letters import lettered
from kb.exports.courses.outline import parts_of
from kb.exports.courses.questions import Question
from kb.exports.courses.script import LessonScript, Script, Telling
from kb.exports.courses.words import say
from kb.exports.language_tag import tag_of

_STYLE = """
:root { color-scheme: light dark; --ink: #1b2328; --paper: #fbfaf7; --soft: #55636b; --rule: #d9dcd8; --accent: #0b5f63; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8e8; --paper: #14191b; --soft: #a3b0b5; --rule: #364146; --accent: #6fc7c6; }
}
body { margin: 0 auto; max-width: 46rem; padding: 1rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.65 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; overflow-wrap: break-word; }
h1, h2 { line-height: 1.25; text-wrap: balance; }
article { border-top: 1px solid var(--rule); margin-top: 2rem; }
h3 { font-size: 1rem; color: var(--accent); margin-bottom: .2rem; }
.source, .notice { color: var(--soft); font-size: .9rem; }
.note { border-left: 4px solid var(--accent); padding-left: 1rem; }
ol.options { list-style: none; padding-left: 1rem; }
table { border-collapse: collapse; } td { border: 1px solid var(--rule); padding: .2rem .5rem; }
@media print { article { break-before: page; } }
"""


def export_html(script: Script) -> bytes:
    """Return the course as one HTML file in UTF-8."""
    return "\n".join(_lines(script)).encode()


def _lines(script: Script) -> Iterator[str]:
    title, languages = escape(script.title), script.course.languages
    yield f'<!doctype html>\n<html lang="{tag_of(script.main_language)}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>"
    for language in languages:
        yield f'<p lang="{tag_of(language)}"><strong>{say("on", language, day=script.day)}</strong></p>'
        yield f'<p class="notice" lang="{tag_of(language)}">{escape(say("notice", language))}</p>'
    yield f'<nav aria-label="{escape(say("contents", script.main_language))}"><ol>'
    for lesson in script.lessons:
        names = " · ".join(f'<span lang="{tag_of(one.language)}">{escape(one.title)}</span>' for one in lesson.tellings)
        yield f'<li><a href="#lesson-{lesson.number}">{names}</a></li>'
    yield "</ol></nav>\n<main>"
    numbers = {id(question): number for number, question in script.numbered()}
    for lesson in script.lessons:
        yield from _lesson(lesson, numbers)
    yield from _closing(script, numbers)
    yield "</main>\n</body>\n</html>\n"


def _lesson(lesson: LessonScript, numbers: dict[int, str]) -> Iterator[str]:
    yield f'<article id="lesson-{lesson.number}">'
    for telling in lesson.tellings:
        yield f'<section lang="{tag_of(telling.language)}">'
        yield f"<h2>{say('lesson', telling.language, number=lesson.number)} {escape(telling.title)}</h2>"
        yield from _telling(telling)
        yield from (_question(question, numbers[id(question)]) for question in telling.questions)
        yield "</section>"
    if lesson.note:
        yield f'<aside class="note"><h3>{escape(say("note", lesson.tellings[0].language))}</h3>'
        yield from _blocks(lesson.note)
        yield "</aside>"
    yield "</article>"


def _telling(telling: Telling) -> Iterator[str]:
    yield f'<p class="source">{escape(telling.source)}</p>'
    for title, blocks in parts_of(telling):
        yield f"<h3>{escape(title)}</h3>"
        yield from _blocks(blocks)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield blocks; entries that stand together are one list, rows one table."""
    around = {BlockKind.ENTRY: "ul", BlockKind.ROW: "table"}
    before: BlockKind | None = None
    for block in blocks:
        if block.kind is not before:
            if before in around:
                yield f"</{around[before]}>"
            if block.kind in around:
                yield f"<{around[block.kind]}>"
        before = block.kind
        yield _block(block)
    if before in around:
        yield f"</{around[before]}>"


def _block(block: Block) -> str:
    if block.kind is BlockKind.ROW:
        return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in block.cells) + "</tr>"
    if block.kind is BlockKind.ENTRY:
        marker = "" if block.marker == "•" else f"{escape(block.marker)} "
        return f"<li>{marker}{escape(block.text)}</li>"
    words = f"<strong>{escape(block.text)}</strong>" if block.kind is BlockKind.HEADING else escape(block.text)
    return f"<p>{words}</p>"


def _question(question: Question, number: str) -> str:
    language = question.language
    options = "".join(f"<li>{escape(option)}</li>" for option in lettered(question.options))
    return (
        f"<h3>{escape(say('question', language, number=number))}</h3><p>{escape(question.prompt)}</p>"
        f'<ol class="options">{options}</ol>'
        f"<details><summary>{escape(say('keys', language))}</summary><p>{escape(question.why)}</p></details>"
    )


def _closing(script: Script, numbers: dict[int, str]) -> Iterator[str]:
    for closing in script.closings:
        language = closing.language
        if not closing.transitions and not closing.questions:
            continue
        yield f'<article lang="{tag_of(language)}">'
        if closing.transitions:
            yield f"<h2>{escape(say('transitions', language))}</h2>"
            yield from (f"<p><strong>{escape(title)}</strong> {escape(text)}</p>" for title, text in closing.transitions)
        if closing.questions:
            yield f"<h2>{escape(say('closing', language))}</h2>"
            yield from (_question(question, numbers[id(question)]) for question in closing.questions)
        yield "</article>"
