"""A28: whoever types somebody else's address again and again sends them few mails, and does not see that.

`PORTAL_TEST_FULL=1` asks 500 times instead of 12.
"""

import os
import re

import pytest
from sqlalchemy import select

from portal.db import db
from portal.domain.booking import links
from portal.domain.booking.models import Booking
from portal.domain.mailing import strangers
from portal.domain.mailing.models import Message
from tests.journeys.kinds import on_sqlite
from tests.journeys.walk import answer, requested, walk
from tests.journeys.workshop import change
from tests.support import bookings
from tests.web.test_a21_pressing_scanners import press_everything
from tests.web.world import links_of

FULL = bool(os.environ.get("PORTAL_TEST_FULL"))
REQUESTS = 500 if FULL else 12
SPELLINGS = ("ann@example.com", "Ann@example.com", "ANN+1@example.com", "ann+x@EXAMPLE.COM")
WIDE = {
    "public_holidays": False,
    "day_limit": None,
    "assessment": {
        "hours": [{"days": "mon-sun", "open": ["00:00-24:00"]}],
        "places": 50,
        "notice_minutes": 0,
    },
}


@pytest.fixture
def garages(app, clock):
    return [change(app, slug, place=WIDE) for slug in ("peeters", "maes")]


def bomb(app, garages, clock, deliver, minutes):
    """Requests with one address, spread over `minutes` and both garages; the mails that reached it, and when."""
    came = []
    for number in range(REQUESTS):
        with app.app_context():
            day = clock.now().date()
            bookings.request(
                garages[number % 2],
                clock.now(),
                day=day.replace(day=day.day + 2),
                minute=30 * (number % 48),
                email=SPELLINGS[number % len(SPELLINGS)],
            )
        came += [clock.now() for _ in deliver()]
        clock.forward(minutes=minutes / REQUESTS)
    return came


def states(app):
    with app.app_context():
        return [tuple(row) for row in db.session.execute(select(Message.state, Message.held_back))]


def test_a28_three_mails_reach_one_mailbox_in_an_hour_over_all_garages(app, garages, clock, deliver):
    assert len(bomb(app, garages, clock, deliver, minutes=50)) == strangers.MOST_AN_HOUR
    assert states(app) == [("sent", "")] * 3 + [("skipped", "often")] * (REQUESTS - 3)


@on_sqlite
def test_a28_five_reach_it_in_a_day(app, garages, clock, deliver):
    came = bomb(app, garages, clock, deliver, minutes=23 * 60)
    assert len(came) == strangers.MOST_A_DAY
    assert len(bomb(app, garages, clock, deliver, minutes=50)) <= strangers.MOST_AN_HOUR  # the next day


@on_sqlite
def test_a28_control_without_the_count_all_of_them_reach_it(app, garages, clock, deliver, monkeypatch):
    monkeypatch.setattr(strangers, "MOST_AN_HOUR", REQUESTS + 1)
    monkeypatch.setattr(strangers, "MOST_A_DAY", REQUESTS + 1)
    assert len(bomb(app, garages, clock, deliver, minutes=50)) == REQUESTS


@on_sqlite
def test_a28_other_people_get_their_mails(app, garages, clock, deliver):
    bomb(app, garages, clock, deliver, minutes=10)
    with app.app_context():
        bookings.request(
            garages[0], clock.now(), day=clock.now().date().replace(day=28), email="jan@example.com"
        )
    assert [mail.recipient for mail in deliver()] == ["jan@example.com"]


def seen(page):
    """What a visitor sees, without what names this one request or its time."""
    page = re.sub(rb"assessment/[\w-]+/|data-request-ref=\"[^\"]+\"|day=[\d-]+|\d\d:\d\d", b"", page.data)
    return re.sub(rb"\s+", b" ", page)


@on_sqlite
def test_a28_the_page_looks_the_same_whether_a_mail_left_or_not(garage, app, clock, client, deliver):
    pages = []
    for _ in range(4):
        sent = requested(client, timeslot="2026-12-01T10:00")
        before = (sent.status, sent.hops, seen(sent))
        mails = deliver()
        after = client.open(sent.path)
        state = client.raw(sent.path.replace("/sent", "/state")).json
        pages.append((before, after.status, seen(after), state["state"], state["until"]))
        with app.app_context():
            booking = db.session.scalars(select(Booking).order_by(Booking.id.desc()).limit(1)).one()
            assert booking.waits(clock.now())  # the place is kept as everybody's is
            booking.state = "released"
            db.session.commit()
    assert mails == []
    for first, last in zip(pages[0], pages[3], strict=True):
        assert last == first


@on_sqlite
def test_a28_a_confirmed_customer_loses_no_letter(garage, clock, client, deliver):
    for number in range(3):
        requested(client, timeslot=f"2026-12-{1 + 7 * number:02d}T10:00", plate=f"1-ABC-{number:03d}")
        [mail] = deliver()
    client.open(mail.link).submit()
    [booked] = deliver()
    assert booked.subject.startswith("Booked")
    personal = next(link for link in links_of(booked) if link.endswith("/cancel"))
    client.open(personal).submit(sure=True)
    assert len(deliver()) == 1


@pytest.fixture
def unasked(garage, clock, client, deliver):
    """The link that ends it, of a letter that just came."""
    requested(client, timeslot="2026-12-01T10:00")
    [mail] = deliver()
    [link] = [each for each in links_of(mail) if "/unasked/" in each]
    return mail, link


def booking_state(app):
    with app.app_context():
        return db.session.scalars(select(Booking.state).order_by(Booking.id)).all()


@on_sqlite
def test_a28_this_was_not_me_frees_the_place_and_ends_the_mails(
    unasked, app, clock, client, another, deliver
):
    mail, link = unasked
    page = another.open(link)
    assert page.heading == "This was not you?" and booking_state(app) == ["held"]
    done = page.submit(sure=True)
    assert done.heading == "No more mails" and booking_state(app) == ["released"]
    assert client.open(mail.link).status == 410
    for days, mails in ((1, 0), (5, 0), (2, 1)):
        clock.forward(days=days)
        sent = requested(client, timeslot="2026-12-07T10:00", plate=f"1-ABC-{days:03d}")
        assert sent.heading == "Not booked yet" and len(deliver()) == mails
    assert states(app)[1] == ("skipped", "unwanted")


@on_sqlite
def test_a28_the_day_until_which_no_mails_come_is_that_of_the_garage(clock, unasked, another):
    _mail, link = unasked
    clock.at("2026-11-24 00:01")  # in UTC it is still the day before
    assert "until Tuesday 1 December 2026" in another.open(link).submit(sure=True).text


@on_sqlite
def test_a28_it_needs_a_tick_which_scanners_do_not_make(unasked, app, client, another, deliver):
    mail, link = unasked
    for _ in range(2):
        press_everything(another, link)
    assert booking_state(app) == ["held"]
    assert another.open(link).submit().status == 422
    assert client.open(mail.link).submit().heading == "Your appointment is booked"
    assert len(deliver()) == 1


@on_sqlite
def test_a28_it_cancels_no_booking(unasked, app, client, another):
    mail, link = unasked
    page = another.open(link)
    client.open(mail.link).submit()
    assert page.submit(sure=True).heading == "Your appointment"
    assert booking_state(app) == ["booked"]


@on_sqlite
def test_a28_it_leaves_a_request_alone_that_went_to_another_address_since(
    unasked, app, client, another, deliver
):
    _mail, link = unasked
    with app.app_context():
        uid = db.session.scalars(select(Booking.uid)).one()
        links.send_again(uid, db.session.scalars(select(Booking.requested_at)).one(), email="bob@example.com")
    another.open(link).submit(sure=True)
    assert booking_state(app) == ["held"]
    [mail] = deliver()
    assert mail.recipient == "bob@example.com"
    assert client.open(mail.link).submit().heading == "Your appointment is booked"


@on_sqlite
def test_one_mailbox_in_two_spellings_is_one_customer(app, clock, client):
    change(app, "peeters", limits={"per_address": 1})
    requested(client, email="ann@example.com")
    page = answer(walk(client, "check", email="Ann+2@example.com", plate="1-XYZ-001"))
    assert page.status == 409 and "as one person can book online" in page.text
