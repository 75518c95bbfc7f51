"""What is exported and imported again is the same text, ids and dates: Akoma Ntoso, the legalize format, our Markdown."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import ROOT

from kb.citation import Language, TextLanguage
from kb.corpus import Corpus
from kb.exports.akn.document import export_akn
from kb.exports.legalize.history import export_history
from kb.exports.legalize.text import country_of
from kb.importer.draft import make_draft
from kb.importer.formats import BY_NAME
from kb.importer.importing import Fate, prepare, store
from kb.importer.profile import Profile, parse_profile
from kb.interval import Interval
from kb.model import Regulation, Version
from kb.source.loader import load_corpus
from kb.source.storage import write_regulation

Said = list[tuple[Interval, tuple[tuple[str, str, str], ...]]]
CORPORA = Path(os.environ.get("INFORCE_CORPORA", ROOT.parent / "shared" / "corpora"))
OURS = parse_profile(
    (ROOT / "docs" / "exporting.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0], "ours.yaml"
)
EE = ROOT / "tests" / "oracle" / "profiles" / "legalize-ee.yaml"
TRADEMARK = """
language: zh
id: "cn-{folder}"
issuer: {en: National People's Congress, zh: 全国人民代表大会}
unit: folder
only: ^trademark-law/README
dates: {promulgated: adopted, not_before: 1982}
"""


def said(versions: Iterable[Version], language: TextLanguage) -> Said:
    """What Versions say in a language, in order: their days, and anchor, heading and body of each provision."""
    found = [
        (
            version.interval,
            tuple(
                (one.anchor, text.heading, text.body)
                for one in version.provisions
                for text in one.texts
                if text.language == language
            ),
        )
        for version in versions
    ]
    return sorted(found, key=lambda one: one[0].start)


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


@pytest.mark.parametrize("country", ["cn", "xx"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_whole_corpus_in_the_legalize_format_comes_back_with_the_same_text_ids_and_days(
    corpus: Corpus, tmp_path: Path, language: Language, country: str
) -> None:
    laws = [one for one in corpus.regulations.values() if one.versions and country_of(one) == country]
    assert export_history(laws, language, tmp_path / "laws") >= len(laws)
    back = brought_in(tmp_path / "laws", "legalize", OURS)
    for regulation in laws:
        assert said(back[regulation.id].versions, language) == said(regulation.versions, language), regulation.id


def test_a_law_brought_in_and_exported_in_each_format_is_brought_in_the_same(tmp_path: Path) -> None:
    text = (
        "---\nid: cn-law\nlanguage: zh\nissuer: 全国人大\neffective: 2020-01-01\n---\n# 某法\n\n## 第一章　总则\n\n"
        "**第一条** 为了规范，制定本法。\n\n**第二条** 有下列情形之一的：\n（一）甲；\n（二）乙。\n\n"
        "| 项 | 率 |\n| --- | --- |\n| 甲 | 1 |\n"
    )
    (tmp_path / "law.md").write_text(text, encoding="utf-8")
    first = brought_in(tmp_path / "law.md", "markdown")["cn-law"]
    assert_kept(first, "zh", tmp_path)


def assert_kept(first: Regulation, language: TextLanguage, folder: Path) -> None:
    """Export a Regulation in each format, import it again, and compare."""
    for version in first.versions:
        (folder / f"{version.label}.xml").write_bytes(export_akn(first, version, language))
    export_history([first], language, folder / "laws")
    write_regulation(folder / "corpus", first)
    for found in (
        brought_in(folder, "akn"),
        brought_in(folder / "laws", "legalize", OURS),
        load_corpus(folder / "corpus").regulations,
    ):
        assert said(found[first.id].versions, language) == said(first.versions, language)


def test_a_law_of_just_laws_comes_back_the_same_from_each_format(tmp_path: Path) -> None:
    source = CORPORA / "just-laws" / "docs" / "civil-and-commercial"
    if not source.is_dir():
        pytest.skip(f"{source} is not there; set INFORCE_CORPORA")
    (law,) = brought_in(source, "markdown", parse_profile(TRADEMARK, "just-laws.yaml")).values()
    assert len(law.versions[0].provisions) > 70
    assert_kept(law, "zh", tmp_path)


def test_a_law_of_the_legalize_sample_comes_back_the_same_from_each_format(tmp_path: Path) -> None:
    source = CORPORA / "legalize-ee-subset.bundle"
    if not source.is_file():
        pytest.skip(f"{source} is not there; set INFORCE_CORPORA")
    profile = parse_profile(EE.read_text(encoding="utf-8").replace("only: ^ee/", "only: ^ee/11211|^ee/106062014024"), EE.name)
    laws = [law for law in brought_in(source, "legalize", profile).values() if len(law.versions) > 1]
    assert laws
    for law in laws:
        (tmp_path / law.id).mkdir()
        assert_kept(law, "et", tmp_path / law.id)


def test_an_import_is_written_once_and_then_found_unchanged(corpus: Corpus, tmp_path: Path) -> None:
    regulation = corpus.regulation("gacc-order-251")
    (tmp_path / "order.xml").write_bytes(export_akn(regulation, regulation.versions[0], "zh"))
    profile = BY_NAME["akn"].own_profile()
    for fate in (Fate.ADDED, Fate.UNCHANGED):
        (gathered,) = BY_NAME["akn"].gather(tmp_path / "order.xml", profile)
        assert store(prepare(gathered, profile, tmp_path / "into", update=False)).fate is fate
