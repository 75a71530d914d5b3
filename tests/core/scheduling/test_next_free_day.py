"""The next day with something to book."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.core.scheduling import Closure, Window, horizon, next_free_day, offer

from .given import MONDAY, NINE, NOBODY, NOON, SUNDAY_BEFORE, TEN, TUESDAY, a_schedule, load_of
from .random_cases import random_case

DAY = timedelta(days=1)
MONDAYS = (Window(0, NINE, NOON, 60, 1),)


def test_it_is_later_than_the_day_asked_about() -> None:
    assert next_free_day(a_schedule(), NOBODY, SUNDAY_BEFORE, MONDAY) == TUESDAY


def test_it_skips_days_without_hours_full_days_and_closures() -> None:
    schedule = a_schedule(windows=MONDAYS, closures=(Closure(MONDAY + 7 * DAY, MONDAY + 7 * DAY),))
    full = load_of({(MONDAY, NINE, NOON): 1})
    assert next_free_day(schedule, full, SUNDAY_BEFORE, MONDAY - DAY) == MONDAY + 14 * DAY


def test_a_day_with_one_place_left_is_free() -> None:
    assert (
        next_free_day(a_schedule(), load_of({(MONDAY, TEN, NOON): 1}), SUNDAY_BEFORE, MONDAY - DAY) == MONDAY
    )


def test_days_gone_by_are_never_free() -> None:
    assert next_free_day(a_schedule(), NOBODY, SUNDAY_BEFORE, date(2020, 1, 1)) == MONDAY


def test_nothing_within_the_horizon_is_none() -> None:
    schedule = a_schedule(windows=MONDAYS, horizon_days=7)
    assert next_free_day(schedule, NOBODY, SUNDAY_BEFORE, MONDAY - DAY) == MONDAY
    assert next_free_day(schedule, NOBODY, SUNDAY_BEFORE, MONDAY) is None


def test_the_end_of_the_calendar_is_none() -> None:
    assert next_free_day(a_schedule(), NOBODY, SUNDAY_BEFORE, date.max) is None


@given(st.randoms(use_true_random=False))
def test_it_is_the_first_free_day_of_the_offer(random: object) -> None:
    case = random_case(random)  # type: ignore[arg-type]
    after = case.days[2]
    _, last = horizon(case.schedule, case.now)
    later = offer(case.schedule, case.load, case.now, after + DAY, last)
    expected = next((day.day for day in later if day.refusal is None), None)
    assert next_free_day(case.schedule, case.load, case.now, after) == expected
