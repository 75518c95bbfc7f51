"""What several tests need: the shipped corpus, a site over it on a fixed day, and small corpora written as outlines."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings

from app import create_app
from kb.corpus import Corpus
from kb.settings import Settings
from kb.source.loader import load_corpus

hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")

ROOT = Path(__file__).parents[1]
TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)

WriteCorpus = Callable[[str], Path]


@pytest.fixture(scope="session", name="corpus")
def fixture_corpus() -> Corpus:
    return load_corpus(ROOT / "regulations")


@pytest.fixture(scope="session", name="app")
def fixture_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    settings = Settings(corpus=ROOT / "regulations", derived=tmp_path_factory.mktemp("derived"))
    return create_app(settings, clock=lambda: TODAY)


@pytest.fixture(name="client")
def fixture_client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(name="write_corpus")
def fixture_write_corpus(tmp_path: Path) -> WriteCorpus:
    """Write files given as one text, each headed by `=== path`, below a new folder, and return it."""

    def write(outline: str) -> Path:
        root = tmp_path / "corpus"
        for part in outline.split("=== ")[1:]:
            name, _, text = part.partition("\n")
            path = root / name.strip()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root

    return write
