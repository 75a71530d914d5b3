"""A09: what a change of hours or capacity leaves outside is listed before it is saved."""

from datetime import timedelta

import pytest

from portal.core.scheduling import Refusal
from portal.domain.booking import leftovers, service
from portal.domain.garage import service as garages
from portal.domain.garage.profile import GarageFile
from portal.wiring import wired
from tests.domain.booking.given import DAY, NINE, NOW, TEN, ask, row
from tests.journeys.workshop import document
from tests.support.garages import FOLDER

HALF_PAST = NINE + 30


def booked(minute=NINE, **told):
    uid = ask(minute=minute, **told)
    service.confirm(uid, 1, NOW)
    return uid


def peeters(place=None, **hours):
    """The garage as `opens` makes it, with other values."""
    garage = document("peeters")
    garage["locations"][0] |= {"public_holidays": False} | (place or {})
    usual = {"hours": [{"days": "mon-sun", "open": ["09:00-12:00"]}], "notice_minutes": 0}
    garage["locations"][0]["assessment"] = usual | hours
    return GarageFile.model_validate(garage)


def outside(file):
    return [(each.uid, each.refusal) for each in leftovers.of(file, NOW)]


@pytest.fixture(autouse=True)
def open_for_two(context):
    garages.apply(peeters(places=2), folder=FOLDER, storage=wired().storage, now=NOW)


def test_a09_nothing_is_left_outside_by_longer_hours():
    booked()
    assert outside(peeters(places=3, hours=[{"days": "mon-sun", "open": ["08:00-18:00"]}])) == []


def test_a09_shorter_hours_leave_what_lies_before_and_after():
    early, _kept, late = booked(NINE), booked(TEN), booked(TEN + 90)
    assert outside(peeters(places=2, hours=[{"days": "mon-sun", "open": ["10:00-11:00"]}])) == [
        (early, Refusal.OUTSIDE_HOURS),
        (late, Refusal.OUTSIDE_HOURS),
    ]


def test_a09_fewer_places_leave_who_asked_last():
    booked()
    second = booked(email="second@example.com")
    assert outside(peeters(places=1)) == [(second, Refusal.SLOT_FULL)]


def test_a09_a_limit_of_the_day_counts_too():
    booked(NINE)
    second = booked(HALF_PAST)
    assert outside(peeters({"day_limit": 1}, places=2)) == [(second, Refusal.DAY_FULL)]


def test_a09_a_closure_leaves_its_days():
    uid = booked()
    closed = {"closures": [{"first": DAY, "last": DAY}]}
    assert outside(peeters(closed, places=2)) == [(uid, Refusal.CLOSED)]


def test_a09_a_hold_is_listed_while_it_lives():
    uid = ask()
    file = peeters(places=2, hours=[])
    assert [each.uid for each in leftovers.of(file, NOW)] == [uid]
    assert leftovers.of(file, row(uid).held_until) == []


def test_a09_what_is_over_is_not_listed():
    uid = booked()
    assert leftovers.of(peeters(places=2, hours=[]), row(uid).starts_at + timedelta(minutes=1)) == []


def test_a09_what_was_kept_before_is_not_listed_again():
    booked()
    file = peeters(places=2, hours=[])
    garages.apply(file, folder=FOLDER, storage=wired().storage, now=NOW)
    assert outside(file) == []


def test_a09_notice_and_horizon_say_nothing_about_what_is_booked():
    booked()
    assert outside(peeters(places=2, notice_minutes=60 * 24 * 60, horizon_days=1)) == []


def test_a09_a_location_that_goes_leaves_all_it_has():
    uid = booked()
    garage = document("peeters")
    garage["locations"][0]["slug"] = "elsewhere"
    assert outside(GarageFile.model_validate(garage)) == [(uid, Refusal.OUTSIDE_HOURS)]
