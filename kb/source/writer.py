"""A Regulation to the files that hold it, in one canonical layout: the inverse of the loader.

What is written and loaded again is the same value but for places, which are those of the new files. What the format cannot
say is not bent to fit: `kb.source.storage` reads back what it is to write and refuses what would come back different.
`kb.source.prose` makes any text one that the format can say.
"""

from collections.abc import Iterable

from kb.citation import TextLanguage
from kb.errors import NotHeldError
from kb.interval import unknown_end
from kb.model import LANGUAGES, Bilingual, Correction, Provision, ProvisionText, Regulation, Relation, Status, Version
from kb.source.official_file import OFFICIAL
from kb.source.official_parts import part_official
from kb.source.provision_writer import render_provision
from kb.source.regulation_file import FILE_NAME
from kb.source.version_file import UNKNOWN
from kb.source.yaml_text import Bare, Tree, yaml_text

_NOTE_HEADINGS: dict[TextLanguage, str] = {"en": "## Reader's note {lang=en}", "zh": "## 读者说明 {lang=zh}"}


def regulation_files(regulation: Regulation) -> dict[str, str]:
    """Return the text of every file of a Regulation by its name in the folder, the same for the same value."""
    files = {FILE_NAME: render_regulation_file(regulation)}
    for version in sorted(regulation.versions, key=lambda version: version.label):
        own, officials = part_official(version)
        for language in sorted(own.languages):
            files[version_file_name(version, language)] = render_version_file(own, language)
        for official in officials:
            files[official_file_name(version, official.languages[0])] = render_version_file(official, official.languages[0])
    return files


def version_file_name(version: Version, language: TextLanguage) -> str:
    """Return the name of the file of a Version in one language."""
    return f"{version.label}.{language}.md"


def official_file_name(version: Version, language: TextLanguage) -> str:
    """Return the name of the file of the official text that stands beside a Version in one language."""
    return f"{version.label}.{language}{OFFICIAL}"


def render_regulation_file(regulation: Regulation) -> str:
    """Return the text of regulation.md."""
    front: dict[str, Tree] = {
        "id": Bare(regulation.id),
        "title": _bilingual(regulation.title),
        "short": _bilingual(regulation.short),
        "number": _bilingual(regulation.number),
        "issuer": _bilingual(regulation.issuer),
        "kind": Bare(regulation.kind),
        "status": Bare(regulation.status),
        "relations": [_relation(relation) for relation in regulation.relations],
    }
    notes = ((_NOTE_HEADINGS[language], _own(regulation.note, language)) for language in LANGUAGES)
    return _document(front, [f"{heading}\n\n{note}" for heading, note in notes if note])


def render_version_file(version: Version, language: TextLanguage) -> str:
    """Return the text of a Version's file in one language; raise NotHeldError where a Provision has no text in it."""
    front: dict[str, Tree] = {
        **_dates(version),
        "retroactive": _own(version.retroactive, language),
        "repealed_by": str(version.repealed_by or ""),
        "text": Bare(version.text),
        "basis": {name: Bare(status) for name, status in version.dates.basis},
        "sources": {source.key: {"url": source.url, "what": source.what} for source in version.sources},
        "corrections": [_correction(correction) for correction in version.corrections],
    }
    texts = ((provision, _text(version, provision, language)) for provision in version.provisions)
    return _document(front, [render_provision(provision, text, version) for provision, text in texts])


def _document(front: dict[str, Tree], parts: Iterable[str]) -> str:
    return "\n\n".join([f"---\n{yaml_text(front)}---", *parts]) + "\n"


def _dates(version: Version) -> dict[str, Tree]:
    dates = version.dates
    ended = dates.expires == unknown_end(version.interval.start)
    return {
        "promulgated": Bare(dates.promulgated or ""),
        "published": Bare(dates.published or ""),
        "effective": Bare(dates.effective or ""),
        "expires": Bare(UNKNOWN if ended else dates.expires or ""),
    }


def _bilingual(value: Bilingual) -> dict[str, Tree]:
    return {language: text for language in LANGUAGES if (text := _own(value, language))}


def _own(value: Bilingual, language: TextLanguage) -> str:
    """Return the text in that language alone; what a third one says stands where the English words do."""
    return value.zh if language == "zh" else value.en


def _relation(relation: Relation) -> dict[str, Tree]:
    return {
        "type": Bare(relation.kind),
        "target": str(relation.target or ""),
        "title": relation.title,
        "from": Bare(relation.day or ""),
        "status": Bare("" if relation.status is Status.VERIFIED else relation.status),
    }


def _correction(correction: Correction) -> dict[str, Tree]:
    return {"day": Bare(correction.day), "at": correction.anchor, **_bilingual(correction.text)}


def _text(version: Version, provision: Provision, language: TextLanguage) -> ProvisionText:
    for text in provision.texts:
        if text.language == language:
            return text
    message = f"{version.citation}#{provision.anchor} has no text in {language}."
    raise NotHeldError(message, "Give every provision of a version a text in each of its languages.")
