"""A link that was altered, or signed for something else, leads to a page that says so, and nowhere else."""

from random import Random

import pytest

from portal.adapters.tokens import Tokens
from tests.journeys.kinds import on_sqlite
from tests.journeys.rows import rows
from tests.journeys.walk import requested
from tests.journeys.workshop import bookings

SAMPLE = 150
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
pytestmark = on_sqlite


@pytest.fixture
def link(garage, clock, client, deliver):
    requested(client, timeslot="2026-12-01T10:00")
    [mail] = deliver()
    return mail.link


def altered(token, random):
    """The token with one sign changed, one lost, one too many, or cut."""
    at = random.randrange(len(token))
    match random.randrange(4):
        case 0:
            return token[:at] + random.choice(SIGNS.replace(token[at], "")) + token[at + 1 :]
        case 1:
            return token[:at] + token[at + 1 :]
        case 2:
            return token[:at] + random.choice(SIGNS) + token[at:]
        case _:
            return token[:at] or "x"


def test_a24_no_altered_token_is_accepted(link, app, client):
    before, random = rows(app), Random(24)
    base, _, token = link.rpartition("/")
    for _ in range(SAMPLE):
        wrong = altered(token, random)
        if wrong == token:
            continue
        for method in ("GET", "POST"):
            page = client.open(f"{base}/{wrong}", method=method)
            assert (page.status, page.heading) == (404, "We do not know this link"), wrong
    assert rows(app) == before


@pytest.mark.parametrize("more", ["/again", "/appointment.ics"])
def test_a24_nor_by_what_hangs_on_it(link, app, client, more):
    before, random = rows(app), Random(42)
    base, _, token = link.rpartition("/")
    for _ in range(20):
        wrong = altered(token, random)
        if wrong != token:
            method = "POST" if more == "/again" else "GET"
            assert client.open(f"{base}/{wrong}{more}", method=method).status == 404
    assert rows(app) == before


def test_a24_every_sign_of_the_token_counts(link, client):
    base, _, token = link.rpartition("/")
    for at in range(len(token)):
        other = "A" if token[at] != "A" else "B"
        assert client.open(f"{base}/{token[:at]}{other}{token[at + 1 :]}").status == 404, at


@pytest.mark.parametrize(
    ("purpose", "key"), [("cancel", "k" * 32), ("", "k" * 32), ("confirm", "o" * 32), ("confirm ", "k" * 32)]
)
def test_a24_a_token_of_another_purpose_or_key_is_none(link, app, client, purpose, key):
    [booking] = bookings(app)
    token = Tokens(key, []).sign(purpose, booking.uid, booking.round)
    assert client.open(f"/peeters/confirm/{token}").status == 404
    right = Tokens("k" * 32, []).sign("confirm", booking.uid, booking.round)
    assert client.open(f"/peeters/confirm/{right}").status == 200


@pytest.mark.parametrize("parts", [("x", 1), ("x", "1"), (None, None), (1, 1)])
def test_a24_a_request_that_never_was_is_not_found_even_if_we_signed_its_name(link, client, parts):
    token = Tokens("k" * 32, []).sign("confirm", *parts)
    assert client.open(f"/peeters/confirm/{token}").status == 404
    assert client.open(f"/peeters/confirm/{token}", method="POST").status == 404


def test_a24_a_link_of_another_garage_is_none(link, group, app, client):
    before = rows(app)
    elsewhere = link.replace("/peeters/", "/maes/")
    for method, more in [("GET", ""), ("POST", ""), ("POST", "/again"), ("GET", "/appointment.ics")]:
        assert client.open(elsewhere + more, method=method).status == 404
    assert rows(app) == before


@pytest.mark.parametrize("word", ["", "x", "%00", "%ff", "a" * 8000, "e30.AAAA", ".", "💥", "é.é"])
def test_a24_what_never_was_a_token_is_told_politely(garage, client, word):
    assert client.open(f"/peeters/confirm/{word}").status in {404, 414}
