"""Rows of a spreadsheet, as CSV or JSON: read into mappings, and written so that no cell is taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kb.errors import KbError

Row = Mapping[str, str]

# what the programs take for the beginning of a formula, in half and in full width
_STARTS = tuple("=+-@＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?", re.ASCII)


class RowsError(KbError):
    """The rows as a whole cannot be read; the message begins with the name of what held them."""

    slug = "bad-parameter"


def parse_csv_rows(text: str, where: str) -> tuple[tuple[str, ...], list[Row]]:
    """Return the names of the columns of a CSV with a header, and its rows; `where` names the input in a RowsError."""
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="", strict=True)
    try:
        rows: list[Row] = [{str(key): _cell(value) for key, value in row.items() if key} for row in reader]
    except csv.Error as error:
        raise RowsError(f"{where}: line {reader.line_num} is not CSV: {error}.", "Mend that line.") from error
    return tuple(reader.fieldnames or ()), rows


def parse_json_row(item: Any, column: str) -> Row:  # noqa: ANN401
    """Return an item of a JSON list as a row; one that is no object is the value of `column`."""
    if isinstance(item, dict):
        return {str(key): _cell(value) for key, value in item.items()}
    return {column: _cell(item)}


def check_count(rows: Sequence[Row], most: int, where: str) -> None:
    """Raise RowsError where there are more rows than `most`."""
    if len(rows) > most:
        raise RowsError(f"{where}: there are {len(rows)} rows; the most is {most}.", "Send them in several parts.")


def find_column(names: Iterable[str], known: tuple[str, ...]) -> str | None:
    """Return the first of the names that is one of those known, None where none is."""
    return next((name for name in names if name.strip().lower() in known), None)


def safe_cell(text: str) -> str:
    """Return the text of a cell with an apostrophe before what a spreadsheet would take for a formula; a number is none.

    >>> [safe_cell(text) for text in ("=1+1", "@SUM(A1)", " =1", "-5", "2018-05-01", "- none")]
    ["'=1+1", "'@SUM(A1)", "' =1", '-5', '2018-05-01', "'- none"]
    """
    is_formula = text.lstrip().startswith(_STARTS)
    return f"'{text}" if is_formula and not _NUMBER.fullmatch(text.strip()) else text


def export_rows(rows: Iterable[Iterable[str]]) -> str:
    """Return rows of cells as CSV, every cell made safe."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return "" if value is None else str(value)
