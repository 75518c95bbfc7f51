"""JSON lists to what they hold of each Regulation: an entry is a whole text, or one provision of one.

A file ending in .json is one list, or one entry; one ending in .jsonl has an entry a line, and the entries of one Regulation
must stand together, so that no more than one Regulation is in memory however long the file is.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from kb.errors import KbError
from kb.importer.bounds import MOST_BYTES, check_bytes, decode
from kb.importer.dated import Said
from kb.importer.document import Document, Gathered, find_fields, find_language, read_document, with_title
from kb.importer.fields import regulation_id
from kb.importer.files import fault_of, find_files, path_below
from kb.importer.outline import SOURCE_KEY, Outline
from kb.importer.patience import patience
from kb.importer.patterns import slug_of
from kb.importer.profile import Items, Profile
from kb.importer.texts import markdown_lines
from kb.model import Place, Provision, ProvisionText
from kb.problems import Problem
from kb.progress import Progress, quietly
from kb.source.prose import as_body, as_line
from kb.source.yaml_lines import SourceError

_LIST, _LINES = ".json", ".jsonl"
_DEPTH = 2
_SPACE = " \t\r\n"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a list, as text, and where it begins."""

    place: Place
    fields: dict[str, str]


def gather_json(source: Path, profile: Profile, progress: Progress = quietly) -> Iterator[Gathered]:
    """Yield what the lists of a folder, or of one file, hold of each Regulation; raise UnreadableError where there are none."""
    root = source if source.is_dir() else source.parent
    seen: set[str] = set()
    paths = find_files(source, (_LIST, _LINES), profile.only)
    within = progress if len(paths) == 1 else quietly
    for path in paths if len(paths) == 1 else progress(paths, "Importing"):
        name = path_below(root, path)
        try:
            for gathered in _gather_file(path, name, profile, within):
                yield _once(gathered, name, seen)
        except SourceError as fault:
            yield Gathered(name, (), (fault.problem,))
        except (KbError, OSError) as error:
            yield Gathered(name, (), (fault_of(name, error),))


def _once(gathered: Gathered, name: str, seen: set[str]) -> Gathered:
    """Refuse a Regulation whose entries do not stand together."""
    if gathered.documents and gathered.id in seen:
        message = f"Entries of {gathered.id} stood before, apart from these."
        problem = Problem(Place(name), "entries-apart", message, "Sort the list by its ids.", loads=False)
        return Gathered(gathered.id, (), (*gathered.problems, problem))
    seen.add(gathered.id)
    return gathered


def _gather_file(path: Path, name: str, profile: Profile, progress: Progress) -> Iterator[Gathered]:
    is_list = path.suffix.lower() == _LIST
    entries = _listed(path, name) if is_list else _lines(path, name, progress)
    problems: list[Problem] = []
    each = ((_id(entry, name, profile, problems), entry) for entry in entries)
    groups = progress(_sorted(each), "Importing") if is_list else _together(each)
    for id_, listed in groups:
        if id_:
            yield _gather_entries(id_, listed, name, profile)
    if problems:
        yield Gathered(name, (), tuple(problems))


def _sorted(entries: Iterable[tuple[str, _Entry]]) -> list[tuple[str, list[_Entry]]]:
    """Return the entries of each Regulation, wherever they stand."""
    return list(_together(sorted(entries, key=lambda one: one[0])))


def _together(entries: Iterable[tuple[str, _Entry]]) -> Iterator[tuple[str, list[_Entry]]]:
    """Yield the entries of each Regulation that stand together."""
    for id_, members in groupby(entries, key=lambda one: one[0]):
        yield id_, [entry for _, entry in members]


def _id(entry: _Entry, name: str, profile: Profile, problems: list[Problem]) -> str:
    """Return the id of the Regulation that an entry is of, "" with a Problem where there is none."""
    try:
        return regulation_id(profile.id, find_fields(name, "", profile) | entry.fields)
    except KbError as error:
        problems.append(replace(fault_of(name, error), place=entry.place))
        return ""


def _gather_entries(id_: str, entries: list[_Entry], name: str, profile: Profile) -> Gathered:
    try:
        with patience():
            if profile.items:
                return Gathered(id_, (_from_provisions(entries, name, profile, profile.items),))
            return Gathered(id_, tuple(_from_text(entry, name, profile) for entry in entries))
    except KbError as error:
        return Gathered(id_, (), (replace(fault_of(name, error), place=entries[0].place),))


def _from_text(entry: _Entry, name: str, profile: Profile) -> Document:
    """Return the Document that an entry holds under the key of its text."""
    text = entry.fields.get(profile.body, "")
    said = _said(entry, find_fields(name, text, profile) | entry.fields)
    lines = (replace(line, place=entry.place) for line in markdown_lines(text, name))
    return read_document(said, lines, profile)


def _from_provisions(entries: list[_Entry], name: str, profile: Profile, items: Items) -> Document:
    """Return the Document whose Provisions are the entries."""
    said = _said(entries[0], find_fields(name, "", profile) | entries[0].fields)
    language = find_language(said, profile)
    taken: dict[str, Place] = {}
    provisions, problems = [], []
    for entry in entries:
        own = entry.fields.get(items.anchor, "")
        wanted = _anchor(own)
        anchor = _free(wanted, taken)
        if anchor != wanted:
            message = f"The id {own!r} stands for #{anchor} here, as another has #{wanted}."
            problems.append(Problem(entry.place, "number-again", message, "Look whether the source numbers two alike."))
        taken[anchor] = entry.place
        heading = as_line(entry.fields.get(items.heading, "")) or own or anchor
        text = ProvisionText(language, heading, entry.place, as_body(entry.fields.get(items.body, "")))
        provisions.append(Provision(anchor, "", _DEPTH, (text,), status=profile.status, sources=(SOURCE_KEY,)))
    outline = Outline("", tuple(provisions), tuple(problems))
    return Document(with_title(said, outline), language, outline)


def _said(entry: _Entry, fields: dict[str, str]) -> Said:
    return Said(entry.place.path, fields, dict.fromkeys(entry.fields, entry.place.line))


def _anchor(own: str) -> str:
    """Return the anchor that an entry's own id asks for; an anchor begins with a letter."""
    slug = slug_of(own)
    return slug if slug[:1].isalpha() else f"item-{slug}" if slug else "item"


def _free(wanted: str, taken: dict[str, Place]) -> str:
    anchor, count = wanted, 1
    while anchor in taken:
        anchor = f"{wanted}-again" if count == 1 else f"{wanted}-again-{count}"
        count += 1
    return anchor


def _lines(path: Path, name: str, progress: Progress) -> Iterator[_Entry]:
    """Yield the entries of a file that has one a line; the longest line is as long as the longest file."""
    with path.open("rb") as file:
        for number in progress(range(1, _count_lines(path) + 1), "Importing"):
            content = file.readline(MOST_BYTES + 1)
            check_bytes(content)
            if content.strip():
                place = Place(name, number)
                yield _entry(_parsed(decode(content).strip(), place), place)


def _count_lines(path: Path) -> int:
    """Return how many lines a file has, however long they are; the last needs no end."""
    count, last = 0, b"\n"
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            count, last = count + piece.count(b"\n"), piece[-1:]
    return count + (last != b"\n")


def _listed(path: Path, name: str) -> list[_Entry]:
    """Return the entries of a file that is one list, or one entry."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    check_bytes(content)
    text = decode(content)
    value = _parsed(text, Place(name))
    found = value if isinstance(value, list) else [value]
    places = _places(text, name) if isinstance(value, list) else iter(())
    return [_entry(one, next(places, Place(name))) for one in found]


def _places(text: str, name: str) -> Iterator[Place]:
    """Yield where each entry of a list begins."""
    decoder = json.JSONDecoder(strict=False)
    at, line, counted = text.index("[") + 1, 1, 0
    while True:
        while at < len(text) and text[at] in _SPACE + ",":
            at += 1
        if at >= len(text) or text[at] == "]":
            return
        line, counted = line + text.count("\n", counted, at), at
        yield Place(name, line)
        at = decoder.raw_decode(text, at)[1]


def _parsed(text: str, place: Place) -> Any:  # noqa: ANN401 - JSON holds anything
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        at = Place(place.path, place.line + error.lineno - 1)
        raise _unreadable(at, f"This is not JSON: {error.msg}.", "Correct it, or leave it out.") from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(place, f"This JSON cannot be read: {error}.", "Correct it, or leave it out.") from error


def _entry(value: object, place: Place) -> _Entry:
    if isinstance(value, dict):
        return _Entry(place, dict(_flat(value)))
    raise _unreadable(place, "An entry must hold keys and values.", "Give a list of objects.")


def _unreadable(place: Place, message: str, hint: str) -> SourceError:
    return SourceError(Problem(place, "unreadable", message, hint, loads=False))


def _flat(value: dict[str, Any], prefix: str = "", depth: int = 0) -> Iterable[tuple[str, str]]:
    """Yield the values of an entry as text, those of an entry within as `key.inner`."""
    for key, inner in value.items():
        if isinstance(inner, dict) and depth < _DEPTH:
            yield from _flat(inner, f"{prefix}{key}.", depth + 1)
        elif inner is not None:
            yield f"{prefix}{key}", inner if isinstance(inner, str) else json.dumps(inner, ensure_ascii=False)
