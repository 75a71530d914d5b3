"""What an open page asks: cheap, without a word while nothing changed."""

import json
from datetime import date

import pytest

from portal.db import transaction
from portal.domain.booking import changes
from portal.domain.booking import service as booking
from portal.domain.cases import service
from tests.journeys.workshop import document, set_up
from tests.support import cases
from tests.support.bookings import request_for_case
from tests.web.statements import watched


@pytest.fixture
def garage(app):
    return set_up(app, document("repairs"))


@pytest.fixture
def known(app, garage, clock):
    return cases.opened(app, garage, clock.now(), location="aalst")


@pytest.fixture
def ask(known, client):
    def ask(version=None):
        known_version = {"If_None_Match": f'"{version}"'} if version else {}
        return client.open(f"{known.status}/state", **known_version)

    return ask


def version(answer):
    return json.loads(answer.data)["version"]


def shown(known, client):
    return client.open(known.status).soup.select_one("[data-status]")["data-version"]


def test_the_page_and_its_state_agree(known, client, ask):
    assert version(ask()) == shown(known, client)
    assert ask().headers["ETag"] == f'"{shown(known, client)}"'


def test_while_nothing_changed_it_says_nothing(known, client, ask):
    answer = ask(shown(known, client))
    assert (answer.status, answer.data) == (304, b"")
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_asks_the_database_twice(app, known, client, ask):
    at = shown(known, client)
    with watched(app) as statements:
        assert ask(at).status == 304
    assert len(statements) == 2


def test_a_change_of_the_case_is_news(known, client, ask, clock):
    at = shown(known, client)
    known.change(clock.forward(seconds=1), vehicle_in="2026-11-23")
    answer = ask(at)
    assert answer.status == 200 and version(answer) == shown(known, client) != at


def test_what_happens_to_its_booking_is_news(app, known, client, ask, clock):
    at = shown(known, client)
    known.booked(date(2026, 12, 1))
    with app.app_context(), transaction():
        service.record(known.row.id, "booked", actor="customer", now=clock.forward(seconds=1))
    assert ask(at).status == 200


@pytest.mark.parametrize("what", ["book", "cancel"])
def test_the_assessment_of_the_case_is_news_when_it_is_booked_and_cancelled(
    app, garage, known, client, ask, clock, what
):
    day = date(2026, 12, 1)
    with app.app_context():
        uid = request_for_case("assessment", garage, known.number, clock.now(), day=day)
        if what == "cancel":
            booking.confirm(uid, 1, clock.now())
    at = shown(known, client)
    clock.forward(seconds=1)
    with app.app_context():
        booking.confirm(uid, 1, clock.now()) if what == "book" else changes.cancel(uid, "", clock.now())
    answer = ask(at)
    assert answer.status == 200 and version(answer) == shown(known, client)
    offered = "Book the repair" in client.open(known.status).links()
    assert offered == (what == "cancel")


def test_a_change_of_the_garage_and_a_new_day_are_news(app, known, client, ask, clock):
    at = shown(known, client)
    set_up(app, document("repairs") | {"work_starts_when": "first_activity"})
    later = version(ask(at))
    assert later != at
    clock.at("2026-11-24 00:01")
    assert ask(later).status == 200


def test_a_change_of_another_case_is_none(app, garage, known, client, ask, clock):
    other = cases.opened(app, garage, clock.now(), location="aalst", plate="9-XYZ-999")
    at = shown(known, client)
    other.change(clock.forward(minutes=1), vehicle_in="2026-11-23")
    assert ask(at).status == 304


def test_a_page_of_a_location_that_left_agrees_too(app, known, client, ask):
    left = document("repairs")
    left["locations"] = left["locations"][1:]
    set_up(app, left)
    assert client.open(known.status).status == 404
    assert ask().status == 200
