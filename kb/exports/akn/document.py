"""A Version in one language as a document of Akoma Ntoso 3.0.

It is valid against the schema of OASIS. The eIds are those of the addresses: `art-12` is `art_12`. What the standard has no
place for stands beside it in a namespace of its own, so that `kb.importer.akn` reads back the same text, ids and dates.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.etree import Element, SubElement, _Element, tostring

from kb.citation import TextLanguage
from kb.errors import NotHeldError
from kb.exports.akn.blocks import plain, write_blocks
from kb.exports.akn.meta import GROUP, Expression, group_of, write_meta
from kb.frbr import portion_of
from kb.importer.akn.names import AKN, OWN, akn, own
from kb.kinds import Held, TextKind
from kb.model import Provision, ProvisionText, Regulation, Version
from kb.source.provision_writer import render_provision

_ELEMENTS = {
    "art": "article", "chapter": "chapter", "section": "section", "part": "part", "item": "point", "book": "book",
    "title": "title", "paragraph": "paragraph",
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_ATTRIBUTES = re.compile(r"\{#[^\s{}]++ ?(?P<attributes>[^{}]*)\}\Z")
# elements whose children may stand on lines of their own, because they hold no words themselves
_MIXED = frozenset({"p", "li", "num", "heading", "docTitle", "docNumber"})
_STATUS = {TextKind.RESTATEMENT: "edited", TextKind.OFFICIAL: "verbatim", TextKind.TRANSLATION: "translated"}


def export_akn(regulation: Regulation, version: Version, language: TextLanguage) -> bytes:
    """Return a Version of a Regulation in one language as Akoma Ntoso XML in UTF-8, the same for the same values.

    Raises NotHeldError where the Version has no text in that language.
    """
    if language not in version.languages:
        message = f"{version.citation} has no text in {language}."
        raise NotHeldError(message, f"Ask for one of its languages: {', '.join(version.languages)}.")
    expression = Expression(regulation, version, language)
    root = Element(akn("akomaNtoso"), nsmap={None: AKN, "inforce": OWN})
    kind = expression.work.split("/")[3]
    document = SubElement(root, akn("act" if kind == "act" else "doc"), name=regulation.kind.value, contains="singleVersion")
    document.append(write_meta(expression))
    _preface(document, expression)
    body = SubElement(document, akn("body" if kind == "act" else "mainBody"), period=f"#{GROUP}")
    _provisions(body, expression, "")
    _break_lines(root)
    return tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _preface(document: _Element, expression: Expression) -> None:
    preface = SubElement(document, akn("preface"))
    number = expression.regulation.number.text(expression.language)
    if number:
        SubElement(SubElement(preface, akn("p")), akn("docNumber")).text = plain(number)
    title = SubElement(SubElement(preface, akn("p")), akn("docTitle"))
    title.text = plain(expression.regulation.title.text(expression.language))


def _provisions(parent: _Element, expression: Expression, anchor: str) -> None:
    for provision in expression.version.provisions:
        if provision.parent == anchor:
            parent.append(_provision(provision, expression))


def _provision(provision: Provision, expression: Expression) -> _Element:
    text = provision.text(expression.language)
    element = _shell(provision, text, expression)
    if text.heading != text.title and text.heading.endswith(f" {text.title}"):
        SubElement(element, akn("num")).text = plain(text.heading.removesuffix(f" {text.title}"))
        SubElement(element, akn("heading")).text = plain(text.title)
    else:
        SubElement(element, akn("heading")).text = plain(text.heading)
    blocks = list(write_blocks(text.body, portion_of(provision.anchor)))
    below = [one for one in expression.version.provisions if one.parent == provision.anchor]
    if blocks or not below:
        holder = SubElement(element, akn("intro" if below else "content"))
        holder.extend(blocks or [Element(akn("p"))])
    _provisions(element, expression, provision.anchor)
    return element


def _shell(provision: Provision, text: ProvisionText, expression: Expression) -> _Element:
    """Return the empty element of a Provision with its marks."""
    word = _WORD.match(provision.anchor)
    known = _ELEMENTS.get(word[0]) if word else None
    element = Element(akn(known or "hcontainer"), eId=portion_of(provision.anchor))
    if known is None:
        element.set("name", word[0] if word else "provision")
    if provision.held is not Held.WHOLE:
        element.set("status", "incomplete")
    elif not provision.is_chapter:
        element.set("status", _STATUS[expression.text_kind])
    if provision.status:
        element.set("refersTo", f"#{provision.status.value}")
    if provision.effective or provision.expires:
        element.set("period", f"#{group_of(provision)}")
    if text.language != expression.language:
        element.set("{http://www.w3.org/XML/1998/namespace}lang", text.language)
    for name, value in _own_marks(provision, text, expression.version):
        element.set(own(name), plain(value))
    return element


def _own_marks(provision: Provision, text: ProvisionText, version: Version) -> Iterator[tuple[str, str]]:
    """Yield the level of the heading and its attributes as the corpus writes them."""
    heading = render_provision(provision, replace(text, body="", note=""), version).partition("\n")[0]
    match = _ATTRIBUTES.search(heading)
    yield "level", str(provision.depth)
    if match and match["attributes"]:
        yield "attributes", match["attributes"]


def _break_lines(element: _Element) -> None:
    """Begin a line with every element that stands beside no words."""
    for child in element:
        if not str(child.tag).startswith(f"{{{OWN}}}") and str(child.tag).rpartition("}")[2] not in _MIXED:
            _break_lines(child)
        child.tail = "\n"
    if len(element) and not (element.text or "").strip():
        element.text = "\n"
