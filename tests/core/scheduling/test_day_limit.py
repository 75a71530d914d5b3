"""A day never gives away more places than its limit leaves."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.scheduling import Closure, DayOffer, Load, Refusal, capacity, offer, timeslots, why_not

from .given import MONDAY, NINE, NOBODY, SUNDAY_BEFORE, TEN, TUESDAY, a_schedule, every_day, load_of

FOUR_PLACES = every_day(places=4)


def monday(limit: int | None, load: Load) -> DayOffer:
    return offer(a_schedule(windows=FOUR_PLACES, day_limit=limit), load, SUNDAY_BEFORE, MONDAY, MONDAY)[0]


def test_the_limit_caps_a_day_nobody_booked() -> None:
    day = monday(5, NOBODY)
    assert (day.slots, day.free, day.capacity) == (3, 5, 5)


def test_the_limit_caps_what_a_single_slot_shows() -> None:
    schedule = a_schedule(windows=FOUR_PLACES, day_limit=5)
    slots = timeslots(schedule, load_of({}, {MONDAY: 3}), SUNDAY_BEFORE, MONDAY)
    assert [slot.free for slot in slots] == [2, 2, 2]


def test_days_together_have_the_places_of_each_under_its_limit() -> None:
    closed = Closure(TUESDAY, TUESDAY)
    schedule = a_schedule(windows=FOUR_PLACES, day_limit=5, closures=(closed,))
    assert capacity(schedule, MONDAY, MONDAY) == 5
    assert capacity(schedule, MONDAY, TUESDAY + timedelta(days=1)) == 10
    assert capacity(a_schedule(windows=FOUR_PLACES), MONDAY, TUESDAY) == 24


@pytest.mark.parametrize("counted", [5, 6])
def test_a_day_at_or_over_its_limit_is_full(counted: int) -> None:
    load = load_of({}, {MONDAY: counted})
    assert monday(5, load).refusal is Refusal.DAY_FULL
    schedule = a_schedule(windows=FOUR_PLACES, day_limit=5)
    assert why_not(schedule, load, SUNDAY_BEFORE, MONDAY, NINE) is Refusal.DAY_FULL
    assert why_not(schedule, load, SUNDAY_BEFORE, TUESDAY, NINE) is None


def test_the_last_place_of_the_day_is_offered() -> None:
    day = monday(5, load_of({}, {MONDAY: 4}))
    assert (day.slots, day.free) == (3, 1)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_of_nothing_is_a_full_day(limit: int) -> None:
    day = monday(limit, NOBODY)
    assert (day.slots, day.free, day.capacity, day.refusal) == (0, 0, 0, Refusal.DAY_FULL)


def test_without_a_limit_the_count_of_the_day_means_nothing() -> None:
    assert monday(None, load_of({}, {MONDAY: 1000})).free == 12


def test_a_full_day_is_told_before_a_full_slot() -> None:
    schedule = a_schedule(windows=FOUR_PLACES, day_limit=4)
    load = load_of({(MONDAY, NINE, TEN): 4}, {MONDAY: 4})
    assert why_not(schedule, load, SUNDAY_BEFORE, MONDAY, NINE) is Refusal.DAY_FULL


def test_the_limit_of_one_kind_of_work_counts_its_own_places_only() -> None:
    schedule = a_schedule(windows=FOUR_PLACES, work_day_limit=2)
    (day,) = offer(schedule, load_of({}, {MONDAY: 9}), SUNDAY_BEFORE, MONDAY, MONDAY)
    assert (day.slots, day.free, day.capacity) == (3, 2, 2)
    load = load_of({(MONDAY, TEN, TEN + 60): 2}, {MONDAY: 2})
    assert why_not(schedule, load, SUNDAY_BEFORE, MONDAY, NINE) is Refusal.WORK_DAY_FULL
    assert why_not(schedule, load, SUNDAY_BEFORE, TUESDAY, NINE) is None


def test_the_limit_over_all_work_is_told_before_that_of_one_kind() -> None:
    schedule = a_schedule(windows=FOUR_PLACES, day_limit=2, work_day_limit=1)
    load = load_of({(MONDAY, TEN, TEN + 60): 2}, {MONDAY: 2})
    assert why_not(schedule, load, SUNDAY_BEFORE, MONDAY, NINE) is Refusal.DAY_FULL


@given(
    st.none() | st.integers(0, 15), st.integers(0, 15), st.lists(st.integers(0, 6), min_size=3, max_size=3)
)
def test_a_day_promises_neither_more_than_its_slots_nor_than_its_limit(
    limit: int | None, counted: int, booked: list[int]
) -> None:
    load = load_of(
        {(MONDAY, NINE + 60 * i, TEN + 60 * i): n for i, n in enumerate(booked)}, {MONDAY: counted}
    )
    left = 12 if limit is None else max(0, limit - counted)
    assert monday(limit, load).free == min(left, sum(max(0, 4 - n) for n in booked))
