"""The register as CSV, workbook and calendar says what the record says, and can be opened without harm."""

import csv
import io
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar as ICalendar
from icalendar import Component
from openpyxl import Workbook, load_workbook

from kb.corpus import Corpus
from kb.exports.records import Record, Records
from kb.exports.register_csv import export_csv
from kb.exports.register_record import register_record
from kb.exports.register_table import name_columns
from kb.exports.register_xlsx import export_xlsx
from kb.register import Concerned, Registry

BROKER = "actor=customs-broker&level=advanced-certified"


@pytest.fixture(scope="module", name="record")
def fixture_record(corpus: Corpus) -> Record:
    register = Registry(corpus).on(date(2024, 6, 3), Concerned("customs-broker", "advanced-certified"))
    return register_record(register, Records(corpus, "en"))


def rows_of(record: Record) -> list[Record]:
    return [row for group in record["groups"] for row in group["rows"]]


def formulas(record: Record) -> Record:
    """The same register, each text of which a spreadsheet would take for a formula."""
    groups = [{**group, "rows": [{**row, "text": "=1+1", "lead": ""} for row in group["rows"]]} for group in record["groups"]]
    return {**record, "groups": groups}


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_the_csv_has_a_line_for_each_row(record: Record) -> None:
    lines = read(export_csv(record, "en"))
    assert [line["Id"] for line in lines] == [row["id"] for row in rows_of(record)]
    review = next(line for line in lines if line["Id"].endswith("/review"))
    assert (review["Group"], review["By when, how often"], review["Status"]) == ("What to do now", "every 5 years", "recalled")


def test_the_csv_has_no_formula(record: Record) -> None:
    assert {line["What"] for line in read(export_csv(formulas(record), "en"))} == {"'=1+1"}


def test_the_workbook_has_one_sheet_a_group_with_a_frozen_header_and_filters(record: Record) -> None:
    book = opened(export_xlsx(record, "en"))
    assert book.sheetnames == [group["title"] for group in record["groups"]] + ["Pending"]
    for sheet, group in zip(book.worksheets, record["groups"], strict=False):
        assert (sheet.freeze_panes, sheet.max_row) == ("A2", len(group["rows"]) + 1)
        assert sheet.auto_filter.ref == f"A1:O{len(group['rows']) + 1}"
        assert tuple(cell.value for cell in sheet[1]) == name_columns("en")


def test_the_workbook_holds_every_row(record: Record) -> None:
    sheets = opened(export_xlsx(record, "en")).worksheets
    assert [row[-1].value for sheet in sheets for row in sheet.iter_rows(min_row=2)] == [row["id"] for row in rows_of(record)]


def test_the_workbook_has_no_formula(record: Record) -> None:
    cells = [
        cell for sheet in opened(export_xlsx(formulas(record), "en")).worksheets for row in sheet.iter_rows() for cell in row
    ]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}


def test_a_character_that_a_workbook_cannot_hold_is_left_out(record: Record) -> None:
    group = record["groups"][0]
    odd = {**record, "groups": [{**group, "rows": [{**group["rows"][0], "text": "a\x07b", "lead": ""}]}]}
    assert opened(export_xlsx(odd, "en")).worksheets[0]["B2"].value == "ab"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_is_named_after_whom_it_is_for(client: FlaskClient, ending: str) -> None:
    response = client.get(f"/obligations.{ending}?{BROKER}&on=2024-06-03")
    assert response.status_code == 200
    wanted = f'attachment; filename="obligations-customs-broker-advanced-certified-2024-06-03.{ending}"'
    assert response.headers["Content-Disposition"] == wanted


def events(client: FlaskClient, query: str) -> dict[str, Component]:
    response = client.get(f"/obligations.ics?{query}")
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    found = ICalendar.from_ical(response.data)
    return {str(event["uid"]): event for event in found.walk("VEVENT")}


def days_of(event: Component) -> tuple[date, date]:
    return event["dtstart"].dt, event["dtend"].dt


REPORT = "gacc-order-237@2018-05-01#art-7/report"


def test_the_annual_report_stands_in_each_year_of_its_order(client: FlaskClient) -> None:
    found = {uid: days_of(event) for uid, event in events(client, BROKER).items() if uid.startswith(REPORT)}
    assert found == {
        f"{REPORT}.2018@inforce": (date(2018, 5, 1), date(2018, 7, 1)),
        f"{REPORT}.2019@inforce": (date(2019, 1, 1), date(2019, 7, 1)),
        f"{REPORT}.2020@inforce": (date(2020, 1, 1), date(2020, 7, 1)),
        f"{REPORT}.2021@inforce": (date(2021, 1, 1), date(2021, 7, 1)),
    }


def test_what_has_no_end_comes_again_every_year(client: FlaskClient) -> None:
    event = events(client, BROKER)["gacc-ann-2026-34@2026-04-01#item-15/report.2026@inforce"]
    assert days_of(event) == (date(2026, 6, 30), date(2026, 7, 1))
    assert event["rrule"]["freq"] == ["YEARLY"]


def test_the_texts_begin_and_end_in_the_calendar(client: FlaskClient) -> None:
    found = events(client, BROKER)
    assert days_of(found["gacc-order-251@2021-11-01.effective@inforce"])[0] == date(2021, 11, 1)
    assert days_of(found["gacc-order-251@2021-11-01.expires@inforce"])[0] == date(2026, 4, 1)
    assert "mra@2013-03-15.effective@inforce" not in found
    assert days_of(found["mra@2013-03-15#jp.effective@inforce"])[0] == date(2019, 6, 1)
    assert not any(uid.startswith("gacc-order-170") for uid in found)


def test_a_last_day_stands_in_the_calendar_of_those_it_concerns(client: FlaskClient) -> None:
    name = "gacc-ann-2018-219@2019-01-01#item-2/register.by@inforce"
    assert days_of(events(client, "actor=logistics-enterprise")[name]) == (date(2019, 3, 31), date(2019, 4, 1))
    assert name not in events(client, "actor=customs-broker")


@pytest.mark.parametrize(
    ("certified", "due"),
    [
        ("2014-12-01", {"2017-12-01", "2020-12-01", "2025-12-01"}),
        ("2018-06-01", {"2021-06-01"}),
        ("2019-05-10", {"2024-05-10"}),
        ("2023-01-01", set()),
        ("9999-01-01", set()),
    ],
    ids=[
        "every 3 years, then 5",
        "then 5, too late",
        "every 5 years by then",
        "after the last rule that is held",
        "the last year",
    ],
)
def test_a_review_is_counted_by_the_rule_of_the_day_it_falls_on(client: FlaskClient, certified: str, due: set[str]) -> None:
    found = events(client, f"{BROKER}&certified={certified}")
    assert {str(days_of(event)[0]) for uid, event in found.items() if f".{certified}." in uid} == due


def test_without_the_day_of_certification_no_review_is_counted(client: FlaskClient) -> None:
    assert not any("/recertify" in uid or "/review" in uid for uid in events(client, BROKER))


def test_the_names_of_events_hang_on_neither_language_nor_day(client: FlaskClient) -> None:
    english, chinese = events(client, f"{BROKER}&lang=en"), events(client, f"{BROKER}&lang=zh")
    assert set(english) == set(chinese)
    assert "施行" in str(chinese["gacc-order-251@2021-11-01.effective@inforce"]["summary"])


def test_the_calendar_is_the_same_bytes_each_time(client: FlaskClient) -> None:
    assert client.get(f"/obligations.ics?{BROKER}").data == client.get(f"/obligations.ics?{BROKER}").data


def test_every_event_has_what_the_standard_asks_for(client: FlaskClient) -> None:
    for uid, event in events(client, "").items():
        assert isinstance(event["dtstamp"].dt, datetime), uid
        first, end = days_of(event)
        assert first < end
        assert str(event["url"]).startswith("http://localhost/r/")
