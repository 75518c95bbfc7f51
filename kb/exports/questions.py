"""Many questions at once: rows of CSV or JSON in, one answer a row out.

A bad row is reported with its number, and the rest goes on. A language model is not asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kb.citation import Language
from kb.errors import KbError
from kb.exports.answered import answer_record
from kb.exports.records import Record
from kb.exports.respondent import Respondent, make_question
from kb.exports.spreadsheet import Row, RowsError, export_rows, find_column, parse_csv_rows, parse_json_row
from kb.interval import parse_day

QUESTION_COLUMNS = ("question", "问题")
DAY_COLUMNS = ("on", "date", "day", "日期")
ADDED_COLUMNS = ("status", "on", "basis", "answer", "citations", "reason", "error")
_HINT = "Give a CSV with a column named question and, if wanted, one named on."


def parse_questions(text: str, where: str) -> list[Row]:
    """Return the rows of a CSV with a header; raise RowsError where it has no questions. `where` names the input."""
    lines = text.removeprefix("\ufeff").strip()
    if not lines:
        raise RowsError(f"{where}: there are no rows.", _HINT)
    names, rows = parse_csv_rows(lines, where)
    if find_column(names, QUESTION_COLUMNS) is None:
        raise RowsError(f"{where}: there is no column of questions.", _HINT)
    return rows


def parse_question_list(value: object, where: str) -> list[Row]:
    """Return the rows of a JSON list of questions, or of objects with one; raise RowsError for anything else."""
    if not isinstance(value, list):
        hint = 'Send ["May we …?"] or [{"question": "May we …?", "on": "2019-06-01"}].'
        raise RowsError(f"{where}: a JSON list was expected.", hint)
    return [parse_json_row(item, QUESTION_COLUMNS[0]) for item in value]


def answer_questions(
    respondent: Respondent, rows: Iterable[Row], today: date, language: Language | None = None
) -> Iterator[Record]:
    """Yield one record for each row, counted from 1, in the language given or that of each question."""
    for number, row in enumerate(rows, 1):
        try:
            question = make_question(_value(row, QUESTION_COLUMNS), today, _day(row))
            yield {"row": number, **answer_record(respondent.corpus, respondent.answer(question, language))}
        except KbError as error:
            yield {"row": number, "error": {"detail": f"Row {number}: {error.message}", "next": error.hint}}


def export_answers(rows: Sequence[Row], answers: Iterable[Record]) -> str:
    """Return the rows as CSV, as given, with their answers behind; an added name already taken gets `answered_` before it."""
    given = list(rows[0]) if rows else []
    taken = {name.strip().lower() for name in given}
    added = [f"answered_{name}" if name in taken else name for name in ADDED_COLUMNS]
    body = ([*(row.get(name, "") for name in given), *_cells(answer)] for row, answer in zip(rows, answers, strict=True))
    return export_rows([[*given, *added], *body])


def _cells(answer: Record) -> list[str]:
    if "error" in answer:
        return [""] * (len(ADDED_COLUMNS) - 1) + [f"{answer['error']['detail']} {answer['error']['next']}"]
    named = (name for entry in answer["answer"] for name in (entry["citation"], *entry.get("others", ())))
    citations = dict.fromkeys(name for name in named if name)
    return [
        answer["status"],
        answer["on"] or f"{answer['from']}/{answer['to']}",
        answer["on_basis"],
        "\n".join(entry["text"] for entry in answer["answer"]),
        "; ".join(citations),
        answer["reason"] or "",
        "",
    ]


def _day(row: Row) -> date | None:
    text = _value(row, DAY_COLUMNS)
    return parse_day(text) if text else None


def _value(row: Row, names: tuple[str, ...]) -> str:
    column = find_column(row, names)
    return row[column].strip() if column else ""
