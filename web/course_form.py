"""Reading a course from a form: what was chosen, and its lessons as they were ordered, dropped and noted."""

from werkzeug.datastructures import MultiDict

from kb.citation import Citation
from kb.courses.course import MOST_LESSONS, Aim, Lesson, Plan, Tongue
from kb.errors import KbError
from kb.kinds import Kind
from kb.model import Bilingual
from web.language import get_language
from web.parameters import ParameterError, read_day
from web.service import get_service

NAME = "course"
Form = MultiDict[str, str]
_LAST = 10_000


def has_plan(form: Form) -> bool:
    """Whether the form chooses what a course is about."""
    return any(form.get(name, "").strip() for name in ("line", "words", "kind"))


def read_plan(form: Form) -> Plan:
    """Return the plan of a form; raise ParameterError or InvalidCourseError for one that cannot be."""
    line = form.get("line", "").strip()
    if line:
        get_service().corpus.line(line)
    aim = Aim(line, form.get("words", "").strip(), _kinds(form), tuple(_all(form, "actor")), tuple(_all(form, "level")))
    day = read_day("on", form) or get_service().today()
    title = form.get("title", "").strip()
    titles = Bilingual(form.get("title_en", title), form.get("title_zh", title))
    return Plan(day, aim, titles, _tongue(form), _whole(form, "minutes", 60), _whole(form, "questions", 2))


def read_lessons(form: Form) -> tuple[Lesson, ...]:
    """Return the lessons that the form keeps, by their numbers, and those that it adds."""
    citations, orders = form.getlist("lesson"), form.getlist("order")
    titles, notes, marks, kept = (form.getlist(name) for name in ("own_title", "note", "row", "keep"))
    if not len(citations) == len(orders) == len(titles) == len(notes) == len(marks) <= MOST_LESSONS:
        raise ParameterError("lesson", "the lessons are not whole.", f"Send the form as it is; {MOST_LESSONS} lessons at most.")
    whole = zip(citations, orders, titles, notes, marks, strict=True)
    rows = [
        (_order(order), place, Lesson(_citation(citation), " ".join(title.split()), note.replace("\r\n", "\n").strip("\n")))
        for place, (citation, order, title, note, row) in enumerate(whole)
        if row in kept
    ]
    added = [Lesson(_citation(citation)) for citation in form.getlist("add") if citation.strip()]
    ordered = (lesson for _, _, lesson in sorted(rows, key=lambda row: row[:2]))
    return (*ordered, *added)


def _all(form: Form, name: str) -> list[str]:
    return [value for value in form.getlist(name) if value]


def _kinds(form: Form) -> tuple[Kind, ...]:
    names = _all(form, "kind")
    unknown = [name for name in names if name not in list(Kind)]
    if unknown:
        raise ParameterError("kind", f"{unknown[0]!r} is no kind.", f"Kinds are {', '.join(Kind)}.")
    return tuple(Kind(name) for name in names)


def _tongue(form: Form) -> Tongue:
    text = form.get("tongue") or get_language()
    if text not in list(Tongue):
        raise ParameterError("tongue", f"{text!r} is no language of a course.", f"Give one of {', '.join(Tongue)}.")
    return Tongue(text)


def _whole(form: Form, name: str, default: int) -> int:
    text = form.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        raise ParameterError(name, f"{text[:20]!r} is not a whole number.", f"Write it as {default}.")
    return int(text)


def _order(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 4 else _LAST


def _citation(text: str) -> Citation:
    try:
        citation = Citation.parse(text)
    except KbError as error:
        raise ParameterError("lesson", error.message, error.hint) from error
    if not citation.anchor or citation.parts:
        raise ParameterError("lesson", f"{citation} is no provision.", "Name one, as gacc-order-282#art-4.")
    return citation
