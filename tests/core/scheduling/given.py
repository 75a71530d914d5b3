"""A schedule with nothing special, to be changed by the test that needs something special."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from portal.core.scheduling import DayException, Load, Schedule, Timeslot, Window, timeslots

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
SUNDAY_BEFORE = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
NOBODY = Load()
load_of = Load.of
NINE, TEN, ELEVEN, NOON = 540, 600, 660, 720


def every_day(
    start: int = NINE, end: int = NOON, slot_minutes: int = 60, places: int = 1
) -> tuple[Window, ...]:
    return tuple(Window(weekday, start, end, slot_minutes, places) for weekday in range(7))


def a_schedule(**changes: Any) -> Schedule:
    """09:00-12:00 every day in Brussels, one place an hour, no notice, 60 days ahead."""
    ordinary = Schedule(
        zone="Europe/Brussels",
        windows=every_day(),
        exceptions=(),
        closures=(),
        holidays=frozenset(),
        notice=timedelta(0),
        horizon_days=60,
        day_limit=None,
    )
    return replace(ordinary, **changes)


def open_on(day: date, start: int = NINE, end: int = NOON) -> DayException:
    return DayException(day, (Window(None, start, end, 60, 1),))


def slots_of(load: Load) -> dict[tuple[date, int, int], int]:
    """Local day, start and end of what a load takes, to how many places."""
    return {(day, start, end): count for day, spans in load.spans.items() for start, end, count in spans}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def offered(schedule: Schedule, load: Load, now: datetime, day: date) -> list[Timeslot]:
    return [slot for slot in timeslots(schedule, load, now, day) if slot.refusal is None]


def starts(schedule: Schedule, load: Load, now: datetime, day: date) -> list[int]:
    return [slot.start for slot in offered(schedule, load, now, day)]
