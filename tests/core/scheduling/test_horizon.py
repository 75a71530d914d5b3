"""The last bookable day is today, as the garage's clock has it, plus the horizon."""

from datetime import date, timedelta

from portal.core.scheduling import Refusal, horizon, offer, timeslots, why_not

from .given import MONDAY, NINE, NOBODY, SUNDAY_BEFORE, a_schedule, at, every_day

DAY = timedelta(days=1)


def test_the_horizon_runs_from_today_to_its_last_day() -> None:
    assert horizon(a_schedule(horizon_days=60), SUNDAY_BEFORE) == (date(2026, 11, 22), date(2027, 1, 21))


def test_today_is_the_day_on_the_garages_clock() -> None:
    late = at("2026-11-22T23:30:00+00:00")
    assert horizon(a_schedule(horizon_days=1), late) == (MONDAY, MONDAY + DAY)
    los_angeles = a_schedule(zone="America/Los_Angeles", horizon_days=1)
    assert horizon(los_angeles, late) == (MONDAY - DAY, MONDAY)


def test_the_last_day_is_bookable_whole_and_the_next_not_at_all() -> None:
    schedule = a_schedule(windows=every_day(0, 1440), horizon_days=3)
    _, last = horizon(schedule, SUNDAY_BEFORE)
    assert all(slot.refusal is None for slot in timeslots(schedule, NOBODY, SUNDAY_BEFORE, last))
    after = timeslots(schedule, NOBODY, SUNDAY_BEFORE, last + DAY)
    assert {slot.refusal for slot in after} == {Refusal.TOO_FAR}


def test_the_horizon_moves_on_at_local_midnight() -> None:
    schedule = a_schedule(horizon_days=7)
    assert (
        why_not(schedule, NOBODY, at("2026-11-22T22:59:59+00:00"), MONDAY + 7 * DAY, NINE) is Refusal.TOO_FAR
    )
    assert why_not(schedule, NOBODY, at("2026-11-22T23:00:00+00:00"), MONDAY + 7 * DAY, NINE) is None


def test_a_horizon_of_no_days_is_today_only() -> None:
    schedule = a_schedule(horizon_days=0)
    early = at("2026-11-23T05:00:00+00:00")
    assert why_not(schedule, NOBODY, early, MONDAY, NINE) is None
    assert why_not(schedule, NOBODY, early, MONDAY + DAY, NINE) is Refusal.TOO_FAR


def test_an_offer_has_every_day_of_its_range_in_order() -> None:
    days = offer(a_schedule(horizon_days=2), NOBODY, SUNDAY_BEFORE, MONDAY - 2 * DAY, MONDAY + 2 * DAY)
    assert [day.day for day in days] == [MONDAY + n * DAY for n in range(-2, 3)]
    assert [day.refusal for day in days] == [Refusal.PAST, Refusal.PAST, None, None, Refusal.TOO_FAR]


def test_a_reversed_range_is_empty() -> None:
    assert offer(a_schedule(), NOBODY, SUNDAY_BEFORE, MONDAY, MONDAY - DAY) == []
