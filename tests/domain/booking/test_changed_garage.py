"""The garage changes its file while people decide: nobody gets what it no longer has."""

import pytest

from portal.core.scheduling import Refusal
from portal.domain.booking import requests, service
from portal.domain.booking.errors import NoPlace, RequestUnknown
from tests.domain.booking.given import (
    DAY,
    NINE,
    NOW,
    TEN,
    after,
    ask,
    booked,
    cases,
    opens,
    row,
    states,
    without_assessments,
    without_its_place,
)

pytestmark = pytest.mark.usefixtures("context")

CHANGES = {
    "the day is closed": ({"place": {"closures": [{"first": DAY, "last": DAY}]}}, Refusal.CLOSED),
    "an exception closes the day": ({"exceptions": [{"day": DAY}]}, Refusal.CLOSED_THAT_DAY),
    "the weekday is gone": ({"hours": [{"days": "mon", "open": ["09:00-12:00"]}]}, Refusal.OUTSIDE_HOURS),
    "the hour is gone": ({"hours": [{"days": "mon-sun", "open": ["10:00-12:00"]}]}, Refusal.OUTSIDE_HOURS),
    "the grid moved": ({"hours": [{"days": "mon-sun", "open": ["08:45-12:00"]}]}, Refusal.BETWEEN_SLOTS),
    "the series ended the day before": (
        {"hours": [{"days": "mon-sun", "open": ["09:00-12:00"], "valid_until": "2026-11-30"}]},
        Refusal.OUTSIDE_HOURS,
    ),
}


@pytest.mark.parametrize(("change", "rule"), CHANGES.values(), ids=CHANGES)
def test_a_hold_is_not_booked_once_the_garage_no_longer_has_the_time(change, rule):
    opens()
    uid = ask()
    opens(**change)
    with pytest.raises(NoPlace) as refused:
        service.confirm(uid, 1, after(1))
    assert refused.value.refusal == rule
    assert (row(uid).state, cases()) == ("held", 0)


def test_a_hold_is_booked_after_all_when_the_garage_takes_its_change_back():
    opens()
    uid = ask()
    opens(exceptions=[{"day": DAY}])
    with pytest.raises(NoPlace):
        service.confirm(uid, 1, after(1))
    opens()
    service.confirm(uid, 1, after(2))
    assert row(uid).state == "booked"


def test_with_fewer_places_the_first_to_press_wins():
    opens(places=3)
    holds = [ask() for _ in range(3)]
    opens(places=2)
    service.confirm(holds[2], 1, NOW)
    service.confirm(holds[1], 1, NOW)
    with pytest.raises(NoPlace) as refused:
        service.confirm(holds[0], 1, NOW)
    assert refused.value.refusal == Refusal.SLOT_FULL
    assert booked() == 2


def test_with_a_lower_day_limit_the_first_to_press_wins():
    opens()
    first, second = ask(), ask(minute=TEN)
    opens(place={"day_limit": 1})
    service.confirm(second, 1, NOW)
    with pytest.raises(NoPlace) as refused:
        service.confirm(first, 1, NOW)
    assert refused.value.refusal == Refusal.DAY_FULL


def test_a_longer_notice_or_a_shorter_horizon_takes_no_hold_away():
    opens()
    uid = ask()
    opens(notice_minutes=60 * 24 * 7)
    service.confirm(uid, 1, after(1))
    assert row(uid).state == "booked"


def test_a_booking_stays_whatever_the_garage_changes_later():
    opens()
    uid = ask()
    service.confirm(uid, 1, NOW)
    opens(hours=[])
    service.confirm(uid, 1, after(60))
    assert states() == ["booked"]


def test_a_hold_made_under_longer_slots_counts_against_every_shorter_one_it_covers():
    opens(slot_minutes=60)
    service.confirm(ask(), 1, NOW)
    opens(slot_minutes=30)
    for minute in (NINE, NINE + 30):
        with pytest.raises(NoPlace):
            ask(minute=minute)
    ask(minute=TEN)


@pytest.mark.parametrize("close", [without_its_place, without_assessments])
def test_a_hold_is_not_booked_at_a_place_that_no_longer_takes_assessments(close):
    opens()
    uid = ask()
    close()
    with pytest.raises(NoPlace):
        service.confirm(uid, 1, after(1))
    assert booked() == 0


@pytest.mark.parametrize("close", [without_its_place, without_assessments])
def test_a_request_is_not_renewed_at_a_place_that_no_longer_takes_assessments(close):
    opens()
    uid = ask()
    close()
    with pytest.raises((NoPlace, RequestUnknown)):
        requests.renew(uid, after(31))
    assert states() == ["held"]  # the one that ran out
