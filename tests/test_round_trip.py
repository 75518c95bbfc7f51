"""What is exported and imported again is the same text, ids and dates: Akoma Ntoso, the legalize format, our Markdown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.citation import Language
from kb.corpus import Corpus
from kb.exports.akn.document import export_akn
from kb.exports.legalize.history import export_history
from kb.importer.draft import make_draft
from kb.importer.formats import BY_NAME
from kb.importer.importing import Fate, prepare, store
from kb.importer.profile import Profile, parse_profile
from kb.model import Dates, Regulation, Version
from kb.source.loader import load_corpus
from kb.source.storage import write_regulation

Said = dict[str, tuple[Dates, tuple[tuple[str, str, str], ...]]]
WHOLE_IDS = """
language: "{language}"
id: "{identifier}"
title: "{title}"
issuer: "{department}"
number: "{number}"
source: "{source}"
text: restatement
dates: {effective: effective_from|effective|version, expires: effective_until, published: publication_date, ends: inclusive}
"""


def said(versions: Iterator[Version] | tuple[Version, ...], language: Language) -> Said:
    """What Versions say in a language: their days, and anchor, heading and body of each provision."""
    return {
        version.label: (
            Dates(version.dates.effective, version.dates.expires),
            tuple(
                (one.anchor, text.heading, text.body)
                for one in version.provisions
                for text in one.texts
                if text.language == language
            ),
        )
        for version in versions
    }


def brought_in(source: Path, form: str, profile: Profile | None = None) -> dict[str, Regulation]:
    """Import a source and return its Regulations; every Problem fails the test."""
    chosen = profile or BY_NAME[form].own_profile()
    drafts = [make_draft(gathered, chosen) for gathered in BY_NAME[form].gather(source, chosen)]
    assert [str(problem) for draft in drafts for problem in draft.problems if not problem.loads] == []
    return {draft.id: draft.regulation for draft in drafts if draft.regulation}


def test_the_whole_corpus_as_akoma_ntoso_comes_back_as_it_was(corpus: Corpus, tmp_path: Path) -> None:
    for version in corpus.versions():
        for language in version.languages:
            path = tmp_path / f"{version.regulation}.{version.label}.{language}.xml"
            path.write_bytes(export_akn(corpus.regulation(version.regulation), version, language))
    back = brought_in(tmp_path, "akn")
    assert back.keys() == {regulation.id for regulation in corpus.regulations.values() if regulation.versions}
    for id_, regulation in back.items():
        held = corpus.regulation(id_)
        assert regulation.title == held.title
        for version in regulation.versions:
            twin = held.find(version.label)
            assert twin is not None
            for language in ("en", "zh"):
                assert said((version,), language) == said((twin,), language)
            assert [(one.status, one.held, one.kind, one.sources) for one in version.provisions] == [
                (one.status, one.held, one.kind, one.sources) for one in twin.provisions
            ]
            assert (version.dates, version.text) == (twin.dates, twin.text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_orders_in_the_legalize_format_come_back_with_the_same_text_ids_and_days(
    corpus: Corpus, tmp_path: Path, language: Language
) -> None:
    orders = [regulation for regulation in corpus.regulations.values() if regulation.id.startswith("gacc-order-")]
    exported = [one for one in orders if one.versions]
    export_history(exported, language, tmp_path / "laws")
    profile = parse_profile(WHOLE_IDS, "profile.yaml")
    back = brought_in(tmp_path / "laws", "legalize", profile)
    for regulation in exported:
        assert said(back[regulation.id].versions, language) == said(regulation.versions, language), regulation.id


def test_a_law_brought_in_and_exported_in_each_format_is_brought_in_the_same(tmp_path: Path) -> None:
    text = (
        "---\nid: cn-law\nlanguage: zh\nissuer: 全国人大\neffective: 2020-01-01\n---\n# 某法\n\n## 第一章　总则\n\n"
        "**第一条** 为了规范，制定本法。\n\n**第二条** 有下列情形之一的：\n（一）甲；\n（二）乙。\n\n"
        "| 项 | 率 |\n| --- | --- |\n| 甲 | 1 |\n"
    )
    (tmp_path / "law.md").write_text(text, encoding="utf-8")
    first = brought_in(tmp_path / "law.md", "markdown")["cn-law"]
    (tmp_path / "law.xml").write_bytes(export_akn(first, first.versions[0], "zh"))
    export_history([first], "zh", tmp_path / "laws")
    profile = parse_profile(WHOLE_IDS, "profile.yaml")
    again = [brought_in(tmp_path / "law.xml", "akn"), brought_in(tmp_path / "laws", "legalize", profile)]
    write_regulation(tmp_path / "corpus", first)
    again.append(dict(load_corpus(tmp_path / "corpus").regulations))
    for found in again:
        assert said(found["cn-law"].versions, "zh") == said(first.versions, "zh")


def test_an_import_is_written_once_and_then_found_unchanged(corpus: Corpus, tmp_path: Path) -> None:
    regulation = corpus.regulation("gacc-order-251")
    (tmp_path / "order.xml").write_bytes(export_akn(regulation, regulation.versions[0], "zh"))
    profile = BY_NAME["akn"].own_profile()
    for fate in (Fate.ADDED, Fate.UNCHANGED):
        (gathered,) = BY_NAME["akn"].gather(tmp_path / "order.xml", profile)
        assert store(prepare(gathered, profile, tmp_path / "into", update=False)).fate is fate
