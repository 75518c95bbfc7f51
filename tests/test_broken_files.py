"""Every fault that an editor may make, and the Problem it must give: the check, the file and the line."""

from dataclasses import dataclass

import pytest
from conftest import WriteCorpus

from kb.checks import check_corpus
from kb.source.loader import load_corpus

REGULATION = """=== {id}/regulation.md
---
id: {id}
title: {{en: Rule {id}, zh: 规定}}
issuer: {{en: GACC, zh: 海关总署}}
kind: order
status: verified
---
"""
VERSION = """=== {id}/{label}.en.md
---
promulgated: 2017-12-01
effective: {label}
{dates}text: restatement
basis: {{effective: verified}}
sources:
  a: {{url: "https://example.org/a", what: the text}}
---

## Article 1 Scope {{#art-1 kind=scope status=verified source=a}}

It covers everything.
"""


def regulation(id_: str) -> str:
    return REGULATION.format(id=id_)


def version(id_: str, label: str, dates: str = "") -> str:
    return VERSION.format(id=id_, label=label, dates=dates)


SOUND = regulation("old") + version("old", "2018-01-01", "expires: 2020-01-01\nrepealed_by: new\n")
SOUND += "=== vocabulary.yaml\nactors: {customs: {en: Customs, zh: 海关}}\n"
SOUND += regulation("new") + version("new", "2020-01-01")
LINE = """=== lines/subject.yaml
id: subject
title: {en: Subject, zh: 主题}
members:
  - regulation: old
  - regulation: new
transitions:
  - id: clock
    title: {en: Clock, zh: 起算}
    text: {en: The clock runs on., zh: 连续计算。}
    start: 2020-01-01
    into: new
    citation: new#art-1
    status: verified
concordances:
  - from: old
    to: new
    rows:
      - from: [art-1]
        to: [art-1]
        relation: same
        status: verified
"""


IN_CHINESE = version("new", "2020-01-01").replace(".en.md", ".zh.md")


@dataclass(frozen=True)
class Fault:
    """Replace `old` by `new` in the sound corpus, and the check finds it at `place`."""

    check: str
    place: str
    old: str
    new: str


FAULTS = [
    Fault("transition-dates", "lines/subject.yaml:7", "start: 2020-01-01\n", "start: 2020-01-01\n    end: 2019-12-31\n"),
    Fault("transition-dates", "lines/subject.yaml:7", "into: new", "into: old"),
    Fault("front-matter", "new/2020-01-01.en.md:1", "=== new/2020-01-01.en.md\n---", "=== new/2020-01-01.en.md\n--"),
    Fault("yaml", "new/2020-01-01.en.md:6", "basis: {effective: verified}", "basis: {effective: verified"),
    Fault("unknown-key", "old/2018-01-01.en.md:4", "expires: 2020-01-01", "expire: 2020-01-01"),
    Fault("unknown-value", "new/2020-01-01.en.md:4", "text: restatement", "text: gossip"),
    Fault("impossible-date", "old/2018-01-01.en.md:4", "expires: 2020-01-01", "expires: 2020-02-30"),
    Fault("impossible-date", "old/2018-01-01.en.md:4", "expires: 2020-01-01", "expires: 9999-12-31"),
    Fault("impossible-date", "old/2018-01-01.en.md:4", "expires: 2020-01-01", "expires: 2017-01-01"),
    Fault(
        "effective-before-promulgated", "new/2020-01-01.en.md:3", "2017-12-01\neffective: 2020", "2021-12-01\neffective: 2020"
    ),
    Fault("file-name", "new/2020-01-01.en.md:3", "effective: 2020-01-01", "effective: 2020-02-01"),
    Fault("file-name", "new/2020-01-1.en.md:1", "=== new/2020-01-01.en.md", "=== new/2020-01-1.en.md"),
    Fault("file-name", "new/2020-02-30.en.md:1", "=== new/2020-01-01.en.md", "=== new/2020-02-30.en.md"),
    Fault("missing-value", "new/regulation.md:2", "id: new\ntitle", "id:\ntitle"),
    Fault(
        "missing-value",
        "new/regulation.md:4",
        "issuer: {en: GACC, zh: 海关总署}\nkind: order\nstatus: verified\n---",
        "issuer: {en: GACC}\nkind: order\nstatus: verified\n---",
    ),
    Fault("regulation-id", "new/regulation.md:2", "id: new", "id: newer"),
    Fault("orphan-version", "new/2020-01-01.en.md:1", "=== new/regulation.md", "=== newer/regulation.md"),
    Fault("missing-anchor", "new/2020-01-01.en.md:10", " {#art-1 kind=scope status=verified source=a}", ""),
    Fault("stray-text", "new/2020-01-01.en.md:9", "---\n\n## Article", "---\nStray.\n## Article"),
    Fault("malformed-heading", "new/2020-01-01.en.md:10", "## Article 1 Scope", "##Article 1 Scope"),
    Fault("malformed-heading", "new/2020-01-01.en.md:10", "## Article 1 Scope", "####### Article 1 Scope"),
    Fault("malformed-anchor", "new/2020-01-01.en.md:10", "#art-1 ", "#Art_1 "),
    Fault("stray-text", "new/2020-01-01.en.md:15", "It covers everything.", "Everything.\n\n**Key facts**\nTwo:\n- 1"),
    Fault("stray-text", "new/regulation.md:8", "status: verified\n---", "status: verified\n---\nA note."),
    Fault(
        "duplicate-anchor",
        "new/2020-01-01.en.md:14",
        "everything.",
        "everything.\n\n## Article 2 {#art-1 status=verified source=a}\n\nTwice.",
    ),
    Fault("provision-without-status", "new/2020-01-01.en.md:10", "status=verified source=a}", "source=a}"),
    Fault("provision-without-source", "new/2020-01-01.en.md:10", "status=verified source=a}", "status=recalled}"),
    Fault("verified-without-source", "new/2020-01-01.en.md:10", "source=a}", "source=none}"),
    Fault("unknown-source", "new/2020-01-01.en.md:10", "source=a}", "source=b}"),
    Fault(
        "unknown-value",
        "new/2020-01-01.en.md:10",
        "kind=scope status=verified source=a}",
        "kind=scop status=verified source=a}",
    ),
    Fault(
        "unknown-key",
        "new/2020-01-01.en.md:10",
        "kind=scope status=verified source=a}",
        "kinds=scope status=verified source=a}",
    ),
    Fault("malformed-citation", "new/2020-01-01.en.md:14", "everything.", "everything.\n\n**See also:** Art nine"),
    Fault("dangling-citation", "new/2020-01-01.en.md:10", "everything.", "everything.\n\n**See also:** #art-9"),
    Fault(
        "dangling-relation",
        "new/regulation.md:1",
        "status: verified\n---",
        "status: verified\nrelations: [{type: repeals, target: ghost}]\n---",
    ),
    Fault("dangling-relation", "old/2018-01-01.en.md:1", "repealed_by: new", "repealed_by: ghost"),
    Fault("repeal-date", "old/2018-01-01.en.md:1", "expires: 2020-01-01", "expires: 2019-12-31"),
    Fault("repeal-without-end", "old/2018-01-01.en.md:1", "expires: 2020-01-01\n", ""),
    Fault("line-gap", "lines/subject.yaml:1", "expires: 2020-01-01\nrepealed_by: new\n", "expires: 2019-12-31\n"),
    Fault("line-overlap", "lines/subject.yaml:1", "expires: 2020-01-01\nrepealed_by: new\n", "expires: 2020-01-02\n"),
    Fault("version-overlap", "new/regulation.md:1", "=== lines/", version("new", "2021-01-01") + "=== lines/"),
    Fault("dangling-member", "lines/subject.yaml:1", "  - regulation: new", "  - regulation: newer"),
    Fault("dangling-citation", "lines/subject.yaml:7", "citation: new#art-1", "citation: new#art-7"),
    Fault("missing-article", "lines/subject.yaml:18", "        to: [art-1]", "        to: [art-7]"),
    Fault("unknown-value", "lines/subject.yaml:20", "relation: same", "relation: similar"),
    Fault("missing-value", "lines/subject.yaml:7", "    start: 2020-01-01\n", ""),
    Fault("line-id", "lines/subject.yaml:1", "id: subject", "id: subjects"),
    Fault("draft-with-text", "new/regulation.md:1", "kind: order\nstatus: verified\n---", "kind: draft\nstatus: verified\n---"),
    Fault("provision-dates", "old/2018-01-01.en.md:12", "source=a}", "source=a effective=2022-01-01}"),
    Fault(
        "languages-disagree",
        "new/2020-01-01.zh.md:1",
        "=== lines/",
        IN_CHINESE.replace("text:", "expires: 2025-01-01\ntext:") + "=== lines/",
    ),
    Fault(
        "languages-disagree", "new/2020-01-01.zh.md:10", "=== lines/", IN_CHINESE.replace("{#art-1", "{#art-2") + "=== lines/"
    ),
    Fault(
        "languages-disagree",
        "new/2020-01-01.zh.md:10",
        "=== lines/",
        IN_CHINESE.replace("kind=scope", "kind=final") + "=== lines/",
    ),
    Fault("missing-language", "old/2018-01-01.en.md:1", "=== lines/", IN_CHINESE + "=== lines/"),
    Fault("unknown-value", "new/2020-01-01.en.md:10", "source=a}", "source=a actors=ghost}"),
]


def test_the_sound_corpus_has_no_problem(write_corpus: WriteCorpus) -> None:
    assert check_corpus(load_corpus(write_corpus(SOUND + LINE))) == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.check} {fault.new[:30].strip()!r}")
def test_a_planted_fault_is_found_where_it_stands(fault: Fault, write_corpus: WriteCorpus) -> None:
    outline = SOUND + LINE
    assert fault.old in outline, "the fault must change something"
    position = outline.rindex(fault.old) if fault.place.startswith("new") else outline.index(fault.old)
    broken = outline[:position] + fault.new + outline[position + len(fault.old) :]
    problems = check_corpus(load_corpus(write_corpus(broken)))
    assert (fault.check, fault.place) in [(problem.check, str(problem.place)) for problem in problems], problems


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.check} {fault.new[:30].strip()!r}")
def test_every_problem_says_what_to_do(fault: Fault, write_corpus: WriteCorpus) -> None:
    problems = check_corpus(load_corpus(write_corpus((SOUND + LINE).replace(fault.old, fault.new))))
    assert problems
    assert all(problem.message.endswith((".", "?")) and problem.hint for problem in problems)


def test_a_file_that_is_not_utf_8_is_named(write_corpus: WriteCorpus) -> None:
    root = write_corpus(SOUND + LINE)
    (root / "new" / "2020-01-01.en.md").write_bytes("---\neffective: 2020-01-01\n---\n规定".encode("gb18030"))
    assert [(p.check, str(p.place)) for p in load_corpus(root).problems] == [("encoding", "new/2020-01-01.en.md:1")]


def test_a_broken_file_is_left_out_and_the_rest_loads(write_corpus: WriteCorpus) -> None:
    corpus = load_corpus(write_corpus((SOUND + LINE).replace("expires: 2020-01-01", "expire: 2020-01-01")))
    assert corpus.regulation("old").versions == ()
    assert [version.label for version in corpus.regulation("new").versions] == ["2020-01-01"]
    assert [str(problem.place) for problem in corpus.left_out(["old"])] == ["old/2018-01-01.en.md:4"]


def test_a_transition_that_begins_too_late_is_left_out_and_its_line_loads(write_corpus: WriteCorpus) -> None:
    corpus = load_corpus(write_corpus(SOUND + LINE.replace("into: new", "into: old")))
    assert [member.regulation for member in corpus.line("subject").members] == ["old", "new"]
    assert (corpus.line("subject").transitions, len(corpus.without_days)) == ((), 1)
