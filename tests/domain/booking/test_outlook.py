"""How full the coming weeks are."""

from datetime import date, timedelta

import pytest

from portal.core.scheduling import Refusal
from portal.domain.booking import outlook
from portal.domain.garage.hours import Closure
from portal.domain.garage.offerings import assessments
from portal.domain.garage.views import LocationView
from tests.domain.booking.given import DAY, NOW, TEN, ask, opens


def test_weeks_begin_on_monday_and_count_what_is_taken(context):
    place = opens(places=2, hours=[{"days": "tue", "open": ["09:00-12:00"]}])
    ask(), ask(minute=TEN)
    first, second = outlook.weeks(assessments(place), NOW, 2)
    assert [week[0].day.weekday() for week in (first, second)] == [0, 0]
    tuesday = second[1]
    assert (tuesday.day, tuesday.capacity, tuesday.taken, tuesday.refusal) == (DAY, 12, 2, None)
    assert second[2].capacity == 0 and second[2].refusal is Refusal.OUTSIDE_HOURS


def test_weeks_may_start_later(context):
    offering = assessments(opens())
    this, next_one = (week[0].day for week in outlook.weeks(offering, NOW, 2))
    (later,) = outlook.weeks(offering, NOW, 1, start=next_one + timedelta(days=3))
    assert [next_one - this, later[0].day] == [timedelta(days=7), next_one]


@pytest.mark.parametrize(("day", "start"), [(13, 0), (14, 7), (76, 63)])
def test_weeks_that_show_a_day_start_with_this_one_or_else_a_week_before_it(day, start):
    this = date(2026, 11, 30)
    found = outlook.start_around(this + timedelta(days=day), this + timedelta(days=2), 2)
    assert found == this + timedelta(days=start)


def test_the_first_day_that_changes_is_found_however_far_ahead_it_lies(context):
    place = opens()
    far = DAY + timedelta(days=300)
    closed = place.profile.model_copy(update={"closures": [Closure(first=far, last=far + timedelta(days=3))]})
    before, after = assessments(place), assessments(LocationView(place.id, closed, place.garage))
    assert outlook.first_change(before, after, NOW) == far
    assert outlook.first_change(before, before, NOW) is None


def test_a_day_has_its_timeslots_but_for_ones_own_booking(context):
    place = opens()
    uid = ask()
    taken = [slot.taken for slot in outlook.day(assessments(place), NOW, DAY)]
    mine = [slot.taken for slot in outlook.day(assessments(place), NOW, DAY, but_booking=uid)]
    assert (taken[0], mine[0]) == (1, 0)
    assert outlook.day(assessments(place), NOW, DAY + timedelta(days=400))[0].refusal is Refusal.TOO_FAR
