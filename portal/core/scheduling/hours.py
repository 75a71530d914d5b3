"""When a location works and how much fits: what staff configure."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 1440


@dataclass(frozen=True)
class Window:
    """Hours of one weekday, cut into equal timeslots; a break is the gap between two windows.

    `weekday`: 0 is Monday; None inside a DayException.
    `start`, `end`: local wall clock in minutes since midnight, end excluded; 1440 is the end of the day.
    `places`: bookings that fit each timeslot.
    `valid_from`, `valid_until`: first and last day of the series, both included; None is open-ended.
    """

    weekday: int | None
    start: int
    end: int
    slot_minutes: int
    places: int
    valid_from: date | None = None
    valid_until: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether the day lies within the validity dates."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True)
class DayException:
    """Replaces the weekly series on one day, also on a public holiday. No windows: closed that day.

    Weekday and validity dates of its windows mean nothing: the day alone decides.
    """

    day: date
    windows: tuple[Window, ...]


@dataclass(frozen=True)
class Closure:
    """Days without any timeslot, first and last included. Nothing beats a closure."""

    first: date
    last: date


@dataclass(frozen=True)
class Schedule:
    """Everything staff decided about one kind of work at one location.

    `zone`: IANA name of the location's time zone; asking with an unknown one raises ZoneInfoNotFoundError.
    `exceptions`: the first one listed for a day counts.
    `holidays`: public holidays, on which the weekly series rests.
    `notice`: least time between now and the start of a timeslot.
    `horizon_days`: the last bookable local day is today plus this many days.
    `day_limit`: most places given away on one local day, over all kinds of work; None is no limit.
    `work_day_limit`: the same for this kind of work alone.

    Laid-out days are remembered by value, so an equal schedule that was built anew finds them again.
    """

    zone: str
    windows: tuple[Window, ...]
    exceptions: tuple[DayException, ...]
    closures: tuple[Closure, ...]
    holidays: frozenset[date]
    notice: timedelta
    horizon_days: int
    day_limit: int | None = None
    work_day_limit: int | None = None

    @cached_property
    def tzinfo(self) -> ZoneInfo:
        """The time zone of `zone`."""
        return ZoneInfo(self.zone)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self._values())

    def __reduce__(self) -> tuple[Any, ...]:
        # The remembered hash of a string is true only in the process that made it.
        return Schedule, self._values()

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, field.name) for field in fields(self))
