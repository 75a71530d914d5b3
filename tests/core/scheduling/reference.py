"""The rules told a second time, slowly and without looking at the product's way of doing it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal.core.scheduling import Load, Refusal, Schedule, Window

from .given import slots_of

ORDER = list(Refusal)


class Slot(NamedTuple):
    start: int
    end: int
    places: int


@lru_cache
def wall_clock(zone: str, day: date) -> dict[int, datetime]:
    """What the clock on the wall shows on a day: local minute to the first moment in UTC that shows it.

    Found by walking through three days of UTC, so that skipped minutes are simply never met.
    """
    shown: dict[int, datetime] = {}
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    for passed in range(3 * 1440):
        moment = begin + timedelta(minutes=passed)
        local = moment.astimezone(ZoneInfo(zone))
        if local.date() == day:
            shown.setdefault(local.hour * 60 + local.minute, moment)
    return shown


def moment_of(zone: str, day: date, minute: int) -> datetime | None:
    if minute == 1440:
        return wall_clock(zone, day + timedelta(days=1)).get(0)
    return wall_clock(zone, day).get(minute)


def makes_sense(window: Window) -> bool:
    return (
        0 <= window.start < window.end <= 1440
        and 0 < window.slot_minutes <= window.end - window.start
        and window.places > 0
    )


def windows_of(schedule: Schedule, day: date) -> list[Window]:
    for exception in schedule.exceptions:
        if exception.day == day:
            return [window for window in exception.windows if makes_sense(window)]
    found = []
    for window in schedule.windows:
        begun = window.valid_from is None or day >= window.valid_from
        over = window.valid_until is not None and day > window.valid_until
        if window.weekday == day.weekday() and begun and not over and makes_sense(window):
            found.append(window)
    return found


def grid(schedule: Schedule, day: date) -> list[Slot]:
    """Every slot that fits its window; of slots that overlap the earliest, shortest, smallest stays."""
    candidates = []
    for window in windows_of(schedule, day):
        start = window.start
        while start + window.slot_minutes <= window.end:
            candidates.append(Slot(start, start + window.slot_minutes, window.places))
            start += window.slot_minutes
    kept: list[Slot] = []
    for slot in sorted(candidates):
        if not any(slot.start < other.end and other.start < slot.end for other in kept):
            kept.append(slot)
    return kept


def rule_of_the_day(schedule: Schedule, day: date) -> Refusal | None:
    for closure in schedule.closures:
        if closure.first <= day and day <= closure.last:
            return Refusal.CLOSED
    exceptions = [exception for exception in schedule.exceptions if exception.day == day]
    if exceptions:
        return None if exceptions[0].windows else Refusal.CLOSED_THAT_DAY
    return Refusal.PUBLIC_HOLIDAY if day in schedule.holidays else None


def taken(load: Load, day: date, slot: Slot) -> int:
    count = 0
    for (booked_day, start, end), places in slots_of(load).items():
        if booked_day == day and start < slot.end and slot.start < end:
            count += places
    return count


def of_this_work(load: Load, day: date) -> int:
    return sum(places for (booked_day, _, _), places in slots_of(load).items() if booked_day == day)


def why_not(schedule: Schedule, load: Load, now: datetime, day: date, minute: int) -> Refusal | None:
    refused = rule_of_the_day(schedule, day)
    if refused:
        return refused
    if all(minute < window.start or minute >= window.end for window in windows_of(schedule, day)):
        return Refusal.OUTSIDE_HOURS
    for slot in grid(schedule, day):
        if slot.start == minute:
            return why_not_slot(schedule, load, now, day, slot)
    return Refusal.BETWEEN_SLOTS


def why_not_slot(schedule: Schedule, load: Load, now: datetime, day: date, slot: Slot) -> Refusal | None:
    begins = moment_of(schedule.zone, day, slot.start)
    if begins is None or moment_of(schedule.zone, day, slot.end) is None:
        return Refusal.CLOCK_CHANGE
    if begins < now:
        return Refusal.PAST
    if begins - now < schedule.notice:
        return Refusal.TOO_SOON
    if (day - now.astimezone(ZoneInfo(schedule.zone)).date()).days > schedule.horizon_days:
        return Refusal.TOO_FAR
    if schedule.day_limit is not None and load.days.get(day, 0) >= schedule.day_limit:
        return Refusal.DAY_FULL
    if schedule.work_day_limit is not None and of_this_work(load, day) >= schedule.work_day_limit:
        return Refusal.WORK_DAY_FULL
    if taken(load, day, slot) >= slot.places:
        return Refusal.SLOT_FULL
    return None


def free(schedule: Schedule, load: Load, now: datetime, day: date, slot: Slot) -> int:
    if why_not_slot(schedule, load, now, day, slot):
        return 0
    return cap(schedule, load, day, slot.places - taken(load, day, slot))


def cap(schedule: Schedule, load: Load, day: date, places: int) -> int:
    if schedule.day_limit is not None:
        places = min(places, schedule.day_limit - load.days.get(day, 0))
    if schedule.work_day_limit is not None:
        places = min(places, schedule.work_day_limit - of_this_work(load, day))
    return max(0, places)


def timeslots(schedule: Schedule, load: Load, now: datetime, day: date) -> Iterator[tuple[object, ...]]:
    """(start, end, places, taken, free, refusal, start and end in UTC or None if the clock skips it)."""
    if rule_of_the_day(schedule, day):
        return
    for slot in grid(schedule, day):
        refusal = why_not_slot(schedule, load, now, day, slot)
        moments = moment_of(schedule.zone, day, slot.start), moment_of(schedule.zone, day, slot.end)
        yield (
            *slot,
            taken(load, day, slot),
            free(schedule, load, now, day, slot),
            refusal,
            None if refusal is Refusal.CLOCK_CHANGE else moments,
        )


def offer(schedule: Schedule, load: Load, now: datetime, day: date) -> tuple[int, int, int, Refusal | None]:
    """(bookable timeslots, free places, capacity, why nothing)."""
    minutes = range(0, 1440, 5)
    rule = rule_of_the_day(schedule, day)
    slots = [] if rule else grid(schedule, day)
    answers = {slot: why_not_slot(schedule, load, now, day, slot) for slot in slots}
    real = [slot for slot in slots if answers[slot] is not Refusal.CLOCK_CHANGE]
    capacity = cap(schedule, Load(), day, sum(slot.places for slot in real))
    bookable = [slot for slot in slots if answers[slot] is None]
    if bookable:
        places = sum(free(schedule, load, now, day, slot) for slot in bookable)
        return len(bookable), cap(schedule, load, day, places), capacity, None
    reasons = {why_not(schedule, load, now, day, minute) for minute in minutes}
    return 0, 0, capacity, max((reason for reason in reasons if reason), key=ORDER.index)
