"""A random corpus written by the writer and read by the loader is equal, and its layout is canonical."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from random_corpora import LINES, corpora

from kb.model import Regulation
from kb.source.likewise import find_difference, placeless
from kb.source.loader import load_corpus
from kb.source.prose import as_body
from kb.source.storage import write_regulation
from kb.source.writer import regulation_files

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=50, suppress_health_check=SLOW)
@given(corpora())
def test_what_is_written_is_read_back_the_same(regulations: tuple[Regulation, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for regulation in regulations:
            write_regulation(Path(folder), regulation)
        loaded = load_corpus(Path(folder))
    assert loaded.problems == ()
    assert sorted(loaded.regulations) == sorted(regulation.id for regulation in regulations)
    for regulation in regulations:
        again = loaded.regulations[regulation.id]
        assert not find_difference(placeless(regulation), placeless(again), regulation.id)
        assert regulation_files(again) == regulation_files(regulation)


@given(LINES)
def test_prose_keeps_every_mark_of_a_text_and_is_done_once(text: str) -> None:
    body = as_body(text)
    assert as_body(body) == body
    marks = str.maketrans("", "", "\\*_")
    assert "".join(body.translate(marks).split()) == "".join(text.translate(marks).split())
