"""What an attacker writes into paths, parameters and forms, tried at every route and at every name that the route reads.

Routes are taken from the map of the site, and names from what it asks a request for, so that neither can be forgotten.
"""

import io
import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from addresses import PAGES, REFUSALS
from bs4 import BeautifulSoup
from conftest import ROOT
from flask import Flask
from flask.testing import FlaskClient
from test_attacks import faults_of
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from web.bounded import BoundedRequest, Given
from web.openapi.calls import CALLS
from web.openapi.examples import load_examples

OUT = "../" * 12 + "etc/passwd"
MARKS = re.compile(r"evil\.example|passwd|X-Evil")
# A file and a folder elsewhere, another site in three ways, a header and markup, and a script.
EVIL = ("evil.example", OUT, "/etc/passwd", "//evil.example/x", "https://evil.example/x",
        '"><svg onload=alert(1)>\r\nX-Evil: 1', "javascript:alert(1)")  # fmt: skip
# What stands in a path where it is not attacked: something that is there.
SOUND = {
    "id_": "gacc-order-237", "label": "2018-05-01", "day": "2019-06-01", "anchor": "art-12", "form": "txt", "number": "1",
    "line": "customs-enterprise-credit", "old": "2018-05-01", "new": "2018-05-01", "filename": "style.css",
    "rest": "cn/act/order/2018/237",
}  # fmt: skip
PART = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
SLOW = {"copies.download"}  # seconds each; it reads no parameter but the language
DISK = ("open", "os.", "shutil.", "glob.", "pathlib.", "subprocess.", "socket.connect", "socket.getaddrinfo")
NO_FORMAT = 501  # what oEmbed has a site answer to a format that it does not have
Touched = list[str]


class Spy:
    """Notes what a site asks requests for by name, and what of an attack reaches the disk, the net or another program."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.touched: Touched = []
        self.looks = False

    def hear(self, event: str, details: tuple[Any, ...]) -> None:
        if self.looks and event.startswith(DISK):
            said = " ".join(map(str, details))
            if MARKS.search(said):
                self.touched.append(f"{event} {said[:80]}")


SPY = Spy()
sys.addaudithook(SPY.hear)  # there is no way to take a hook away


class Asked(Given):
    """Parameters that note what they are asked for."""

    def get(self, key: str, default: Any = None, type: Any = None) -> Any:  # type: ignore[override]  # noqa: A002, ANN401
        SPY.names.add(key)
        return super().get(key, default, type)

    def getlist(self, key: str, *more: Any) -> Any:  # type: ignore[override]  # noqa: ANN401
        SPY.names.add(key)
        return super().getlist(key, *more)

    def __getitem__(self, key: str) -> str:
        SPY.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        SPY.names.add(str(key))
        return super().__contains__(key)


@contextmanager
def looking(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Touched]:
    """Yield what of an attack is touched; to ask whether a file is there touches it too."""
    SPY.touched = []
    with monkeypatch.context() as patched:
        patched.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)  # a fault is an answer like others here
        for name in ("stat", "lstat", "access", "readlink"):
            patched.setattr(os, name, noting(name, getattr(os, name)))
        SPY.looks = True
        try:
            yield SPY.touched
        finally:
            SPY.looks = False


def noting(name: str, do: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of the system that notes what it is asked."""

    def note(path: Any, *more: Any, **named: Any) -> Any:  # noqa: ANN401
        SPY.hear(f"os.{name}", (path,))
        return do(path, *more, **named)

    return note


def addresses_of(app: Flask, method: str) -> dict[str, list[str]]:
    """Return sound addresses of each rule: two of those that are known, or one made up."""
    made = {
        rule.rule: [PART.sub(lambda part: SOUND[part[1]], rule.rule)]
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ()) and rule.endpoint not in SLOW
    }
    site, known = app.url_map.bind("localhost"), defaultdict[str, list[str]](list)
    examples = [one.address for each in load_examples().values() for one in each]
    for address in (*PAGES, *REFUSALS, *examples):
        try:
            rule, _ = site.match(urlsplit(address).path, method, return_rule=True)
            known[rule.rule].append(address)
        except HTTPException:
            continue
    return {rule: known[rule][:2] or addresses for rule, addresses in made.items()}


def names_read(monkeypatch: pytest.MonkeyPatch, ask: Callable[[], TestResponse]) -> set[str]:
    """Return the names that a request is asked for while it is answered."""
    SPY.names = set()
    with monkeypatch.context() as patched:
        patched.setattr(BoundedRequest, "parameter_storage_class", Asked)
        ask().close()
    return set(SPY.names)


def faults_in(answer: TestResponse, touched: Touched) -> list[str]:
    """Return what in an answer, or behind it, an attacker has chosen."""
    faults = [f"touched {one}" for one in touched]
    faults += [f"status {answer.status_code}"] if answer.status_code >= 500 and answer.status_code != NO_FORMAT else []
    faults += [f"header {name}" for name, value in answer.headers if name == "X-Evil" or re.search(r"[\r\n]", value)]
    faults += ["cookie"] if "Set-Cookie" in answer.headers else []
    lead = answer.headers.get("Location", "/")
    faults += [] if re.match(r"/(?![/\\])|http://localhost/", lead) else [f"led to {lead}"]
    faults += ["read a file"] if b"root:" in answer.data else []
    is_page = answer.mimetype == "text/html" and b"alert(1)" in answer.data
    return faults + (faults_of(answer.data) if is_page else [])


def attack(app: Flask, monkeypatch: pytest.MonkeyPatch, ask: Callable[[], TestResponse], what: str) -> list[str]:
    """Return the faults of an attack, each with what was asked."""
    with looking(app, monkeypatch) as touched, ask() as answer:
        return [f"{what}: {fault}" for fault in faults_in(answer, touched)]


def test_no_part_of_a_path_is_obeyed(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = []
    for rule in {rule.rule for rule in app.url_map.iter_rules()}:
        for name in PART.findall(rule):
            for evil in EVIL:
                given = {**SOUND, name: evil}
                path = PART.sub(lambda part, given=given: quote(given[part[1]], safe=""), rule)  # type: ignore[misc]
                faults += attack(app, monkeypatch, lambda path=path: client.get(path), path)  # type: ignore[misc]
    within = re.compile(rf"touched os\.\w+ {re.escape(str(ROOT / 'static'))}/(?!.*\.\.)")  # where werkzeug keeps it
    faults = [fault for fault in faults if not within.search(fault)]
    assert faults == []


def test_no_parameter_is_obeyed(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    faults, read = [], set()
    for addresses in addresses_of(app, "GET").values():
        for address in addresses:
            path, given = urlsplit(address).path, dict(parse_qsl(urlsplit(address).query))
            for name in sorted(names_read(monkeypatch, lambda address=address: client.head(address)) | declared(path)):
                read.add(name)
                for evil in EVIL:
                    attacked = f"{path}?{urlencode(given | {name: evil})}"
                    faults += attack(app, monkeypatch, lambda attacked=attacked: client.get(attacked), attacked)
    assert faults == []
    assert len(read) > 30


def declared(path: str) -> set[str]:
    """Return the names of the parameters that the API declares at a path."""
    return {name for call in CALLS for name in call.query if path.startswith("/api/v1" + call.path.partition("{")[0])}


def test_no_field_of_a_form_and_no_name_of_a_file_is_obeyed(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults, read = [], set()
    for address, *_ in addresses_of(app, "POST").values():
        names = names_read(monkeypatch, lambda address=address: client.post(address, data={"lang": "en"}))
        for name in sorted(names | fields_of(client.get(address).data) | {"file"}):
            read.add(name)
            for evil in EVIL:
                sent = ({"file": evil},) if name == "file" else ({name: evil}, {name: evil, "file": "rows.csv"})
                for given in sent:
                    faults += attack(app, monkeypatch, partial(post, client, address, given), f"{address} {given}")
    assert faults == []
    assert len(read) > 20


def post(client: FlaskClient, address: str, given: dict[str, str]) -> TestResponse:
    """Send a form; its `file` has a sound content and the name that is given."""
    file = {"file": (io.BytesIO(b"date,question\n2019-06-01,Who?\n"), given["file"])} if "file" in given else {}
    return client.post(address, data=given | file)


def fields_of(html: bytes) -> set[str]:
    """Return the names of the fields of a page's forms."""
    tags = BeautifulSoup(html, "html.parser").select("form [name]")
    return {str(tag["name"]) for tag in tags}
