"""What a location offers is what the very next request can have."""

import random
from datetime import timedelta

import pytest

from portal.core.scheduling import Refusal
from portal.domain.booking import offers, service
from portal.domain.booking.errors import NoPlace
from portal.domain.drafts import service as drafts
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import assessments
from tests.domain.booking.given import (
    DAY,
    NINE,
    NOW,
    SLUG,
    TEN,
    ask,
    draft,
    opens,
    without_assessments,
    without_its_place,
)

pytestmark = pytest.mark.usefixtures("context")


def test_the_first_free_day_is_open_unless_another_is_asked_for():
    place = opens(hours=[{"days": "tue,thu", "open": ["09:00-10:00"]}])
    tuesday, thursday = DAY - timedelta(days=7), DAY - timedelta(days=5)
    assert offers.offer(assessments(place), NOW).day == tuesday
    assert offers.offer(assessments(place), NOW).next_free == thursday
    assert offers.offer(assessments(place), NOW, thursday).day == thursday
    wednesday = offers.offer(assessments(place), NOW, tuesday + timedelta(days=1))
    assert (wednesday.day, wednesday.timeslots, wednesday.next_free) == (
        tuesday + timedelta(days=1),
        [],
        thursday,
    )


def test_a_day_outside_the_horizon_is_not_shown():
    place = opens(horizon_days=10)
    for day in (NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=11)):
        assert offers.offer(assessments(place), NOW, day).day == NOW.date()
    assert offers.offer(assessments(place), NOW, NOW.date() + timedelta(days=10)).next_free is None


def test_a_place_without_hours_offers_nothing_and_says_so():
    offer = offers.offer(assessments(opens(hours=[])), NOW)
    assert (offer.day, offer.timeslots, offer.next_free) == (None, [], None)
    assert {each.slots for each in offer.days} == {0}


def test_a_full_timeslot_stays_in_the_list_with_its_reason():
    place = opens(hours=[{"days": "mon-sun", "open": ["09:00-10:00"]}])
    ask()
    nine, half_past = offers.offer(assessments(place), NOW, DAY).timeslots
    assert (nine.start, nine.refusal, nine.free) == (NINE, Refusal.SLOT_FULL, 0)
    assert (half_past.start, half_past.refusal, half_past.free) == (NINE + 30, None, 1)


def test_a06_the_first_free_time_of_every_shown_day_can_be_booked():
    place = opens(horizon_days=20)
    for each in offers.offer(assessments(place), NOW).days:
        slot = next(
            slot for slot in offers.offer(assessments(place), NOW, each.day).timeslots if slot.refusal is None
        )
        ask(day=each.day, minute=slot.start)


def test_the_own_hold_is_not_in_the_way_of_who_made_it():
    place = opens(hours=[{"days": "tue", "open": ["09:00-09:30"]}], horizon_days=8)
    mine = draft()
    ask(draft_id=mine)
    assert offers.why_not(assessments(place), NOW, DAY, NINE) == Refusal.SLOT_FULL
    assert offers.why_not(assessments(place), NOW, DAY, NINE, but_draft=mine) is None
    assert offers.why_not(assessments(place), NOW, DAY, NINE, but_draft=draft()) == Refusal.SLOT_FULL
    assert [slot.free for slot in offers.offer(assessments(place), NOW, DAY).timeslots] == [0]
    assert [slot.free for slot in offers.offer(assessments(place), NOW, DAY, but_draft=mine).timeslots] == [1]


def test_a_booking_whose_draft_is_gone_still_counts_for_everybody():
    place = opens()
    service.confirm(ask(), 1, NOW)
    drafts.forget_expired(NOW + drafts.DRAFT_LIFE)
    assert offers.why_not(assessments(place), NOW, DAY, NINE, but_draft=draft()) == Refusal.SLOT_FULL


def test_the_alternatives_are_the_first_free_times_of_the_next_free_days():
    place = opens(hours=[{"days": "tue,thu", "open": ["09:00-10:00"]}], horizon_days=10)
    ask(day=DAY - timedelta(days=7))
    found = [(slot.day, slot.start) for slot in offers.alternatives(assessments(place), NOW, 3)]
    assert found == [(DAY - timedelta(days=7), NINE + 30), (DAY - timedelta(days=5), NINE), (DAY, NINE)]
    for day, minute in found:
        ask(day=day, minute=minute)
    assert len(offers.alternatives(assessments(place), NOW, 1)) == 1
    assert offers.alternatives(assessments(opens(hours=[])), NOW, 3) == []


@pytest.mark.parametrize("closed", [without_its_place, without_assessments])
def test_a_place_that_no_longer_takes_assessments_offers_nothing_and_says_so(closed):
    before = opens()
    closed()
    place = garages.location(garages.find(SLUG), before.id)
    assert offers.why_not(assessments(place), NOW, DAY, NINE) is not None
    assert offers.offer(assessments(place), NOW).day is None
    assert offers.alternatives(assessments(place), NOW, 3) == []


@pytest.mark.parametrize("seed", range(4))
def test_a11_the_reason_given_beforehand_is_the_one_the_request_is_refused_with(seed):
    chance = random.Random(seed)
    place = opens(
        slot_minutes=chance.choice([20, 30, 45]),
        places=chance.randint(1, 2),
        notice_minutes=chance.choice([0, 60 * 24 * 2]),
        horizon_days=4,
        place={"day_limit": chance.choice([None, 3]), "closures": [{"first": DAY, "last": DAY}]},
    )
    answers = set()
    for _ in range(60):
        day = NOW.date() + timedelta(days=chance.randint(-1, 5))
        minute = chance.choice([NINE, NINE + 30, NINE + 45, TEN, TEN + 7, 12 * 60])
        why = offers.why_not(assessments(place), NOW, day, minute)
        answers.add(why)
        if why is None:
            ask(day=day, minute=minute)
        else:
            with pytest.raises(NoPlace) as refused:
                ask(day=day, minute=minute)
            assert refused.value.refusal == why
    assert len(answers) > 4
