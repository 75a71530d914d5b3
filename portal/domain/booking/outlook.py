"""How full the coming weeks are: what is taken of what there is, day by day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.core import scheduling
from portal.core.scheduling import Load, Refusal
from portal.domain.booking import load
from portal.domain.garage.offerings import Offering

FAR = timedelta(days=400)  # nobody books further ahead


@dataclass(frozen=True)
class Day:
    """One local day of one kind of work.

    `capacity`: places when nothing is booked; `taken`: by bookings and live holds, maybe more than fit; `refusal`: why
    nobody can book it now, None if one can.
    """

    day: date
    capacity: int
    taken: int
    refusal: Refusal | None


def weeks(offering: Offering, now: datetime, many: int, *, start: date | None = None) -> list[list[Day]]:
    """`many` weeks, Monday first: from the one with the day `start` on, or from this one."""
    monday = monday_of(start or offering.location.today(now))
    last = monday + timedelta(days=7 * many - 1)
    taken = load.live(offering, monday, last, now)
    days = scheduling.offer(offering.schedule(now.year), taken, now, monday, last)
    told = [
        Day(each.day, each.capacity, sum(count for *_, count in taken.spans.get(each.day, ())), each.refusal)
        for each in days
    ]
    return [told[start : start + 7] for start in range(0, len(told), 7)]


def start_around(day: date, today: date, many: int) -> date:
    """Where `many` weeks start that show `day`: with this one or, if that is too early, the one before its own."""
    this = monday_of(today)
    return this if day < this + timedelta(weeks=many) else monday_of(day) - timedelta(weeks=1)


def monday_of(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def first_change(before: Offering, after: Offering, now: datetime) -> date | None:
    """The first day from today on that has more or fewer places in one state of the same work than in the other."""
    first = before.location.today(now)
    old, new = (
        scheduling.offer(each.schedule(now.year), Load(), now, first, first + FAR) for each in (before, after)
    )
    return next((one.day for one, two in zip(old, new, strict=True) if one.capacity != two.capacity), None)


def day(
    offering: Offering, now: datetime, day: date, *, but_booking: str | None = None
) -> list[scheduling.Timeslot]:
    """The timeslots of any day, the refused ones with their rule; the booking `but_booking` is not load."""
    taken = load.live(offering, day, day, now, but_booking=but_booking)
    return scheduling.timeslots(offering.schedule(now.year), taken, now, day)
