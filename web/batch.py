"""Many days at once: rows of JSON or CSV in, one answer a row out.

A bad row is reported with its number, and the rest goes on.
"""

from collections.abc import Iterable, Mapping

from kb.citation import Language
from kb.errors import KbError
from kb.exports.records import Record
from kb.exports.spreadsheet import Row, export_rows, find_column, parse_csv_rows, parse_json_row
from kb.timeline import State
from web.parameters import ParameterError, read_day, read_question
from web.service import Service

DATE_COLUMNS = ("date", "on", "day", "日期")
ADDED_COLUMNS = ("regulation", "number", "version", "state", "in_force_from", "in_force_to", "citation", "error")
_KNOWN = ("line", "regulation", "known_on")


def parse_csv(text: str, parameter: str) -> list[Row]:
    """Return the rows of a CSV with a header; raise ParameterError where there is no date column.

    Where the first line is itself a date, the text is read as one date a line.
    """
    lines = text.removeprefix("\ufeff").strip()
    if not lines:
        raise ParameterError(parameter, "there are no rows.", "Paste or upload a CSV with a date column.")
    first = lines.split("\n", 1)[0].strip()
    if first[:1].isdigit():
        lines = f"date\n{lines}"
    names, rows = parse_csv_rows(lines, parameter)
    if find_column(names, DATE_COLUMNS) is None:
        hint = f"Name the column of dates one of: {', '.join(DATE_COLUMNS)}."
        raise ParameterError(parameter, "there is no date column.", hint)
    return rows


def parse_json(value: object) -> list[Row]:
    """Return the rows of a JSON list of dates or of objects with a date; raise ParameterError for anything else."""
    if not isinstance(value, list):
        raise ParameterError("body", "a JSON list was expected.", 'Send ["2019-06-01"] or [{"date": "2019-06-01"}].')
    return [parse_json_row(item, DATE_COLUMNS[0]) for item in value]


def answer_rows(service: Service, rows: Iterable[Row], language: Language, default: Mapping[str, str]) -> list[Record]:
    """Return one answer for each row, counted from 1; `default` narrows the rows that do not say themselves."""
    return [_answer(service, number, row, language, default) for number, row in enumerate(rows, 1)]


def export_csv(rows: list[Row], answers: list[Record]) -> str:
    """Return the rows as given, with what applied added behind them; a name already taken gets `applied_` before it."""
    given = list(rows[0]) if rows else []
    added = {name: f"applied_{name}" if name in given else name for name in ADDED_COLUMNS}
    pairs = zip(rows, answers, strict=True)
    body = ([*(row.get(name, "") for name in given), *_cells(answer).values()] for row, answer in pairs)
    return export_rows([[*given, *added.values()], *body])


def _answer(service: Service, number: int, row: Row, language: Language, default: Mapping[str, str]) -> Record:
    own = {key: row[key] for key in _KNOWN if row.get(key)}
    kept = default if not own.keys() & {"line", "regulation"} else {k: v for k, v in default.items() if k == "known_on"}
    narrowed = {**kept, **own}
    column = find_column(row, DATE_COLUMNS) or DATE_COLUMNS[0]
    try:
        day = read_day(column, row)
        if day is None:
            raise ParameterError(column, "is empty.", "Write a day as YYYY-MM-DD.")
        return {"row": number, **service.records[language].in_force_on(day, read_question(narrowed))}
    except KbError as error:
        return {"row": number, "error": {"detail": f"Row {number}: {error.message}", "next": error.hint}}


def _cells(answer: Record) -> dict[str, str]:
    if "error" in answer:
        return dict.fromkeys(ADDED_COLUMNS, "") | {"error": f"{answer['error']['detail']} {answer['error']['next']}"}
    results = [chosen for result in answer["results"] for chosen in _chosen(result)]
    columns = {
        "regulation": [result["regulation"] for result in results],
        "number": [result["number"] for result in results],
        "version": [result["version"] for result in results],
        "state": [result["state"] for result in results],
        "in_force_from": [(result["interval"] or {}).get("from") for result in results],
        "in_force_to": [(result["interval"] or {}).get("to") for result in results],
        "citation": [result["citation"] for result in results],
    }
    return {name: "; ".join(value or "" for value in values).strip("; ") for name, values in columns.items()} | {"error": ""}


def _chosen(result: Record) -> list[Record]:
    """Return the result itself, or its candidates where which of them applied is not certain."""
    if result["state"] in (State.UNCERTAIN, State.AMBIGUOUS):
        return [{**candidate, "state": result["state"]} for candidate in result["candidates"]]
    return [result]
