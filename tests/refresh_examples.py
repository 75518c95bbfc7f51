"""The examples in the description of the API, asked again: `python tests/refresh_examples.py` after the corpus has changed."""

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from flask.testing import FlaskClient

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from app import create_app  # noqa: E402 - a script stands outside the packages
from kb.settings import Settings  # noqa: E402
from web.openapi.examples import FOLDER, Example, load_examples  # noqa: E402


def ask(client: FlaskClient, example: Example) -> object:
    method = "POST" if example.body else "GET"
    response = client.open(example.address, method=method, data=example.body or None, content_type=example.media or None)
    assert response.status_code == example.status, (example.address, response.get_data(as_text=True))
    return response.get_json()


def shorten(value: object) -> object:
    """The first entry of every list, but each answer of a batch."""
    if isinstance(value, list):
        return [_shorten(one) for one in value]
    return _shorten(value)


def _shorten(value: object) -> object:
    if isinstance(value, list):
        return [_shorten(one) for one in value[:1]]
    return {key: _shorten(one) for key, one in value.items()} if isinstance(value, dict) else value


def is_part(example: object, answer: object) -> bool:
    """Whether an answer says all that the example says, and only its lists are longer."""
    if isinstance(example, dict) and isinstance(answer, dict):
        return example.keys() == answer.keys() and all(is_part(one, answer[key]) for key, one in example.items())
    if isinstance(example, list) and isinstance(answer, list):
        is_started = bool(example) == bool(answer)
        return is_started and all(is_part(*pair) for pair in zip(example, answer, strict=False))
    return bool(example == answer)


def main() -> None:
    client = create_app(Settings(corpus=ROOT / "regulations", derived=Path(tempfile.mkdtemp()))).test_client()
    for id_, examples in load_examples().items():
        fresh = [asdict(one) | {"answer": shorten(ask(client, one))} for one in examples]
        (FOLDER / f"{id_}.json").write_text(json.dumps(fresh, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
