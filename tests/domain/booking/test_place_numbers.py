"""Every booking has a place of its own in its timeslot; the database refuses one that is somebody else's."""

import secrets
from functools import partial

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from portal import db
from portal.core.scheduling import Refusal
from portal.db import transaction
from portal.domain.booking import changes, rows, service
from portal.domain.booking.errors import NoPlace
from portal.domain.booking.models import Booking
from tests.domain.booking.given import BOOKED, DAY, NINE, NOW, TEN, ask, booked, cases, letters, opens, row
from tests.journeys.kinds import on_postgresql
from tests.support.tabs import Halfway, Tab


@pytest.fixture(autouse=True)
def place(context):
    return opens(places=3)


def books(minute=NINE):
    uid = ask(minute=minute)
    service.confirm(uid, 1, NOW)
    return uid


def numbers(*uids):
    return [row(uid).place_number for uid in uids]


def test_bookings_of_a_timeslot_are_numbered_and_a_request_is_not():
    first, second, elsewhere, asked = books(), books(), books(TEN), ask()
    assert numbers(first, second, elsewhere, asked) == [1, 2, 1, None]


def test_the_place_of_a_cancelled_booking_is_the_next_ones():
    first, second = books(), books()
    changes.cancel(first, "", NOW)
    assert numbers(first, second, books()) == [None, 2, 1]


def test_a_moved_booking_takes_a_place_there_and_leaves_its_own():
    first, second, there = books(), books(), books(TEN)
    changes.move(first, DAY, TEN, NOW)
    assert numbers(first, there, second, books()) == [2, 1, 2, 1]


def test_moved_and_back_it_finds_its_place_again():
    uid = books()
    changes.move(uid, DAY, TEN, NOW)
    changes.move(uid, DAY, NINE, NOW)
    assert numbers(uid) == [1]


def test_whoever_counted_before_somebody_else_booked_is_refused():
    """As if no lock had kept the two apart: one of one is somebody else's by now."""
    late = ask()
    books()
    with pytest.raises(NoPlace) as refused, transaction():
        rows.take_place(rows.locked_request(late), 1)
    assert refused.value.refusal == Refusal.SLOT_FULL


def test_the_database_itself_refuses_the_same_place_twice():
    first, second = books(), books()
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(update(Booking).where(Booking.uid == second).values(place_number=1))
    assert numbers(first, second) == [1, 2]


def test_a_number_left_on_a_row_that_is_booked_no_more_keeps_no_place():
    """As a web worker of the version before leaves it during a rolling restart."""
    first = books()
    with transaction() as session:
        session.execute(update(Booking).where(Booking.uid == first).values(state="cancelled", place_number=1))
    assert numbers(books()) == [1]


@on_postgresql  # SQLite has one writer, with locks or without
class TestWithoutTheLocks:
    """Two who confirm at once, while nothing keeps them apart: both count the last place as free."""

    @pytest.fixture
    def two(self, app, monkeypatch):
        holds = [ask(), ask()]
        opens(places=1)
        monkeypatch.setattr(db, "_lock_key", lambda name: secrets.randbits(62))
        return [Tab(app, partial(service.confirm, uid, 1, NOW)) for uid in holds]

    def test_one_books_and_the_other_hears_that_it_is_taken(self, two, monkeypatch):
        Halfway(monkeypatch, service.photos, "move_to_case").meet(*two)
        assert sorted(type(tab.error) for tab in two if tab.error) == [NoPlace]
        assert (booked(), cases(), letters(BOOKED)) == (1, 1, 1)

    def test_control_without_numbers_both_book_it(self, two, monkeypatch):
        monkeypatch.setattr(rows, "take_place", lambda booking, places: None)
        Halfway(monkeypatch, service.photos, "move_to_case").meet(*two)
        assert [tab.error for tab in two] == [None, None]
        assert booked() == 2
