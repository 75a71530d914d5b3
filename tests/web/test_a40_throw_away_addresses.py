"""A40: throw-away addresses from many networks keep at most a tenth of the places, and honest people still book.

`PORTAL_TEST_FULL=1` attacks from 50 networks instead of 6.
"""

import hashlib
import os
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.db import db
from portal.domain.booking import pressure
from portal.domain.booking.models import Booking, State
from portal.web import limits
from portal.web.customer.walk import effort
from tests.journeys.kinds import on_sqlite
from tests.journeys.walk import answer, requested, walk
from tests.journeys.workshop import opens, somebody_takes
from tests.support import bookings
from tests.support.visitor import Visitor

FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
NETWORKS, EACH = (50, 4) if FULL else (6, 2)
PLACES = 2  # each half hour from nine to twelve: 60 in five days
NEXT_DAYS = 60
QUIET, BUSY = 2, 3  # requests that wait
TIME, DAY = "2026-11-25T11:00", date(2026, 11, 25)
TENTH = NEXT_DAYS // 10

pytestmark = on_sqlite


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"rate_limits": True, "proxies": 1})


@pytest.fixture
def garage(app, clock, monkeypatch):
    monkeypatch.setattr(effort, "LEAST", 500)
    return opens(app, places=PLACES)


def solution(page):
    """What a browser finds."""
    box = page.soup.select_one("[data-effort]")
    number = next(
        number
        for number in range(int(box["data-most"]))
        if hashlib.sha256(f"{box['data-salt']}:{number}".encode()).hexdigest() == box["data-target"]
    )
    return f"{box['data-token']}:{number}"


def is_asked(page):
    return page.soup.select_one("[data-effort]") is not None


def attack(app, base_url, *, sums):
    """Requests of nobody, each with an address of its own; those who do no `sums` send without."""
    for number in range(NETWORKS * EACH):
        visitor = Visitor(app, base_url)
        visitor.headers |= {"X-Forwarded-For": f"198.51.100.{number % NETWORKS}", "Accept-Language": "en"}
        check = walk(
            visitor, "check", email=f"x{number}@throw{number % 7}.example", plate=f"1-BAD-{number:03d}"
        )
        page = answer(check)
        if is_asked(page):
            page = page.submit(proof=solution(page)) if sums else page.submit("Send without keeping the time")
        assert page.heading == "Not booked yet"


def kept(app, now):
    with app.app_context():
        asked = select(func.count()).where(Booking.state == State.HELD, Booking.held_until > now)
        return db.session.scalar(asked.where(Booking.day < now.date() + timedelta(days=5)))


@pytest.mark.parametrize("sums", [False, True])
def test_a40_they_keep_at_most_a_tenth_and_honest_people_book(garage, app, clock, client, deliver, sums):
    attack(app, client.base_url, sums=sums)
    assert 0 < kept(app, clock.now()) <= TENTH
    while deliver():  # a batch at a time
        pass
    page = answer(walk(client, "check"))
    if is_asked(page):
        page = page.submit(proof=solution(page))
    assert page.heading == "Not booked yet"
    [mail] = deliver()
    assert client.open(mail.link).submit().heading == "Your appointment is booked"


def test_a40_control_without_the_guard_they_keep_more(garage, app, clock, client, monkeypatch):
    monkeypatch.setattr(pressure, "MOST", 100)
    monkeypatch.setattr(limits, "KEPT", limits.parse("1000/minute"))
    attack(app, client.base_url, sums=False)
    assert kept(app, clock.now()) == min(NETWORKS * EACH, NEXT_DAYS) > TENTH


@pytest.fixture
def busy(garage, app, clock):
    """Other people wait for their mail."""

    def wait(many):
        with app.app_context():
            for number in range(many):
                bookings.request(
                    garage,
                    clock.now(),
                    day=DAY,
                    minute=540 + 30 * (number % 6),
                    email=f"o{number}@example.com",
                )

    return wait


def test_on_an_ordinary_day_nobody_is_asked_for_anything(busy, client):
    busy(QUIET)
    assert answer(walk(client, "check")).heading == "Not booked yet"


def test_under_pressure_the_browser_does_a_sum_and_the_place_is_kept(busy, app, clock, client):
    busy(BUSY)
    page = answer(walk(client, "check"))
    assert page.status == 422 and page.heading == "Check your answers"
    sent = page.submit(proof=solution(page))
    assert sent.heading == "Not booked yet" and "Your time is kept until" in sent.text
    assert kept(app, clock.now()) == BUSY + 1


@pytest.mark.parametrize("wrong", ["", "x", "token:1", "again", "late", "other"])
def test_what_is_no_proof_of_this_draft_now_is_asked_for_again(busy, clock, client, another, wrong):
    busy(BUSY)
    page = answer(walk(client, "check"))
    proof = solution(page)
    match wrong:
        case "again":  # somebody else's
            page = answer(walk(another, "check", email="bob@example.com", plate="1-BOB-001"))
        case "late":
            clock.forward(minutes=11)
        case "other":
            proof += "1"
        case _:
            proof = wrong
    assert is_asked(page.submit(proof=proof))


def test_without_scripts_the_request_goes_out_and_keeps_no_place(busy, app, clock, client, deliver):
    busy(BUSY)
    page = answer(walk(client, "check"))
    sent = page.submit("Send without keeping the time")
    assert sent.heading == "Not booked yet" and "we cannot keep your time" in sent.text
    assert "kept until" not in sent.text and kept(app, clock.now()) == BUSY
    mail = deliver()[-1]
    assert "Your time is not kept meanwhile" in mail.text
    assert client.open(mail.link).submit().heading == "Your appointment is booked"


@pytest.mark.parametrize("ahead", ["booked", "kept"])
def test_who_keeps_no_place_comes_second_to_whoever_was_ahead(
    garage, busy, app, clock, client, deliver, ahead
):
    busy(BUSY)
    page = answer(walk(client, "check", timeslot=TIME))
    page.submit("Send without keeping the time")
    mail = deliver()[-1]
    for number in range(PLACES):
        if ahead == "booked":
            somebody_takes(app, garage, clock.now(), TIME)
        else:
            with app.app_context():
                bookings.request(garage, clock.now(), day=DAY, minute=11 * 60, email=f"k{number}@example.com")
    page = client.open(mail.link).submit()
    assert page.status == 409
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Booking.state == State.BOOKED)) == (
            PLACES if ahead == "booked" else 0
        )


def test_a_request_renewed_under_pressure_keeps_no_place(garage, busy, app, clock, client, deliver):
    requested(client, timeslot=TIME)
    [mail] = deliver()
    clock.forward(minutes=16)
    busy(BUSY)
    client.open(mail.link).submit("Ask for this time again")
    assert kept(app, clock.now()) == BUSY


@pytest.fixture
def kept_without_effort(app):
    """`kept_without_effort(network, domain)`: one more place is kept; whether that was free of effort."""

    def keep(network, domain=""):
        with app.test_request_context(environ_base={"REMOTE_ADDR": network}):
            free = not limits.keeps_often(domain)
            limits.count_kept(domain)
            return free

    return keep


def test_one_network_keeps_few_places_without_effort_and_another_is_free(kept_without_effort):
    assert [kept_without_effort("203.0.113.1") for _ in range(6)] == [True] * 5 + [False]
    assert kept_without_effort("203.0.113.2")


def test_one_mail_domain_keeps_few_places_without_effort_whatever_the_network(kept_without_effort):
    networks = [f"203.0.113.{number}" for number in range(6)]
    assert [kept_without_effort(network, "throw.example") for network in networks] == [True] * 5 + [False]
    networks = [f"198.51.100.{number}" for number in range(9)]
    assert all(kept_without_effort(network, "gmail.com") for network in networks)


def test_a_household_of_ipv6_is_one_network_and_a_48_is_a_few(kept_without_effort):
    household = [f"2001:db8:1:2::{number + 1:x}" for number in range(6)]
    assert [kept_without_effort(network) for network in household] == [True] * 5 + [False]
    street = [f"2001:db8:2:{number + 1:x}::1" for number in range(21)]
    assert [kept_without_effort(network) for network in street] == [True] * 20 + [False]


def test_whoever_kept_many_places_is_asked_for_effort(garage, client, kept_without_effort):
    client.headers["X-Forwarded-For"] = "203.0.113.1"
    for _ in range(5):
        kept_without_effort("203.0.113.1")
    assert is_asked(answer(walk(client, "check")))
