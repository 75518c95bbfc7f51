"""An evidence slip: one answer with its question, its day, the texts it rests on, their dates, sources and digests.

It can be kept in a case file: the digest of each text lets anyone check later that it is the text that was used.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from kb.citation import Language
from kb.exports.answered import answer_record
from kb.exports.records import Record, Records
from kb.exports.sentences import describe_interval
from kb.line import Transition
from kb.model import Provision, Version
from qa.answer import Answer, Applied, Became, Happened, NotBegun, Quoted, Touching

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Evidence slip", "答复凭据"),
    "question": ("Question", "问题"),
    "day": ("Day", "日期"),
    "answer": ("Answer", "答复"),
    "none": ("No answer", "未作答复"),
    "from": ("In force", "施行期间"),
    "promulgated": ("Promulgated", "公布日期"),
    "basis": ("How sure each date is", "各日期的可靠程度"),
    "status": ("Status", "可靠程度"),
    "sources": ("Sources", "来源"),
    "no_sources": ("No source was seen.", "未见来源。"),
    "digest": ("SHA-256 of the text", "文本的SHA-256"),
    "note": (
        "The texts are restatements, not the authentic text, which is the issuer's.",
        "文本为转述，并非正式文本；正式文本以发布机关公布的为准。",
    ),
}
_MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def evidence_record(answer: Answer, records: Records) -> Record:
    """Return the slip of an Answer: its record, and whole, with digest and sources, all that it rests on.

    `texts` are the provisions quoted, or told to begin later, `transitions` the transitional rules, `versions` those of which
    the dates are told.
    """
    quoted = {str(one.citation): one for one in answer.statements if isinstance(one, Quoted | NotBegun)}
    versions = {version.citation: version for version in _versions(answer)}
    touching = [one.transition for one in answer.statements if isinstance(one, Touching)]
    return {
        **answer_record(records.corpus, answer),
        "texts": [_text(one.version, one.provision, records) for one in quoted.values()],
        "transitions": [_transition(transition, records) for transition in touching],
        "versions": [_version(version, records) for version in versions.values()],
    }


def digest_of(*pieces: str) -> str:
    """Return the SHA-256, in hexadecimal, of pieces of text as UTF-8, a line each.

    Of a provision they are its heading, its text and each of its figures; of a transitional rule its title and text.
    """
    return sha256("\n".join(pieces).encode()).hexdigest()


def export_markdown(slip: Record) -> bytes:
    """Return the slip as Markdown."""
    language: Language = slip["language"]
    lines = [f"# {_word('title', language)}", ""]
    lines += [f"**{_word('question', language)}:** {_plain(slip['question'])}", ""]
    lines += [f"**{_word('day', language)}:** {_plain(slip['described'])}", ""]
    if slip["contrary"]:
        lines += [_plain(slip["contrary"]), ""]
    if slip["reason"]:
        lines += [f"**{_word('none', language)}:** {_plain(slip['reason'])} {slip['searched']}", ""]
    if slip["answer"]:
        lines += [f"## {_word('answer', language)}", ""]
        lines += [
            f"- {_plain(entry['text'])}" + (f" `{entry['citation']}`" if entry["citation"] else "") for entry in slip["answer"]
        ]
        lines += [""]
    for part in (*slip["texts"], *slip["transitions"], *slip["versions"]):
        lines += _markdown_of(part, language)
    return ("\n".join([*lines, _word("note", language)]) + "\n").encode()


def _markdown_of(part: Record, language: Language) -> list[str]:
    """Return the lines of a provision, a transitional rule or a version."""
    said = [
        (_word("from", language), part["described"]),
        (_word("promulgated", language), part.get("promulgated")),
        (_word("basis", language), ", ".join(f"{name}: {status}" for name, status in part.get("basis", {}).items())),
        (_word("status", language), part.get("status")),
        (_word("digest", language), f"`{part['sha256']}`" if "sha256" in part else None),
    ]
    sources = [f"- {source}" for source in part["sources"]] or [_word("no_sources", language)]
    text = [part["text"], "", *(f"- {fact}" for fact in part.get("facts", ())), ""] if "sha256" in part else []
    return [
        f"## {part['heading']}",
        "",
        *([f"`{part['citation']}`", ""] if part["citation"] else []),
        *(f"- {name}: {value}" for name, value in said if value),
        "",
        *text,
        f"{_word('sources', language)}:",
        "",
        *sources,
        "",
    ]


def _versions(answer: Answer) -> Iterator[Version]:
    for one in answer.statements:
        if isinstance(one, Applied):
            yield from one.outcome.versions
        elif isinstance(one, Happened):
            yield from (one.version, *one.other)
        elif isinstance(one, Became):
            yield from (one.boundary.old, one.boundary.new)


def _version(version: Version, records: Records) -> Record:
    record = records.full_version(version)
    kept = {key: record[key] for key in ("citation", "name", "title", "interval", "promulgated", "basis", "url")}
    described = describe_interval(version.interval, records.language)
    return {**kept, "heading": f"{record['name']} {record['title']}", "described": described, "sources": _sources(record)}


def _text(version: Version, provision: Provision, records: Records) -> Record:
    record = records.provision(version, provision)
    described = describe_interval(version.interval_of(provision), records.language)
    digest = digest_of(record["heading"], record["text"], *record["facts"])
    return {**record, "described": described, "sources": _sources(record), "sha256": digest}


def _transition(transition: Transition, records: Records) -> Record:
    record, reach = records.transition(transition), records.corpus.reach(transition)
    digest = digest_of(record["title"], record["text"])
    described = describe_interval(reach, records.language)
    return {**record, "heading": record["title"], "described": described, "sha256": digest}


def _sources(record: Record) -> list[str]:
    return [f"{source['url'] or ''} {source['what']}".strip() for source in record["sources"]]


def _plain(text: str) -> str:
    """Return the text on one line, with the marks of Markdown made harmless."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _word(key: str, language: Language) -> str:
    return _WORDS[key][language == "zh"]
