"""What the scheduling core answers."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Refusal(StrEnum):
    """The rule that refused a time, in the order the rules are asked."""

    CLOSED = "closed"
    CLOSED_THAT_DAY = "closed_that_day"
    PUBLIC_HOLIDAY = "public_holiday"
    OUTSIDE_HOURS = "outside_hours"
    BETWEEN_SLOTS = "between_slots"
    CLOCK_CHANGE = "clock_change"
    PAST = "past"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    DAY_FULL = "day_full"
    WORK_DAY_FULL = "work_day_full"
    SLOT_FULL = "slot_full"

    __hash__ = str.__hash__  # answers are kept by their values; an Enum would work its hash out every time


class NotOffered(Exception):
    """The asked time is not offered; `refusal` is the rule that said no."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class Timeslot(NamedTuple):
    """One start and end of the grid, offered when `refusal` is None.

    `start`, `end`: local minutes since midnight of `day`; `starts_at`, `ends_at`: the same in aware UTC.
    A wall time that happens twice is its first occurrence; one that never happens is refused, and then
    `starts_at` and `ends_at` are only nominal.
    `taken`: places of overlapping load, possibly more than `places`.
    `free`: places one can still book, also under the limits of the day; 0 when refused.
    """

    day: date
    start: int
    end: int
    places: int
    starts_at: datetime
    ends_at: datetime
    taken: int
    free: int
    refusal: Refusal | None


class DayOffer(NamedTuple):
    """How full a day is.

    `slots`: bookable timeslots; `free`: bookable places; `capacity`: places of the whole day when nothing
    is booked. The limits of the day cap both `free` and `capacity`.
    `refusal`: why nothing is bookable, None when something is. Of several reasons it is the one of the
    timeslot that came furthest through the rules.
    """

    day: date
    slots: int
    free: int
    capacity: int
    refusal: Refusal | None
