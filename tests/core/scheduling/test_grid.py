"""How a window becomes timeslots."""

from datetime import date

import pytest

from portal.core.scheduling import Refusal, Window, timeslots, why_not

from .given import MONDAY, NINE, NOBODY, NOON, SUNDAY_BEFORE, TUESDAY, a_schedule, starts


def monday_starts(*windows: Window) -> list[int]:
    return starts(a_schedule(windows=windows), NOBODY, SUNDAY_BEFORE, MONDAY)


def test_a_slot_never_sticks_out_of_its_window() -> None:
    window = Window(0, NINE, NOON, 50, 1)
    assert monday_starts(window) == [540, 590, 640]
    slots = timeslots(a_schedule(windows=(window,)), NOBODY, SUNDAY_BEFORE, MONDAY)
    assert [slot.end for slot in slots] == [590, 640, 690]


def test_a_break_is_the_gap_between_two_windows() -> None:
    schedule = a_schedule(windows=(Window(0, 780, 900, 60, 1), Window(0, NINE, NOON, 60, 1)))
    assert starts(schedule, NOBODY, SUNDAY_BEFORE, MONDAY) == [540, 600, 660, 780, 840]
    assert why_not(schedule, NOBODY, SUNDAY_BEFORE, MONDAY, 720) is Refusal.OUTSIDE_HOURS


def test_a_window_belongs_to_its_weekday() -> None:
    schedule = a_schedule(windows=(Window(0, NINE, NOON, 60, 1),))
    assert starts(schedule, NOBODY, SUNDAY_BEFORE, TUESDAY) == []


@pytest.mark.parametrize(
    ("minute", "refusal"),
    [
        (539, Refusal.OUTSIDE_HOURS),
        (540, None),
        (541, Refusal.BETWEEN_SLOTS),
        (640, None),
        (690, Refusal.BETWEEN_SLOTS),
        (719, Refusal.BETWEEN_SLOTS),
        (720, Refusal.OUTSIDE_HOURS),
        (-1, Refusal.OUTSIDE_HOURS),
        (1440, Refusal.OUTSIDE_HOURS),
        (99_999, Refusal.OUTSIDE_HOURS),
    ],
)
def test_every_minute_has_an_answer(minute: int, refusal: Refusal | None) -> None:
    schedule = a_schedule(windows=(Window(0, NINE, NOON, 50, 1),))
    assert why_not(schedule, NOBODY, SUNDAY_BEFORE, MONDAY, minute) == refusal


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_have_an_answer(day: date) -> None:
    schedule = a_schedule(
        zone="America/Los_Angeles", windows=tuple(Window(d, 0, 1440, 60, 1) for d in range(7))
    )
    assert why_not(schedule, NOBODY, SUNDAY_BEFORE, day, NINE) is Refusal.OUTSIDE_HOURS


def test_a_whole_day_window_covers_midnight_to_midnight() -> None:
    assert monday_starts(Window(0, 0, 1440, 480, 1)) == [0, 480, 960]


def test_overlapping_windows_never_promise_the_same_minutes_twice() -> None:
    hourly, half_hourly = Window(0, NINE, NOON, 60, 1), Window(0, 630, 780, 30, 1)
    assert monday_starts(hourly, half_hourly) == [540, 600, 660, 690, 720, 750]
    assert monday_starts(half_hourly, hourly) == [540, 600, 660, 690, 720, 750]


def test_of_two_equal_times_the_one_with_fewer_places_stays() -> None:
    schedule = a_schedule(windows=(Window(0, NINE, NOON, 60, 3), Window(0, NINE, NOON, 60, 2)))
    slots = timeslots(schedule, NOBODY, SUNDAY_BEFORE, MONDAY)
    assert [slot.places for slot in slots] == [2, 2, 2]


@pytest.mark.parametrize(
    "faulty",
    [
        Window(0, NOON, NINE, 60, 1),
        Window(0, NINE, NOON, 0, 1),
        Window(0, NINE, NOON, -60, 1),
        Window(0, NINE, NOON, 181, 1),
        Window(0, NINE, NOON, 60, 0),
        Window(0, 1400, 1500, 50, 1),
        Window(None, NINE, NOON, 60, 1),
    ],
)
def test_a_faulty_window_opens_nothing(faulty: Window) -> None:
    assert monday_starts(faulty) == []
    schedule = a_schedule(windows=(faulty,))
    assert why_not(schedule, NOBODY, SUNDAY_BEFORE, MONDAY, NINE) is Refusal.OUTSIDE_HOURS
