"""A07: hours are those of the clock on the garage's wall, whatever that clock does."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from portal.core.scheduling import Refusal, Timeslot, Window, offer, timeslots, why_not

from .given import ELEVEN, NINE, NOBODY, TEN, a_schedule, at, every_day, offered, starts

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
BEFORE_SPRING, BEFORE_AUTUMN = at("2027-03-25T08:00:00+00:00"), at("2027-10-28T08:00:00+00:00")
DAY = timedelta(days=1)
NIGHT = every_day(60, 300, 30)


def minutes_long(slot: Timeslot) -> float:
    return (slot.ends_at - slot.starts_at) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("day", "first_start"),
    [
        (SPRING - DAY, "2027-03-27T08:00:00+00:00"),
        (SPRING, "2027-03-28T07:00:00+00:00"),
        (SPRING + DAY, "2027-03-29T07:00:00+00:00"),
    ],
)
def test_a07_morning_hours_stay_morning_hours_around_the_spring_change(day: date, first_start: str) -> None:
    slots = offered(a_schedule(), NOBODY, BEFORE_SPRING, day)
    assert [slot.start for slot in slots] == [NINE, TEN, ELEVEN]
    assert slots[0].starts_at == at(first_start)
    assert slots[-1].ends_at == at(first_start) + timedelta(hours=3)


@pytest.mark.parametrize(
    ("day", "first_start"),
    [
        (AUTUMN - DAY, "2027-10-30T07:00:00+00:00"),
        (AUTUMN, "2027-10-31T08:00:00+00:00"),
        (AUTUMN + DAY, "2027-11-01T08:00:00+00:00"),
    ],
)
def test_a07_morning_hours_stay_morning_hours_around_the_autumn_change(day: date, first_start: str) -> None:
    slots = offered(a_schedule(), NOBODY, BEFORE_AUTUMN, day)
    assert [slot.start for slot in slots] == [NINE, TEN, ELEVEN]
    assert slots[0].starts_at == at(first_start)
    assert slots[-1].ends_at == at(first_start) + timedelta(hours=3)


def test_a07_no_slot_touches_the_hour_that_spring_skips() -> None:
    schedule = a_schedule(windows=NIGHT)
    assert starts(schedule, NOBODY, BEFORE_SPRING, SPRING) == [60, 180, 210, 240, 270]
    for minute in (90, 120, 150):
        assert why_not(schedule, NOBODY, BEFORE_SPRING, SPRING, minute) is Refusal.CLOCK_CHANGE


def test_a07_the_skipped_hour_is_no_capacity() -> None:
    before, on, after = offer(a_schedule(windows=NIGHT), NOBODY, BEFORE_SPRING, SPRING - DAY, SPRING + DAY)
    assert (before.capacity, on.capacity, after.capacity) == (8, 5, 8)
    assert (before.free, on.free, after.free) == (8, 5, 8)


def test_a07_a_day_with_hours_only_inside_the_gap_says_so() -> None:
    (day,) = offer(a_schedule(windows=every_day(120, 180, 30)), NOBODY, BEFORE_SPRING, SPRING, SPRING)
    assert (day.slots, day.capacity, day.refusal) == (0, 0, Refusal.CLOCK_CHANGE)


def test_a07_the_repeated_hour_is_offered_once_at_its_first_occurrence() -> None:
    slots = offered(a_schedule(windows=NIGHT), NOBODY, BEFORE_AUTUMN, AUTUMN)
    assert [slot.start for slot in slots] == [60, 90, 120, 150, 180, 210, 240, 270]
    by_start = {slot.start: slot for slot in slots}
    assert by_start[120].starts_at == at("2027-10-31T00:00:00+00:00")
    assert by_start[180].starts_at == at("2027-10-31T02:00:00+00:00")


def test_a07_a_slot_ends_when_the_wall_shows_its_end() -> None:
    slots = {slot.start: slot for slot in offered(a_schedule(windows=NIGHT), NOBODY, BEFORE_AUTUMN, AUTUMN)}
    assert minutes_long(slots[120]) == 30
    assert minutes_long(slots[150]) == 90
    assert slots[150].ends_at == slots[180].starts_at


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a07_no_duration_is_negative_and_no_two_slots_run_at_once(day: date) -> None:
    now = at("2027-01-01T08:00:00+00:00")
    schedule = a_schedule(windows=every_day(0, 1440, 15), horizon_days=365)
    slots = timeslots(schedule, NOBODY, now, day)
    assert all(minutes_long(slot) > 0 for slot in slots)
    real = [slot for slot in slots if slot.refusal is None]
    assert all(a.ends_at <= b.starts_at for a, b in pairwise(real))


def test_a07_los_angeles_changes_on_its_own_sunday() -> None:
    schedule = a_schedule(zone="America/Los_Angeles", windows=NIGHT)
    now = at("2027-03-10T08:00:00+00:00")
    assert starts(schedule, NOBODY, now, date(2027, 3, 14)) == [60, 180, 210, 240, 270]
    assert starts(schedule, NOBODY, now, SPRING) == list(range(60, 300, 30))


def test_a07_the_garage_opens_at_its_own_nine_for_a_visitor_anywhere() -> None:
    now_in_los_angeles = at("2027-03-25T00:00:00-07:00")
    slot = offered(a_schedule(), NOBODY, now_in_los_angeles, SPRING)[0]
    assert slot == offered(a_schedule(), NOBODY, at("2027-03-25T07:00:00+00:00"), SPRING)[0]


def test_a07_lord_howe_skips_and_repeats_half_an_hour() -> None:
    schedule = a_schedule(zone="Australia/Lord_Howe", windows=every_day(90, 180, 15))
    skipping, repeating = date(2027, 10, 3), date(2027, 4, 4)
    spring = starts(schedule, NOBODY, at("2027-10-01T00:00:00+00:00"), skipping)
    assert spring == [90, 150, 165]
    slots = offered(schedule, NOBODY, at("2027-04-01T00:00:00+00:00"), repeating)
    assert [slot.start for slot in slots] == [90, 105, 120, 135, 150, 165]
    assert [minutes_long(slot) for slot in slots] == [15, 45, 15, 15, 15, 15]


def test_a07_kathmandu_counts_in_quarters() -> None:
    schedule = a_schedule(zone="Asia/Kathmandu")
    slot = offered(schedule, NOBODY, at("2026-11-22T00:00:00+00:00"), date(2026, 11, 23))[0]
    assert slot.starts_at == at("2026-11-23T03:15:00+00:00")


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Sao_Paulo", date(2018, 11, 4)), ("Africa/Cairo", date(2027, 4, 30))]
)
def test_a07_a_day_without_midnight_starts_at_one(zone: str, day: date) -> None:
    now = at(f"{day.year}-01-01T00:00:00+00:00")
    schedule = a_schedule(zone=zone, windows=every_day(0, 1440, 30), horizon_days=365)
    assert starts(schedule, NOBODY, now, day)[0] == 60
    evening = timeslots(schedule, NOBODY, now, day - DAY)[-1]
    assert (evening.end, evening.refusal) == (1440, Refusal.CLOCK_CHANGE)


def test_a07_a_day_the_country_skipped_offers_nothing() -> None:
    schedule = a_schedule(zone="Pacific/Apia")
    now = at("2011-12-20T00:00:00+00:00")
    skipped = date(2011, 12, 30)
    assert starts(schedule, NOBODY, now, skipped) == []
    assert why_not(schedule, NOBODY, now, skipped, NINE) is Refusal.CLOCK_CHANGE
    assert starts(schedule, NOBODY, now, skipped + DAY) == [NINE, TEN, ELEVEN]


def test_a07_a_window_may_end_at_midnight() -> None:
    schedule = a_schedule(windows=(Window(6, 1320, 1440, 60, 1),))
    late = offered(schedule, NOBODY, BEFORE_AUTUMN, AUTUMN)
    assert [(slot.start, slot.end) for slot in late] == [(1320, 1380), (1380, 1440)]
    assert late[-1].ends_at == at("2027-10-31T23:00:00+00:00")
