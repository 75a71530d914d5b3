"""A10: however many requests one customer sends at once, no more are open than the garage allows."""

from datetime import timedelta

import pytest

from portal.db import db
from portal.domain.booking.models import Booking
from tests.domain.booking import claes
from tests.domain.booking.given import DAY, NINE, NOW, booked, letters, states
from tests.faults.test_places import FINGER, ends
from tests.support import racers
from tests.support.racers import spread

LIMITS = ["per_address", "per_phone", "per_plate"]
MOST = 2

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.timeout(300)]
by_each = pytest.mark.parametrize("limit", LIMITS)


@pytest.fixture(scope="module")
def track():
    with racers.track() as track:
        yield track


def one_customer_asks_everywhere(limit):
    """Twenty times, each time for another day, so that only the customer is common to all; every other is a repair."""
    claes.opens(limits={limit: MOST})
    calls = []
    for number in range(10):
        case_id = claes.case(mail="jan@example.com", phone="+32470123456", plate="1-ABC-234")
        asked = {"minute": NINE, "now": NOW.isoformat()}
        days = [str(DAY + timedelta(days=2 * number + odd)) for odd in (0, 1)]
        calls.append(
            {"do": "request repair", "draft_id": claes.draft(case_id), "case_id": case_id, "day": days[0]}
            | asked
        )
        # What a draft is for makes no difference to a request for an assessment.
        calls.append(
            {"do": "request", "slug": claes.SLUG, "draft_id": claes.draft(case_id), "day": days[1]} | asked
        )
    return calls


@by_each
def test_a10_twenty_requests_of_one_customer_at_once_hold_as_many_places_as_allowed(settings, track, limit):
    outcomes = track.race(settings, spread(one_customer_asks_everywhere(limit), **FINGER))
    assert ends(outcomes) == {"done": MOST, "TooManyOpen": 20 - MOST}
    assert states() == ["held"] * MOST and letters("confirmation") == MOST


@by_each
def test_a10_control_without_the_guards_they_hold_more(settings, track, limit):
    track.race(settings, spread(one_customer_asks_everywhere(limit), **FINGER), guarded=False)
    assert states().count("held") > MOST


def twenty_who_mend_to_one_address():
    claes.opens(limits={"per_address": MOST})
    uids = [
        claes.assess(day=DAY + timedelta(days=number), email=f"jan{number}@example.com")
        for number in range(20)
    ]
    return [
        {"do": "send again", "uid": uid, "now": NOW.isoformat(), "email": "jan@example.com"} for uid in uids
    ]


def held_by_one_address():
    db.session.rollback()
    return db.session.query(Booking).filter(Booking.email == "jan@example.com").count()


def test_a10_twenty_requests_that_are_mended_to_one_address_at_once_are_as_many_as_allowed(settings, track):
    outcomes = track.race(settings, spread(twenty_who_mend_to_one_address(), **FINGER))
    assert ends(outcomes) == {"done": MOST, "TooManyOpen": 20 - MOST}
    assert held_by_one_address() == MOST and booked() == 0


def test_a10_control_without_the_guards_more_are_mended_to_one_address(settings, track):
    track.race(settings, spread(twenty_who_mend_to_one_address(), **FINGER), guarded=False)
    assert held_by_one_address() > MOST
