"""Whatever a source holds, an import ends with regulations and Problems, never with a crash."""

import json
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import KbError
from kb.importer.bounds import UnreadableError
from kb.importer.formats import BY_NAME
from kb.importer.importing import Fate, prepare, store
from kb.importer.patience import patience
from kb.importer.profile import Profile, ProfileError, parse_profile
from kb.source.loader import load_corpus

PROFILE = """language: en
id: "{id|file}"
title: "{title|file}"
issuer: x
dates: {effective: from, expires: to, promulgated: made, ends: inclusive, not_before: "2000", open: [none], unfixed: [tbd]}
body: text
"""
ITEMS = PROFILE.replace("body: text", "items: {anchor: id, body: text, heading: h}").replace("{id|file}", "{doc}")
VALUES = st.one_of(
    st.sampled_from(
        [
            "en",
            "zh",
            "2020-01-01",
            "2020",
            "2019-02-30",
            "0001-01-01",
            "9999-12-31",
            "9999-12-30",
            "none",
            "tbd",
            "../x",
            "a",
            "lines",
        ]
    ),
    st.text(max_size=12),
    st.dates().map(str),
)
KEYS = st.sampled_from(["lang", "id", "title", "from", "to", "made", "text", "h", "doc", "x"])
PIECES = ("# a\n", "第一条　甲\n", "## § 1 x\n", "**Key facts**\n", "> q\n", "{#a}\n", "\n", "```\n", "\x85", "\x00", "\u2028")
WORDS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES)).map("".join))
FRONTS = st.dictionaries(KEYS, VALUES, max_size=6)
FILES = st.one_of(
    st.binary(max_size=200),
    st.builds(lambda front, words: f"---\n{yaml(front)}\n---\n{words}".encode("utf-8", "replace"), FRONTS, WORDS),
    st.builds(lambda front, words: f"---\n{front}\n---\n{words}".encode("utf-8", "replace"), st.text(max_size=60), WORDS),
)
JSON = st.recursive(
    st.one_of(VALUES, st.none(), st.booleans(), st.floats(), st.integers()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(KEYS, st.text(max_size=5)), inner, max_size=5)
    ),
)
LISTS = st.one_of(
    st.binary(max_size=100),
    st.builds(
        lambda value: json.dumps(value).encode(), st.one_of(JSON, st.lists(st.dictionaries(KEYS, JSON, max_size=6), max_size=4))
    ),
)
BOUNDED = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def yaml(front: dict[str, str]) -> str:
    return "\n".join(f"{key}: {json.dumps(value)}" for key, value in front.items())


def import_all(format_: str, name: str, contents: list[bytes], profile: Profile) -> None:
    """Import files; what is written must be loaded without a Problem, and what is not must be named."""
    with tempfile.TemporaryDirectory() as folder:
        source, into = Path(folder) / "en", Path(folder) / "corpus"
        source.mkdir()
        into.mkdir()
        for number, content in enumerate(contents):
            (source / f"{chr(97 + number)}{name}").write_bytes(content)
        ready = (prepare(gathered, profile, into, update=False) for gathered in BY_NAME[format_].gather(source, profile))
        done = [store(one) for one in ready]
        assert all(one.problems for one in done if one.fate is Fate.LEFT_OUT)
        corpus = load_corpus(into)
        assert corpus.problems == ()
        assert set(corpus.regulations) == {one.draft.id for one in done if one.fate in (Fate.ADDED, Fate.UNCHANGED)}


@BOUNDED
@given(st.lists(FILES, min_size=1, max_size=3))
def test_any_markdown_is_a_regulation_or_a_problem(contents: list[bytes]) -> None:
    import_all("markdown", ".md", contents, parse_profile(PROFILE, "p.yaml"))


@BOUNDED
@given(
    st.lists(
        st.one_of(st.binary(max_size=100), WORDS.map(lambda text: text.encode("utf-8", "replace"))), min_size=1, max_size=3
    )
)
def test_any_plain_text_is_a_regulation_or_a_problem(contents: list[bytes]) -> None:
    import_all("text", ".txt", contents, parse_profile(PROFILE, "p.yaml"))


@BOUNDED
@given(st.lists(LISTS, min_size=1, max_size=3), st.sampled_from([PROFILE, ITEMS]), st.sampled_from([".json", ".jsonl"]))
def test_any_json_is_a_regulation_or_a_problem(contents: list[bytes], profile: str, ending: str) -> None:
    import_all("jsonl", ending, contents, parse_profile(profile, "p.yaml"))


@BOUNDED
@given(
    st.one_of(st.text(max_size=200), st.builds(lambda key, value: PROFILE + f"{key}: {value}\n", KEYS, st.text(max_size=30)))
)
def test_any_profile_is_one_or_is_refused(text: str) -> None:
    with suppress(ProfileError):
        assert parse_profile(text, "p.yaml").dates.keys


def read_for_ever() -> None:
    while True:
        parse_profile(PROFILE, "p.yaml")


def test_a_text_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnreadableError, match="Reading it took more than"), patience(0.05):
        read_for_ever()


@pytest.mark.parametrize("content", [b"", b"# v2 git bundle\n", b"# v3 git bundle\n@object-format=sha1\n", b"\x00" * 100])
def test_any_file_is_a_bundle_or_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.bundle").write_bytes(content)
    with pytest.raises(KbError):
        next(BY_NAME["legalize"].gather(tmp_path / "x.bundle", BY_NAME["legalize"].own_profile()))
