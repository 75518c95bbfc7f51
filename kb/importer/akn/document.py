"""A document of Akoma Ntoso to what it says of itself and its text; nothing outside of the file is asked or fetched.

Of a document that this program wrote, the Version is read back as it was: its own namespace holds the front matter and the
attributes, which are put together again as a file of the corpus and read as one. Of any other, FRBR gives the dates and the
names, the eIds become anchors, and the elements of the body lines with headings.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import LxmlError, XMLParser, _Element, fromstring, iterwalk

from kb.citation import is_anchor
from kb.importer.akn.blocks import name_of, read_blocks, read_inline
from kb.importer.akn.names import AKN, akn, own
from kb.importer.bounds import MOST_UNPACKED, UnreadableError, check_bytes
from kb.importer.files import FileKind, Written
from kb.importer.headings import SourceLine
from kb.importer.package import check_xml
from kb.model import Place, Version
from kb.problems import Problem
from kb.source.prose import as_body, as_line
from kb.source.version_file import parse_version
from kb.source.yaml_lines import SourceError

_LANGUAGES = {"zho": "zh", "chi": "zh", "zh": "zh", "eng": "en", "en": "en"}
_HIER = {
    "alinea", "article", "book", "chapter", "clause", "division", "hcontainer", "indent", "level", "list", "paragraph", "part",
    "point", "proviso", "rule", "section",
    "subchapter", "subclause", "subdivision", "sublist", "subparagraph", "subpart", "subrule",
    "subsection", "subtitle", "title", "tome", "transitional",
}  # fmt: skip
_DAYS = ("promulgated", "published", "effective")
_SAFE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z", re.ASCII)


def read_akn_file(content: bytes, path: str) -> Written:
    """Return what an Akoma Ntoso file holds; raise UnreadableError where it is none, or declares a document type."""
    root = parse_xml(content)
    if root.tag != akn("akomaNtoso"):
        message = f"The root of the file is <{name_of(root)}>, not <akomaNtoso> of version 3.0."
        raise UnreadableError(message, f"Give a document of the namespace {AKN}.")
    fields = _fields(root)
    made = _own_version(root, fields, path)
    lines = () if made else tuple(_lines(root, path))
    return Written(fields, {}, lines, made)


def parse_xml(content: bytes) -> _Element:
    """Return the root of an XML file; raise UnreadableError for what is too large, no XML, or declares a document type."""
    check_bytes(content)
    if len(content) > MOST_UNPACKED:
        message = f"The file is larger than {MOST_UNPACKED:,} bytes."
        raise UnreadableError(message, "Cut it into parts.")
    check_xml(content, "document")
    parser = XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True, remove_pis=True
    )
    try:
        return fromstring(content, parser)
    except (LxmlError, ValueError) as error:
        raise UnreadableError(f"The file is not XML: {error}.", "Mend it, or export it anew.") from error


def _fields(root: _Element) -> dict[str, str]:
    """Return what FRBR and the life cycle say, under the names that the profiles of this corpus use."""
    fields = dict(_of_frbr(root))
    for event in root.iter(akn("eventRef")):
        kind, day = event.get("type"), event.get("date", "")
        if kind == "repeal":
            fields.setdefault("expires", day)
    identity = root.find(f".//{own('regulation')}")
    if identity is not None:
        fields["id"] = identity.get("id", "")
        for child in identity:
            fields[f"{name_of(child)}_{child.get('lang', '')}"] = as_line(child.text or "")
    return {key: value for key, value in fields.items() if value}


def _of_frbr(root: _Element) -> Iterator[tuple[str, str]]:
    work, text = root.find(f".//{akn('FRBRWork')}"), root.find(f".//{akn('FRBRExpression')}")
    if work is not None:
        uri = _value(work, "FRBRuri")
        yield "uri", uri
        yield "id", "-".join(re.findall(r"[a-z0-9]+", uri.removeprefix("/akn/").lower()))
        yield "title", _value(work, "FRBRname")
        yield "number", _value(work, "FRBRnumber")
        yield from (("promulgated", date.get("date", "")) for date in work.iterfind(akn("FRBRdate")))
    if text is not None:
        language = text.find(akn("FRBRlanguage"))
        yield "lang", _language(language.get("language", "") if language is not None else "")
        yield from (("effective", date.get("date", "")) for date in text.iterfind(akn("FRBRdate")))
    for name, tag in (("title", "docTitle"), ("number", "docNumber")):
        found = root.find(f".//{akn(tag)}")
        if found is not None:
            yield name, as_line(read_inline(found))
    issuer = root.find(f".//{akn('TLCOrganization')}")
    yield "issuer", as_line(issuer.get("showAs", "")) if issuer is not None else ""


def _language(code: str) -> str:
    """Return the code of a language as the corpus writes it; one that is none is left to the profile to refuse."""
    return _LANGUAGES.get(code, code)


def _value(parent: _Element, name: str) -> str:
    found = parent.find(akn(name))
    return as_line(found.get("value", "")) if found is not None else ""


def _own_version(root: _Element, fields: dict[str, str], path: str) -> Version | None:
    """Return the Version of a document that this program wrote, None for any other; raise SourceError where it is damaged."""
    front = root.find(f".//{own('front')}")
    if front is None:
        return None
    label, language, id_ = front.get("label", ""), front.get("language", ""), fields.get("id", "")
    name = f"{id_}/{label}.{language}.md"
    notes = {note.get(own("of")): read_blocks(note) for note in root.iter(akn("note"))}
    beside = {one.get("of"): (one.text or "").strip() for one in root.iter(own("beside"))}
    parts = [_part(element, notes, beside) for element, _ in _provisions(root)]
    text = f"---\n{(front.text or '').strip()}\n---\n\n" + "\n\n".join(parts) + "\n"
    version, problems = parse_version(text, name)
    if version is None or not is_anchor(id_):
        found = problems[0] if problems else Problem(Place(path), "malformed-value", f"{id_!r} is no id.", "Export it anew.")
        raise SourceError(replace(found, place=Place(path)))
    return replace(version, paths=(path,))


def _part(element: _Element, notes: dict[str | None, str], beside: dict[str | None, str]) -> str:
    anchor = _anchor(element)
    heading = as_line(" ".join(filter(None, (_child(element, "num"), _child(element, "heading")))))
    attributes = " ".join(filter(None, (f"#{anchor}", element.get(own("attributes"), ""))))
    level = element.get(own("level"), "")
    depth = int(level) if level in {"2", "3", "4", "5", "6"} else 2
    note = "\n".join(f"> {line}".rstrip() for line in notes.get(anchor, "").splitlines())
    body = as_body(read_blocks(child for child in element if name_of(child) in {"content", "intro", "wrapUp"}))
    return "\n\n".join(
        part for part in (f"{'#' * depth} {heading} {{{attributes}}}", body, _before_see(beside.get(anchor, ""), note)) if part
    )


def _before_see(beside: str, note: str) -> str:
    """Return what stands below a body, the note in any place: the order of the pieces carries no meaning."""
    return "\n\n".join(part for part in (beside, note) if part)


def _provisions(root: _Element) -> Iterator[tuple[_Element, int]]:
    """Yield the provisions of the body in order, and how deep each lies, from 1."""
    body = next((element for element in root.iter(akn("body"), akn("mainBody"))), None)
    depth = 0
    for event, element in iterwalk(body, events=("start", "end")) if body is not None else ():
        if name_of(element) in _HIER:
            depth += 1 if event == "start" else -1
            if event == "start":
                yield element, depth


def _child(element: _Element, name: str) -> str:
    found = element.find(akn(name))
    return read_inline(found).strip() if found is not None else ""


def _anchor(element: _Element) -> str:
    """Return the eId of an element as an anchor: its last part, where the parts above it are named too."""
    return (element.get("eId") or "").replace("__", "-").replace("_", "-").lower()


def _lines(root: _Element, path: str) -> Iterator[SourceLine]:
    for element, depth in _provisions(root):
        heading = as_line(" ".join(filter(None, (_child(element, "num"), _child(element, "heading")))))
        anchor, place = _anchor(element), Place(path, element.sourceline or 1)
        yield SourceLine(
            place, heading or anchor or name_of(element), min(depth + 1, 6), anchor if _SAFE_ID.match(anchor) else ""
        )
        blocks = read_blocks(child for child in element if name_of(child) in {"content", "intro", "wrapUp"})
        yield from (SourceLine(place, line) for line in blocks.split("\n"))


AKN_XML = FileKind((".xml", ".akn"), read_akn_file)
