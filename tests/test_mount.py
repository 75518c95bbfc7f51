"""The site behind proxies, below a path and under its names."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from addresses import PAGES, REFUSALS
from bs4 import BeautifulSoup
from conftest import ROOT, TODAY
from flask import Flask
from flask.testing import FlaskClient
from serving import free_port, running, wait_for

from app import create_app
from kb.settings import Settings

NGINX = shutil.which("nginx")
needs_nginx = pytest.mark.skipif(not NGINX, reason="nginx is not installed: apt-get install nginx-light")
BELOW = {
    "X-Forwarded-Prefix": "/rules",
    "X-Forwarded-Host": "rules.example.org",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.9",
}
DATA = [
    "/api/v1/in-force?on=2019-06-01",
    "/api/v1/search?q=broker&on=2019-06-01",
    "/api/v1/compare?a=gacc-order-251&b=gacc-order-282",
    "/api/v1/history/gacc-order-251/art-30",
    "/api/v1/lines/customs-enterprise-credit",
    "/api/v1/crosswalk?on=2018-06-10",
    "/api/v1/obligations?on=2026-03-31",
    "/api/v1/changed?from=2018-01-01&to=2018-12-31",
    "/api/v1/ask?question=How+long+may+Customs+take+to+certify+an+enterprise%3F&on=2022-01-01",
    "/api/v1/regulations/gacc-order-237",
]


@pytest.fixture(scope="module", name="below")
def fixture_below(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(
        corpus=ROOT / "regulations", derived=tmp_path_factory.mktemp("below"), proxies=1, hosts="rules.example.org"
    )
    return create_app(settings, clock=lambda: TODAY).test_client()


def links_of(html: str) -> set[str]:
    """Return every address of a page that is of the site itself."""
    page = BeautifulSoup(html, "html.parser")
    found = {tag[name] for name in ("href", "src", "action", "data-suggestions") for tag in page.find_all(attrs={name: True})}
    return {link.partition("#")[0] for link in found if link.startswith("/")}


def addresses_in(value: object) -> Iterator[str]:
    """Yield every address of the site that a JSON value holds."""
    if isinstance(value, dict):
        for one in value.values():
            yield from addresses_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from addresses_in(one)
    elif isinstance(value, str) and value.startswith("/"):
        yield value


@pytest.mark.parametrize("address", [*PAGES, *REFUSALS, "/courses", "/r/wco-safe/compare/2015-06/to/2018-06"])
def test_every_link_of_a_page_stays_below_the_path(below: FlaskClient, address: str) -> None:
    links = links_of(below.get(address, headers=BELOW).text)
    assert len(links) > (0 if address.endswith("/card") else 10)
    assert [link for link in links if not link.startswith("/rules/") or link.startswith("/rules/rules")] == []


@pytest.mark.usefixtures("quick_pdfs")
def test_links_below_the_path_lead_somewhere(below: FlaskClient) -> None:
    links = {link for address in PAGES[::3] for link in links_of(below.get(address, headers=BELOW).text)}
    forms = "/rules/feeds/search.", "/rules/static/"  # what has a field to be filled in, and files, which other tests fetch
    taken_off = [link.removeprefix("/rules") for link in sorted(links) if "?" in link or not link.startswith(forms)]
    assert [link for link in taken_off if below.get(link, headers=BELOW).status_code not in (200, 302)] == []


@pytest.mark.parametrize("address", DATA)
def test_every_address_in_json_stays_below_the_path(below: FlaskClient, client: FlaskClient, address: str) -> None:
    placed = list(addresses_in(json.loads(below.get(address, headers=BELOW).data)))
    plain = list(addresses_in(json.loads(client.get(address).data)))
    assert plain
    assert placed == [f"/rules{one}" for one in plain]


@pytest.mark.parametrize("address", ["/r/gacc-order-237/on/2019-06-01", "/r/gacc-order-237/on?on=2019-06-01"])
def test_a_redirect_stays_below_the_path(below: FlaskClient, address: str) -> None:
    assert below.get(address, headers=BELOW).location.startswith("/rules/r/gacc-order-237/")


@pytest.mark.parametrize(
    "address", ["/feeds/all.atom", "/feeds/r/wco-safe.json", "/feeds/search.atom?q=broker", "/obligations.ics"]
)
def test_what_leaves_the_site_names_its_outer_address(below: FlaskClient, address: str) -> None:
    text = below.get(address, headers=BELOW).text.replace("\r\n ", "")
    found = re.findall(r"https?://(?:rules\.example\.org|localhost)[^\s\"<]*", text)
    assert found
    assert [one for one in found if not one.startswith("https://rules.example.org/rules")] == []
    assert "/rules/rules" not in text


def test_headers_of_a_proxy_are_believed_only_where_the_settings_say_so(client: FlaskClient) -> None:
    assert "/rules" not in client.get("/", headers=BELOW).text


@pytest.mark.parametrize(
    "name", ["evil.example", "rules.example.org.evil.example", "rules.example.org@evil.example", "", "a b"]
)
def test_a_site_with_names_answers_to_no_other(below: FlaskClient, name: str) -> None:
    answer = below.get("/", headers={**BELOW, "X-Forwarded-Host": name, "Host": name})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_a_page_made_for_one_name_is_never_given_out_under_another(app: Flask) -> None:
    client = app.test_client()
    first = client.get("/feeds/all.atom", headers={"Host": "one.example"}).text
    assert "one.example" in first
    assert "one.example" not in client.get("/feeds/all.atom", headers={"Host": "two.example"}).text
    page = client.get("/r/gacc-order-237/2018-05-01", headers={"Host": "one.example"}).text
    assert "one.example" in page
    assert "one.example" not in client.get("/r/gacc-order-237/2018-05-01", headers={"Host": "two.example"}).text


@pytest.mark.parametrize("address", ["/r/gacc-order-237/2018-05-01", "/r/gacc-order-237"])
def test_a_page_made_without_tls_is_never_given_out_over_tls(app: Flask, address: str) -> None:
    client = app.test_client()
    assert "http://secure.example/" in client.get(address, base_url="http://secure.example").text
    over_tls = client.get(address, base_url="https://secure.example").text
    assert ("https://secure.example/" in over_tls, "http://secure.example/" in over_tls) == (True, False)


def test_a_page_made_below_one_path_is_never_given_out_below_another(below: FlaskClient) -> None:
    for path in ("/one", "/two", ""):
        links = links_of(below.get("/r/gacc-order-282", headers={**BELOW, "X-Forwarded-Prefix": path}).text)
        below_it = {link for link in links if link.startswith(("/one/", "/two/"))}
        assert len(links) > 10
        assert below_it == {link for link in links if path and link.startswith(f"{path}/")} == (links if path else set())


def test_a_page_is_given_out_for_no_other_address(app: Flask) -> None:
    addresses = ("/regulations", "/coverage", "/in-force?on=2018-06-10", "/in-force?on=2019-06-10", "/in-force?on=2020-06-10")
    client = app.test_client()
    assert len({client.get(address).text for address in addresses}) == len(addresses)
    assert len({client.get(address).text for address in addresses}) == len(addresses)


def ask(port: int, address: str, headers: Mapping[str, str]) -> tuple[int, str, str]:
    """Return the status, the text and the place named by an answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers=dict(headers))
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, answer.headers.get("Location") or ""


def configure(folder: Path, site: str) -> Path:
    """Write what nginx needs beside the block of a site, and return the file."""
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    head = f"daemon off;\npid {folder}/pid;\nerror_log {folder}/errors;\nevents {{}}\nhttp {{\naccess_log off;\n"
    text = f"{head}{temporary}{site}\n}}\n"
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path


@needs_nginx
def test_a_real_nginx_serves_the_site_below_a_path(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path / "derived", proxies="1", hosts="rules.example.org") as server:
        block = (ROOT / "deploy" / "nginx-subpath.conf").read_text(encoding="utf-8").replace("8000", str(server.port))
        path = configure(tmp_path, f"server {{ listen 127.0.0.1:{port}; server_name rules.example.org;\n{block}\n}}")
        nginx = subprocess.Popen([NGINX or "", "-c", str(path), "-p", str(tmp_path)])
        try:
            named = {"Host": "rules.example.org", "X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example"}
            wait_for(lambda: _answers(port))
            status, text, _ = ask(port, "/rules/in-force?on=2018-06-10", named)
            links = links_of(text)
            assert (status, len(links) > 10, "evil" in text) == (200, True, False)
            assert all(link.startswith("/rules/") for link in links)
            assert [link for link in links if ask(port, link, named)[0] != 200] == []
            location = ask(port, "/rules/r/gacc-order-237/on/2019-06-01", named)[2]
            assert urlsplit(location).path == "/rules/r/gacc-order-237/2018-05-01"
            assert json.loads(ask(port, "/rules/api/v1/lines", named)[1])["lines"][0]["url"].startswith("/rules/lines/")
            assert ask(port, "/rules/metrics", named)[0] == 404
        finally:
            nginx.terminate()
            nginx.wait()


def _answers(port: int) -> bool:
    try:
        return ask(port, "/rules/healthz", {"Host": "rules.example.org"})[0] == 200
    except OSError:
        return False


@needs_nginx
def test_the_example_for_a_name_of_its_own_is_sound_and_leads_to_tls(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=rules.example.org", "-days", "2", "-nodes", "-newkey", "rsa:2048"]
    subprocess.run(
        ["openssl", "req", "-x509", *subject, "-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL
    )
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    site = site.replace("/etc/ssl/inforce/fullchain.pem", str(certificate)).replace("/etc/ssl/inforce/privkey.pem", str(key))
    site = site.replace("/var/log/nginx", str(tmp_path))
    path = configure(tmp_path, site)
    done = subprocess.run([NGINX or "", "-t", "-c", path, "-p", tmp_path], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
