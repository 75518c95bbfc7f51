"""The register as a workbook: one sheet a group, a frozen header, filters, and a page that prints."""

import io
import re
from datetime import date, datetime
from math import ceil

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from wcwidth import wcswidth

from kb.citation import Language
from kb.exports.records import Record
from kb.exports.register_table import cells_of, name_columns

WIDTHS = (11, 48, 22, 28, 28, 20, 20, 26, 13, 11, 28, 12, 12, 36, 44)
PRINTED = 10  # the columns that go on paper; the rest is for filters and machines
SHEET_NAME = 31
LINE = 16.0  # points
_HEADER = PatternFill("solid", fgColor="FF0B5F63")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
# Characters that a workbook cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def export_xlsx(record: Record, language: Language) -> bytes:
    """Return a register (the record of `kb.exports.register_record`) as a workbook; a group without rows has an empty sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = f"{record['described']} · {record['on']}"
    book.properties.creator = "Inforce"
    book.properties.created = datetime.combine(date.fromisoformat(record["on"]), datetime.min.time())
    pending = {"title": ("Pending", "已公布，尚未施行")[language == "zh"], "rows": record["pending"]}
    for group in (*record["groups"], pending):
        _fill(book.create_sheet(_NOT_IN_NAMES.sub(" ", group["title"])[:SHEET_NAME]), group["rows"], record, language)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: Worksheet, rows: list[Record], record: Record, language: Language) -> None:
    _write(sheet, 1, name_columns(language))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), _HEADER
    for number, row in enumerate(rows, 2):
        cells = cells_of(row, language)
        _write(sheet, number, cells)
        sheet.row_dimensions[number].height = LINE * max(map(_lines, cells[:PRINTED], WIDTHS))
    for index, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(WIDTHS))}{len(rows) + 1}"
    _set_page(sheet, f"{record['described']} · {record['on']}")


def _lines(text: str, width: int) -> int:
    """Return how many lines a text needs in a column, whose width is in characters; not every program fits rows by itself."""
    return max(1, ceil(1.1 * wcswidth(_CONTROL.sub("", text)) / width))


def _write(sheet: Worksheet, number: int, cells: tuple[str, ...]) -> None:
    for index, text in enumerate(cells, 1):
        cell = sheet.cell(number, index, _CONTROL.sub("", text))
        cell.data_type = "s"  # a text that begins with = is no formula
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _set_page(sheet: Worksheet, title: str) -> None:
    """Make the sheet print on landscape pages as wide as it is, its header on every one."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(PRINTED)}{sheet.max_row}"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.left.text, footer.right.text = title.replace("&", "&&"), "&P / &N"
    sheet.oddHeader, sheet.oddFooter = header, footer
