"""As much as a request may hold, in every parameter of every route: it is answered or refused soon, and is never a fault."""

from functools import partial
from time import process_time
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from test_every_route import addresses_of, attack, declared, names_read

# Words, digits, numerals and the signs of a query, as many as a line of a request may have, and the ends of the calendar.
MUCH = (
    "x" * 8_000, "a " * 4_000, "9" * 8_000, "百" * 2_600, '("a" OR ' * 900, "9999-12-30", "0001-01-01", "٣", ["x"] * 1_000,
)  # fmt: skip
LONGEST = 2.0  # seconds of work


def test_no_parameter_takes_long_or_fails_however_much_it_holds(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = []
    for addresses in addresses_of(app, "GET").values():
        path, given = urlsplit(addresses[0]).path, dict(parse_qsl(urlsplit(addresses[0]).query))
        names = names_read(monkeypatch, partial(client.head, addresses[0])) | declared(path)
        for name in sorted(names):
            for much in MUCH:
                attacked = f"{path}?{urlencode(given | {name: much}, doseq=True)}"
                start = process_time()
                faults += attack(app, monkeypatch, partial(client.get, attacked), attacked[:80])
                took = process_time() - start
                faults += [f"{attacked[:80]}: took {took:.1f} s"] if took > LONGEST else []
    assert faults == []


@pytest.mark.parametrize("citation", ["Order 237 Art. 12, ", "第237号令第十二条，", "Art. 1, ", "(", "1", "x "])
def test_a_text_that_is_all_citations_is_not_answered_by_a_hundred_times_as_much(client: FlaskClient, citation: str) -> None:
    start = process_time()
    answer = client.post(
        "/api/v1/citations/check", data=(citation * (499_000 // len(citation))).encode(), content_type="text/plain"
    )
    assert answer.status_code in (200, 413, 422)
    assert len(answer.data) < 20_000_000
    assert process_time() - start < 5 * LONGEST
