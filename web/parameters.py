"""Reading the parameters of a request; a bad one is named, with what to write instead."""

from collections.abc import Mapping
from datetime import date

from flask import request

from kb.applicability import Question
from kb.errors import InvalidDateError, KbError
from kb.interval import parse_day


class ParameterError(KbError):
    """A parameter of the request cannot be used; `parameter` is its name."""

    slug = "bad-parameter"

    def __init__(self, parameter: str, message: str, hint: str) -> None:
        super().__init__(f"{parameter}: {message}", hint)
        self.parameter = parameter


def read_day(name: str, values: Mapping[str, str] | None = None) -> date | None:
    """Return the day that the parameter gives, None where it is absent; raise ParameterError where it is malformed."""
    text = (request.args if values is None else values).get(name, "").strip()
    if not text:
        return None
    try:
        return parse_day(text)
    except InvalidDateError as error:
        raise ParameterError(name, error.message, error.hint) from error


def read_span() -> tuple[date, date] | None:
    """Return the days `from` and `to`, None where neither is given; raise ParameterError where one is missing or malformed."""
    first, last = read_day("from"), read_day("to")
    if first is None and last is None:
        return None
    if request.args.get("on", "").strip():
        raise ParameterError("on", "cannot stand beside from and to.", "Ask for one day or for a span.")
    if first is None or last is None:
        missing = "from" if first is None else "to"
        raise ParameterError(missing, "is missing.", "A span needs both from and to.")
    if last < first:
        raise ParameterError("to", f"{last} is before from, {first}.", "Give the earlier day as from.")
    if last == date.max:
        raise ParameterError("to", f"{last} is too late.", "Give a day before it.")
    return first, last


def read_question(values: Mapping[str, str] | None = None) -> Question:
    """Return what the request narrows itself to."""
    given = request.args if values is None else values
    line, regulation = given.get("line", "").strip(), given.get("regulation", "").strip()
    if line and regulation:
        raise ParameterError("regulation", "cannot stand beside line.", "Give one of them.")
    return Question(line, regulation, read_day("known_on", given))


def read_pasted() -> str:
    """Return the CSV of a form, uploaded as `file` or pasted as `rows`; raise ParameterError where it is not UTF-8."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return request.form.get("rows", "")
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParameterError("file", "the file is not UTF-8 text.", "Save it as CSV UTF-8.") from error


def read_body() -> str:
    """Return the text of the request's body; raise ParameterError where it is not UTF-8."""
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParameterError("body", "the CSV is not UTF-8 text.", "Save it as UTF-8.") from error


def read_values() -> Mapping[str, str]:
    """Return the parameters of the address, of a form, or of a JSON object of texts; raise ParameterError for another body."""
    if not request.is_json:
        return request.args.to_dict() | request.form.to_dict()
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise ParameterError("body", "a JSON object was expected.", 'Send {"question": "…", "on": "2019-06-01"}.')
    wrong = next((str(key) for key, value in body.items() if not isinstance(value, str | None)), None)
    if wrong:
        raise ParameterError(wrong, "is not text.", "Write it between quotation marks.")
    return request.args.to_dict() | {key: value for key, value in body.items() if value is not None}
