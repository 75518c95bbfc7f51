"""How to cite a Version or a Provision: in words, as Markdown, for BibTeX, and by GB/T 7714-2015."""

import re
from dataclasses import dataclass
from datetime import date

from kb.authentic import text_kind
from kb.citation import Citation
from kb.exports.records import Record, Records
from kb.exports.sentences import describe_days
from kb.interval import PartialDate
from kb.kinds import TextKind
from kb.model import Provision, Regulation, Version

_TEXT_KINDS: dict[TextKind, tuple[str, str]] = {
    TextKind.RESTATEMENT: ("restatement, not the authentic text", "重述，非正式文本"),
    TextKind.OFFICIAL: ("official text", "正式文本"),
    TextKind.TRANSLATION: ("translation", "译文"),
}
_IN_BIBTEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Access:
    """Where the cited text was read, as an address ("" for a printed copy), and the day it was, where that is to be said."""

    address: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class _Work:
    """The parts that every form is made of, in one language; `place` is the heading of the Provision, "" for all of it."""

    author: str
    title: str
    number: str
    place: str
    days: str
    text: str
    promulgated: PartialDate | None
    citation: Citation
    is_chinese: bool

    @property
    def year(self) -> str:
        """The year of promulgation, "" where it is not known."""
        known = self.promulgated
        return str(known.earliest.year) if known and known.earliest.year == known.latest.year else ""


def citing_record(version: Version, provision: Provision | None, access: Access, records: Records) -> Record:
    """Return the forms of a citation of a Version, or of one of its Provisions: `plain`, `markdown`, `bibtex`, `gbt7714`."""
    work = _work(records.corpus.regulation(version.regulation), version, provision, records)
    return {
        "plain": _plain(work, access),
        "markdown": _markdown(work, access),
        "bibtex": _bibtex(work, access),
        "gbt7714": _gbt7714(work, access),
    }


def _work(regulation: Regulation, version: Version, provision: Provision | None, records: Records) -> _Work:
    language = records.language
    title, number = regulation.title.text(language), regulation.number.text(language)
    return _Work(
        author=regulation.issuer.text(language),
        title=title,
        number="" if number.strip("《》") in title else number,
        place=provision.text(language).heading if provision else "",
        days=describe_days(version.interval_of(provision) if provision else version.interval, language),
        text=_TEXT_KINDS[text_kind(version, language)][language == "zh"],
        promulgated=version.dates.promulgated,
        citation=Citation(version.regulation, version.label, provision.anchor if provision else ""),
        is_chinese=language == "zh",
    )


def _named(work: _Work) -> str:
    """Return the title with its number, as prose has it."""
    if work.is_chinese:
        inner = work.title.replace("《", "〈").replace("》", "〉")
        return f"《{inner}》" + (f"（{work.number}）" if work.number else "")
    return work.title + (f" ({work.number})" if work.number else "")


def _about(work: _Work, address: str) -> str:
    """Return what follows the name in prose: when it was in force, whose words it is, and where it stands."""
    where = f"{work.citation}, {address}" if address else str(work.citation)
    if work.is_chinese:
        return f"施行期间：{work.days}；{work.text}：{where}"
    return f"in force {work.days}; {work.text}: {where}"


def _plain(work: _Work, access: Access) -> str:
    comma, semicolon, stop = "，；。" if work.is_chinese else (", ", "; ", ".")
    named = comma.join(part for part in (work.author, _named(work), work.place) if part)
    return f"{named}{semicolon}{_about(work, access.address)}{_read_on(work, access)}{stop}"


def _markdown(work: _Work, access: Access) -> str:
    name = re.sub(r"([\\`*_\[\]<>])", r"\\\1", _named(work) + (f", {work.place}" if work.place else ""))
    linked = f"[{name}]({access.address})" if access.address else name
    semicolon = "；" if work.is_chinese else "; "
    return f"{linked}{semicolon}{_about(work, '')}{_read_on(work, access)}"


def _read_on(work: _Work, access: Access) -> str:
    if access.day is None:
        return ""
    return f"（{access.day}查阅）" if work.is_chinese else f" (read on {access.day})"


def _bibtex(work: _Work, access: Access) -> str:
    fields = {
        "author": "{" + work.author.translate(_IN_BIBTEX) + "}",
        "title": "{" + work.title.translate(_IN_BIBTEX) + "}",
        "number": work.number.translate(_IN_BIBTEX),
        "year": work.year,
        "note": "; ".join(part for part in (work.place, _about(work, "")) if part).translate(_IN_BIBTEX),
        "url": access.address,
        "urldate": access.day.isoformat() if access.day else "",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    key = str(work.citation).replace("@", ":").replace("#", ":")
    return f"@misc{{{key},\n{lines}}}"


def _gbt7714(work: _Work, access: Access) -> str:
    """Return the form of GB/T 7714-2015: of an electronic bulletin where there is an address, else of a printed standard."""
    name = ": ".join(part for part in (work.title, work.number) if part) + (f", {work.place}" if work.place else "")
    if not access.address:
        return f"{work.author}. {name}[S]." + (f" {work.year}." if work.year else "")
    known = work.promulgated
    issued = f"({known})" if known and ".." not in str(known) else ""
    read = f"[{access.day}]" if access.day else ""
    days = f" {issued}{read}." if issued or read else ""
    return f"{work.author}. {name}[EB/OL].{days} {access.address}."
