"""What may be kept, what is asked for again, and who may read."""

import pytest
from flask.testing import FlaskClient

DAY = "/api/v1/in-force?on=2019-06-01&lang=en"
CLOSED = "/api/v1/regulations/gacc-order-237/versions/2018-05-01"
OPEN = "/api/v1/regulations/gacc-order-282/versions/2026-04-01"
ADDRESSES = [
    DAY,
    CLOSED,
    OPEN,
    "/",
    "/r/gacc-order-237/2018-05-01",
    "/api/openapi.json",
    "/feeds/all.atom",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_client_has_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_answer_has_another_etag(client: FlaskClient, address: str) -> None:
    stale = client.get(address, headers={"If-None-Match": '"another"'})
    assert (stale.status_code, bool(stale.data)) == (200, True)


def test_one_day_is_not_another(client: FlaskClient) -> None:
    assert client.get(DAY).headers["ETag"] != client.get(DAY.replace("2019", "2018")).headers["ETag"]


def test_the_text_of_a_version_that_is_over_is_kept_and_no_other(client: FlaskClient) -> None:
    assert client.get(CLOSED).headers["Cache-Control"] == "public, max-age=86400, immutable"
    for address in (OPEN, DAY, "/r/gacc-order-237/2018-05-01", "/api/v1/provisions/gacc-order-237/art-8?on=2019-01-01"):
        assert client.get(address).headers["Cache-Control"] == "no-cache"


def test_a_refusal_is_asked_for_again_and_has_no_etag(client: FlaskClient) -> None:
    refused = client.get("/api/v1/provisions/gacc-order-237/art-8?on=2022-01-01")
    assert (refused.status_code, refused.headers["Cache-Control"], "ETag" in refused.headers) == (404, "no-cache", False)


def test_the_language_is_part_of_what_is_kept(client: FlaskClient) -> None:
    english, chinese = (client.get("/api/v1/lines", headers={"Accept-Language": one}) for one in ("en", "zh"))
    assert english.headers["ETag"] != chinese.headers["ETag"]
    assert "Accept-Language" in english.headers["Vary"]


def test_a_page_elsewhere_may_read_and_only_read(client: FlaskClient) -> None:
    asked = {"Origin": "https://example.org"}
    assert client.get(DAY, headers=asked).headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options(DAY, headers=asked | {"Access-Control-Request-Method": "GET"})
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Methods"]) == (200, "GET, HEAD, OPTIONS")
    assert "Access-Control-Allow-Credentials" not in preflight.headers
    assert "Access-Control-Allow-Origin" not in client.post("/api/v1/in-force", json=["2019-01-01"], headers=asked).headers


def test_a_head_says_what_a_get_would(client: FlaskClient) -> None:
    head, get = client.head(DAY), client.get(DAY)
    assert (head.status_code, head.headers["ETag"], head.data) == (200, get.headers["ETag"], b"")


def test_what_cannot_be_had_is_refused_with_what_can(client: FlaskClient) -> None:
    refused = client.get(DAY, headers={"Accept": "image/png"})
    assert (refused.status_code, refused.mimetype) == (406, "application/problem+json")
    assert "application/json" in refused.get_json()["detail"]
    assert client.get(DAY, headers={"Accept": "image/png, */*;q=0.1"}).mimetype == "application/json"


@pytest.mark.parametrize(
    "address", [CLOSED, "/api/v1/provisions/gacc-order-237/art-8?on=2019-01-01", "/r/gacc-order-237/2018-05-01"]
)
def test_a_text_is_had_as_markdown(client: FlaskClient, address: str) -> None:
    markdown = client.get(address, headers={"Accept": "text/markdown, application/json;q=0.5"})
    assert (markdown.status_code, markdown.mimetype) == (200, "text/markdown")
    assert "Abnormal-information list" in markdown.get_data(as_text=True)
    assert "Accept" in markdown.headers["Vary"].split(", ")
    assert markdown.headers["ETag"] != client.get(address).headers["ETag"]
    assert "Accept" in client.get(address).headers["Vary"].split(", ")


def test_a_day_on_which_it_did_not_apply_gets_that_answer_as_markdown_too(client: FlaskClient) -> None:
    refused = client.get("/api/v1/provisions/gacc-order-237/art-8?on=2022-01-01", headers={"Accept": "text/markdown"})
    assert (refused.status_code, refused.mimetype) == (404, "application/problem+json")
    assert refused.get_json()["type"] == "urn:inforce:problem:not-in-force"
