"""Courses in the browser, in the API and on the command line."""

import io
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from conftest import ROOT
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from kb.__main__ import main
from kb.exports.courses.formats import FORMATS

OUTLINE = "/courses?line=customs-enterprise-credit&on=2020-01-01&tongue=both&minutes=15&lang=en"
FILE = "---\ncourse: 1\non: 2020-01-01\nline: customs-enterprise-credit\n---\n\n## gacc-order-237#art-12\n\nMy words.\n"


def soup(data: bytes) -> BeautifulSoup:
    return BeautifulSoup(data, "html.parser")


def form_of(page: BeautifulSoup) -> MultiDict[str, str]:
    """What a browser without scripts would send of the form of a course."""
    fields: MultiDict[str, str] = MultiDict()
    for tag in page.select("form.course input, form.course textarea"):
        if tag.get("type") == "checkbox" and not tag.has_attr("checked"):
            continue
        fields.add(tag["name"], tag.get_text().removeprefix("\n") if tag.name == "textarea" else tag.get("value", ""))
    return fields


def lessons(page: BeautifulSoup) -> list[str]:
    return [tag["value"].partition("#")[2] for tag in page.select("input[name=lesson]")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_course_begins_in_the_language_of_the_page(client: FlaskClient, language: str) -> None:
    page = soup(client.get(f"/courses?lang={language}").data)
    assert [tag["value"] for tag in page.select("select[name=tongue] option[selected]")] == [language]


def test_lessons_are_reordered_dropped_added_and_noted_without_a_script(client: FlaskClient) -> None:
    form = form_of(soup(client.get(OUTLINE).data))
    form.setlist("order", ["3", "2", "1"])
    form.setlist("keep", ["0", "2"])
    form.setlist("note", ["Mine\n\n## two", "", ""])
    form.setlist("add", ["Order 237 Art. 8"])
    page = soup(client.post("/courses?lang=en", data=form).data)
    assert lessons(page) == ["art-12", "art-3", "art-8"]
    assert form_of(page).getlist("note") == ["", "Mine\n\n## two", ""]


def test_a_saved_file_opens_again_as_the_same_course(client: FlaskClient) -> None:
    form = form_of(soup(client.get(OUTLINE).data))
    form.setlist("note", ["## Mine", "", "三"])
    saved = client.post("/courses", data=form | {"do": "save"})
    assert saved.headers["Content-Disposition"] == 'attachment; filename="course.course.md"'
    upload = {"file": (io.BytesIO(saved.data), "c.md")}
    opened = form_of(soup(client.post("/courses", data=upload, content_type="multipart/form-data").data))
    assert opened.getlist("note") == ["## Mine", "", "三"]
    assert opened.getlist("lesson") == form.getlist("lesson")
    assert (opened["on"], opened["tongue"], opened["line"]) == (form["on"], form["tongue"], form["line"])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_downloaded_from_the_form(client: FlaskClient, name: str) -> None:
    form = form_of(soup(client.get(OUTLINE.replace("minutes=15", "minutes=5")).data))
    response = client.post("/courses", data=form | {"do": f"build:{name}"})
    assert (response.status_code, response.mimetype) == (200, FORMATS[name].media_type)
    assert response.headers["Content-Disposition"].endswith(f'{FORMATS[name].ending}"')
    assert len(response.data) > 1000


def test_the_page_re_reads_a_course_on_another_day(client: FlaskClient) -> None:
    form = form_of(soup(client.get(OUTLINE).data))
    page = soup(client.post("/courses?lang=en", data=form | {"do": "review", "review_on": "2026-11-26"}).data)
    found = page.select_one(".review")
    assert found
    assert [tag.get_text() for tag in found.select("h3")] == ["Order 237 Art. 3", "Order 237 Art. 11", "Order 237 Art. 12"]
    assert all(client.get(tag["href"]).status_code == 200 for tag in found.select("a"))


def test_a_lesson_that_did_not_apply_is_left_out_and_named(client: FlaskClient) -> None:
    form = form_of(soup(client.get(OUTLINE).data))
    form.setlist("add", ["gacc-order-251@2021-11-01#art-22"])
    page = soup(client.post("/courses?lang=en", data=form).data)
    assert "art-22" not in lessons(page)
    assert "was not in force on 2020-01-01" in page.select_one(".warning").get_text()
    form["do"] = "build:gift"
    assert client.post("/courses?lang=en", data=form).status_code == 422


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        pytest.param(b"hello", 422, "The front matter is missing", id="no course"),
        pytest.param(FILE.encode() + b"\xff", 422, "c.md:10: The file is not UTF-8", id="not utf-8"),
        pytest.param(FILE.replace("2020-01-01", "soon").encode(), 422, "c.md:3", id="bad day"),
        pytest.param(b"x" * 1_000_001, 422, "more than 1000000 bytes", id="too long"),
        pytest.param(b"x" * 50_000_000, 413, "", id="50 MB"),
    ],
)
def test_a_bad_upload_is_answered_with_what_is_wrong(client: FlaskClient, data: bytes, status: int, said: str) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="../c.md"\r\n\r\n'
    response = client.post("/courses", data=head + data + b"\r\n--x--\r\n", content_type="multipart/form-data; boundary=x")
    assert response.status_code == status
    assert said in soup(response.data).get_text(" ")
    api = client.post("/api/v1/courses/check", data=data)
    assert (api.status_code, api.mimetype) == (status, "application/problem+json")


@pytest.mark.parametrize(
    ("change", "value"),
    [("order", "x"), ("lesson", "hello"), ("minutes", "1"), ("on", "soon"), ("tongue", "fr"), ("kind", "x"), ("do", "build:x")],
)
def test_a_bad_field_of_the_form_never_breaks_the_page(client: FlaskClient, change: str, value: str) -> None:
    form = form_of(soup(client.get(OUTLINE.replace("minutes=15", "minutes=5")).data))
    form.setlist(change, [value])
    assert client.post("/courses", data=form).status_code == (200 if change == "order" else 422)


def test_the_api_re_reads_a_course(client: FlaskClient) -> None:
    answer = client.post("/api/v1/courses/check?on=2026-11-26&lang=en", data=FILE.encode()).get_json()
    assert answer["course"]["lessons"] == [{"citation": "gacc-order-237#art-12", "title": "", "line": 7}]
    finding = answer["findings"][0]
    assert (finding["citation"], finding["fate"], finding["uses"][0]["line"]) == (
        "gacc-order-237@2018-05-01#art-12",
        "changed",
        7,
    )
    assert [one["citation"] for one in finding["instead"]][-1] == "gacc-order-282@2026-04-01#art-4"


@pytest.fixture(name="folder")
def fixture_folder(tmp_path: Path) -> Path:
    (tmp_path / "c.md").write_text(FILE, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    environment = {"INFORCE_CORPUS": str(ROOT / "regulations"), "INFORCE_DERIVED": str(folder / "derived")}
    return CliRunner().invoke(main, ["course", *arguments], env=environment)


def test_the_command_makes_a_course_builds_it_and_re_reads_it(folder: Path) -> None:
    out, to = str(folder / "new.md"), str(folder / "built")
    made = run(folder, "new", "--line", "customs-enterprise-credit", "--on", "2020-01-01", "--minutes", "10", "--out", out)
    assert (made.exit_code, "2 lessons as of 2020-01-01" in made.output) == (0, True), made.output
    assert run(folder, "build", out, "--to", to, "--format", "gift", "--format", "cards").exit_code == 0
    assert sorted(path.name for path in Path(to).iterdir()) == ["new.cards.csv", "new.gift.txt"]
    assert run(folder, "check", out, "--on", "2020-06-01").exit_code == 0
    gone = run(folder, "check", out, "--on", "2026-11-26", "--json")
    assert (gone.exit_code, len(json.loads(gone.output)["findings"])) == (1, 2)


def test_the_command_makes_a_course_from_words_in_chinese(folder: Path) -> None:
    out = folder / "words.md"
    made = run(folder, "new", "--words", "失信企业", "--on", "2020-01-01", "--lang", "zh", "--minutes", "15", "--out", str(out))
    assert made.exit_code == 0, made.output
    assert out.read_text(encoding="utf-8").count("## gacc-") == 3


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(("new", "--out", "{0}/x.md"), 2, "about nothing", id="no subject"),
        pytest.param(("new", "--line", "x", "--out", "{0}/x.md"), 1, "No line 'x'", id="no line"),
        pytest.param(("new", "--line", "wco-safe", "--out", "{0}/c.md"), 2, "there already", id="overwrite"),
        pytest.param(("new", "--line", "wco-safe", "--on", "1990-01-01", "--out", "{0}/x.md"), 2, "Nothing that", id="nothing"),
        pytest.param(("new", "--line", "wco-safe", "--audience", "x", "--out", "{0}/x.md"), 2, "no actor or", id="audience"),
        pytest.param(("check", "{0}/none.md"), 2, "does not exist", id="no file"),
        pytest.param(("build", "{0}/bad.md", "--to", "{0}/o"), 2, "bad.md:1: The front matter is missing.", id="no course"),
        pytest.param(("build", "{0}/old.md", "--to", "{0}/o"), 2, "old.md:7: gacc-order-225@2014-12-01#art-10", id="gone"),
    ],
)
def test_a_bad_call_says_what_is_wrong(folder: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    (folder / "bad.md").write_text("hello", encoding="utf-8")
    (folder / "old.md").write_text(FILE.replace("237#art-12", "225@2014-12-01#art-10"), encoding="utf-8")
    result = run(folder, *(argument.format(folder) for argument in arguments))
    assert (result.exit_code, said in result.stderr) == (code, True), result.output
