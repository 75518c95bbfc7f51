"""The register as CSV, safe to open in a spreadsheet."""

import csv
import io

from kb.citation import Language
from kb.exports.records import Record
from kb.exports.register_table import cells_of, name_columns
from kb.exports.spreadsheet import safe_cell

BYTE_ORDER_MARK = "\ufeff"
_TITLES = (("Group", "类别"),)


def export_csv(record: Record, language: Language) -> bytes:
    """Return a register (the record of `kb.exports.register_record`) as CSV in UTF-8, group by group, what is pending last."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((_TITLES[0][language == "zh"], *name_columns(language)))
    for group in (*record["groups"], {"title": ("Pending", "已公布，尚未施行")[language == "zh"], "rows": record["pending"]}):
        for row in group["rows"]:
            writer.writerow([safe_cell(cell) for cell in (group["title"], *cells_of(row, language))])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()
