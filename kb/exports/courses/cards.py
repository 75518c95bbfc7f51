"""The questions of a course as flash cards: a CSV that Anki imports, safe to open in a spreadsheet."""

import csv
import io

from kb.exports.courses.letters import lettered
from kb.exports.courses.script import Script
from kb.exports.spreadsheet import safe_cell

_COLUMNS = ("#separator:Comma", "#html:false", "#notetype:Basic", "#columns:Front,Back,Tags", "#tags column:3")


def export_cards(script: Script) -> bytes:
    """Return one card a question: the prompt with its options, the answer with its source, and tags."""
    out = io.StringIO(newline="")
    out.write("".join(f"{line}\n" for line in _COLUMNS))
    writer = csv.writer(out, lineterminator="\r\n")
    for number, question in script.numbered():
        front = "\n".join((question.prompt, *lettered(question.options)))
        tags = f"{question.citation.regulation} {question.kind.value} {question.language} lesson-{number.partition('.')[0]}"
        writer.writerow([safe_cell(front), safe_cell(question.why), safe_cell(tags)])
    return out.getvalue().encode()
