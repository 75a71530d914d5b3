"""The day as configured, before anybody books and whatever the time is."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from .answers import Refusal, Timeslot
from .hours import Schedule, Window
from .problems import is_sound

UNLIMITED = sys.maxsize
# UTC of a wall time (of its first occurrence), and whether the clock on the wall ever shows it.
Instant: TypeAlias = tuple[datetime, bool]
# Around the ends of the calendar a local time has no UTC twin.
FIRST_DAY, LAST_DAY = date.min + timedelta(days=2), date.max - timedelta(days=2)


@dataclass(frozen=True, eq=False, slots=True)
class DayPlan:
    """One laid-out day: its hours, and its empty timeslots by start, none overlapping another.

    `refusal`: the rule that keeps the whole day empty. `starts`, `ends`: the minutes of the timeslots.
    `limit`, `work_limit`: most places of the day over all work and of this work, or UNLIMITED.
    `capacity`: places of its timeslots under both limits.
    """

    day: date
    refusal: Refusal | None
    hours: tuple[tuple[int, int], ...]
    timeslots: tuple[Timeslot, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    capacity: int
    limit: int
    work_limit: int

    def why_no_start(self, minute: int) -> Refusal | None:
        """Why no timeslot starts at this minute; None when one does."""
        if self.refusal:
            return self.refusal
        if not any(start <= minute < end for start, end in self.hours):
            return Refusal.OUTSIDE_HOURS
        return None if minute in self.starts else Refusal.BETWEEN_SLOTS


def lay_out(schedule: Schedule, day: date) -> DayPlan:
    """The plan of a local day. Windows with a problem in their times open nothing."""
    limits = _limit(schedule.day_limit), _limit(schedule.work_day_limit)
    windows = _windows_on(schedule, day)
    if isinstance(windows, Refusal):
        return DayPlan(day, windows, (), (), (), (), 0, *limits)
    grid = _without_overlap(slot for window in windows for slot in _cut(window))
    timeslots = _timeslots(day, grid, schedule.tzinfo)
    places = sum(slot.places for slot in timeslots if not slot.refusal)
    return DayPlan(
        day=day,
        refusal=None,
        hours=tuple((window.start, window.end) for window in windows),
        timeslots=timeslots,
        starts=tuple(slot.start for slot in timeslots),
        ends=tuple(slot.end for slot in timeslots),
        capacity=max(0, min(places, *limits)),
        limit=limits[0],
        work_limit=limits[1],
    )


def _limit(configured: int | None) -> int:
    return UNLIMITED if configured is None else configured


def _windows_on(schedule: Schedule, day: date) -> Sequence[Window] | Refusal:
    if any(closure.first <= day <= closure.last for closure in schedule.closures):
        return Refusal.CLOSED
    exception = next((exception for exception in schedule.exceptions if exception.day == day), None)
    if exception and not exception.windows:
        return Refusal.CLOSED_THAT_DAY
    if not exception and day in schedule.holidays:
        return Refusal.PUBLIC_HOLIDAY
    windows = exception.windows if exception else _weekly_windows(schedule, day)
    sound = [window for window in windows if is_sound(window)]
    return sound if sound and FIRST_DAY <= day <= LAST_DAY else Refusal.OUTSIDE_HOURS


def _weekly_windows(schedule: Schedule, day: date) -> list[Window]:
    weekday = day.weekday()
    return [window for window in schedule.windows if window.weekday == weekday and window.is_valid_on(day)]


def _cut(window: Window) -> list[tuple[int, int, int]]:
    length = window.slot_minutes
    starts = range(window.start, window.end - length + 1, length)
    return [(start, start + length, window.places) for start in starts]


def _without_overlap(slots: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Windows that overlap would promise the same people twice: what starts first stays."""
    kept: list[tuple[int, int, int]] = []
    for slot in sorted(slots):
        if not kept or kept[-1][1] <= slot[0]:
            kept.append(slot)
    return kept


def _timeslots(day: date, grid: Sequence[tuple[int, int, int]], zone: ZoneInfo) -> tuple[Timeslot, ...]:
    minutes = {minute for start, end, _ in grid for minute in (start, end)}
    instants = {minute: _instant(day, minute, zone) for minute in minutes}
    return tuple(
        _timeslot(day, start, end, places, instants[start], instants[end]) for start, end, places in grid
    )


def _timeslot(day: date, start: int, end: int, places: int, first: Instant, last: Instant) -> Timeslot:
    (starts_at, start_exists), (ends_at, end_exists) = first, last
    if start_exists and end_exists:
        return Timeslot(day, start, end, places, starts_at, ends_at, 0, places, None)
    ends_at = starts_at + timedelta(minutes=end - start)
    return Timeslot(day, start, end, places, starts_at, ends_at, 0, 0, Refusal.CLOCK_CHANGE)


def moment(day: date, minute: int, zone: str) -> datetime:
    """When the clock on the wall of `zone` shows local `minute` of `day`, in aware UTC; nominal if it never does."""
    return _instant(day, minute, ZoneInfo(zone))[0]


def _instant(day: date, minute: int, zone: ZoneInfo) -> Instant:
    # Sums and comparisons within one zone are those of the clock on the wall.
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minute)
    instant = wall.astimezone(UTC)
    return instant, instant.astimezone(zone) == wall
