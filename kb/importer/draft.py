"""All that a source holds of one Regulation to that Regulation, with a Problem for each fault.

A Regulation with a faulty document is not made at all: without one of its Versions, the days of that Version would be answered
wrongly. But a Version whose own dates leave it no day is left out alone, and named: it answers for no day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.citation import TextLanguage
from kb.importer.dated import Dating, find_dates, is_never_in_force, with_end
from kb.importer.document import Document, Gathered
from kb.importer.fields import FieldError, Template
from kb.importer.outline import SOURCE_KEY
from kb.importer.profile import Ends, Names, Profile
from kb.kinds import Held
from kb.model import LANGUAGES, Bilingual, Place, Provision, ProvisionText, Regulation, Source, Version
from kb.problems import Problem
from kb.source.merge import merge_languages
from kb.source.prose import as_line


@dataclass(frozen=True, slots=True)
class Draft:
    """A Regulation as imported, None where a fault forbids it, and the Problems with their places in the source."""

    id: str
    regulation: Regulation | None
    problems: tuple[Problem, ...] = ()


def make_draft(gathered: Gathered, profile: Profile) -> Draft:
    """Return the Regulation that the documents of one make."""
    making = _Making(gathered.id, profile, list(gathered.problems))
    versions = making.versions(gathered.documents)
    regulation = None
    if versions and all(problem.loads for problem in making.problems):
        regulation = making.regulation(versions, gathered.documents)
    if all(problem.loads for problem in making.problems):
        return Draft(gathered.id, regulation, tuple(making.problems))
    return Draft(gathered.id, None, tuple(making.problems))


class _Making:
    """The making of one Regulation; `problems` grows on the way."""

    def __init__(self, id_: str, profile: Profile, problems: list[Problem]) -> None:
        self.id = id_
        self.profile = profile
        self.problems = problems

    def versions(self, documents: Iterable[Document]) -> tuple[Version, ...]:
        """Return the Versions in the order of their first days, each in all of its languages."""
        files: dict[tuple[str, TextLanguage], Version] = {}
        for document in documents:
            self.problems += document.outline.problems
            version = self._version(document)
            if version is None:
                continue
            key = version.label, document.language
            if key in files:
                message = f"Another text of {version.citation} in the same language is {files[key].paths[0]}."
                self._fault(document, "effective", "version-again", message, "Correct the dates, or leave one out.")
            files.setdefault(key, version)
        ordered = sorted(files.values(), key=lambda version: (version.interval.start, version.label))
        merged, problems = merge_languages(_ended_by_next(ordered) if self.profile.dates.ends is Ends.NEXT else ordered)
        self.problems += problems
        return merged

    def regulation(self, versions: tuple[Version, ...], documents: Sequence[Document]) -> Regulation:
        """Return the Regulation, named as its latest documents name it."""
        newest = sorted(documents, key=self._label)[::-1]
        return Regulation(
            id=self.id,
            title=self._name(self.profile.title, newest, "title"),
            number=self._name(self.profile.number, newest, ""),
            issuer=self._name(self.profile.issuer, newest, "issuer"),
            kind=self.profile.kind,
            status=self.profile.status,
            place=Place(f"{self.id}/regulation.md"),
            versions=versions,
        )

    def _label(self, document: Document) -> str:
        return document.made.label if document.made else find_dates(document.said, self.profile.dates).label

    def _version(self, document: Document) -> Version | None:
        if document.made:
            return replace(document.made, regulation=self.id)
        dating = find_dates(document.said, self.profile.dates)
        self.problems += dating.problems
        if any(not problem.loads for problem in dating.problems):
            return None
        if is_never_in_force(dating):
            message = f"By its own dates it ends ({dating.dates.expires}) before it begins ({dating.dates.effective})."
            hint = "It is left out, and answers for no day; correct the source if that is wrong."
            self.problems.append(Problem(document.said.place(), "never-in-force", message, hint))
            return None
        return self._shell(document, dating)

    def _shell(self, document: Document, dating: Dating) -> Version:
        retroactive = dating.dates.effective and dating.dates.promulgated and dating.dates.effective < dating.dates.promulgated
        reason = self.profile.dates.retroactive if retroactive else ""
        return Version(
            regulation=self.id,
            label=dating.label,
            dates=dating.dates,
            provisions=document.outline.provisions or self._without_text(document),
            languages=(document.language,),
            text=self.profile.text,
            sources=(Source(SOURCE_KEY, self._optional(self.profile.source, document), document.said.path),),
            paths=(document.said.path,),
            retroactive=Bilingual("", reason) if document.language == "zh" else Bilingual(reason),
        )

    def _without_text(self, document: Document) -> tuple[Provision, ...]:
        """Return a Provision that stands for a text that is not there: the dates of the Version are known, and count."""
        hint = "Nothing is to be done if the source has none."
        self.problems.append(Problem(document.said.place(), "no-text", "There is no text below its title.", hint))
        title = self._optional(Template("{title}"), document) or document.said.path
        text = ProvisionText(document.language, title, document.said.place())
        held = Provision("text", "", 2, (text,), status=self.profile.status, held=Held.NONE, sources=(SOURCE_KEY,))
        return (held,)

    def _name(self, names: Names, documents: Sequence[Document], required: str) -> Bilingual:
        """Return a name in English and Chinese; where the source has it in one language alone, that stands for both."""
        if names.zh.text:
            en, zh = (self._filled(one, documents[0], required) for one in (names.en, names.zh))
        else:
            en, zh = (self._in_language(names.en, documents, language, required) for language in LANGUAGES)
            if not (en or zh):
                en = self._filled(names.en, documents[0], required)
        return Bilingual(en or zh, zh or en)

    def _in_language(self, name: Template, documents: Sequence[Document], language: str, required: str) -> str:
        newest = next((one for one in documents if one.language == language), None)
        return self._filled(name, newest, required) if newest else ""

    def _filled(self, name: Template, document: Document, required: str) -> str:
        if not required:
            return self._optional(name, document)
        try:
            filled = as_line(name.fill(document.said.fields))
        except FieldError as error:
            self._fault(document, "", f"no-{required}", f"`{required}`: {error.message}", error.hint)
            return ""
        if not filled:
            self._fault(document, "", f"no-{required}", f"`{required}` is empty.", f"Give `{required}` in the profile.")
        return filled

    def _optional(self, template: Template, document: Document) -> str:
        try:
            return as_line(template.fill(document.said.fields))
        except FieldError:
            return ""

    def _fault(self, document: Document, key: str, check: str, message: str, hint: str) -> None:
        self.problems.append(Problem(document.said.place(key), check, message, hint, loads=False))


def _ended_by_next(versions: Sequence[Version]) -> list[Version]:
    """Return the files of Versions, each ending where the next Version begins."""
    labels = sorted({version.label: version.interval.start for version in versions}.items(), key=lambda one: (one[1], one[0]))
    ends = {label: start for (label, _), (_, start) in pairwise(labels)}
    return [
        replace(version, dates=with_end(version.dates, ends[version.label])) if version.label in ends else version
        for version in versions
    ]
