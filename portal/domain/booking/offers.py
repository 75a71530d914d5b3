"""Asking what could be booked."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.core import scheduling
from portal.domain.booking import load
from portal.domain.booking.errors import NoPlace
from portal.domain.garage.offerings import Offering


@dataclass(frozen=True)
class Offer:
    """What a location offers: how full the days of its horizon are, and the timeslots of one of them."""

    days: list[scheduling.DayOffer]
    day: date | None
    timeslots: list[scheduling.Timeslot]

    @property
    def next_free(self) -> date | None:
        """The first day after the shown one with something to book."""
        return next(
            (each.day for each in self.days if each.slots and (not self.day or each.day > self.day)), None
        )


def offer(
    offering: Offering,
    now: datetime,
    day: date | None = None,
    *,
    but_draft: int | None = None,
    but_booking: str | None = None,
) -> Offer:
    """What is offered; shown is `day` if it lies in the horizon, else the first free day.

    Neither the hold of `but_draft` nor the booking `but_booking` is load for the customer who made it.
    """
    schedule = offering.schedule(now.year)
    first, last = scheduling.horizon(schedule, now)
    taken = load.live(offering, first, last, now, but_draft=but_draft, but_booking=but_booking)
    days = scheduling.offer(schedule, taken, now, first, last)
    if day is None or not first <= day <= last:
        day = next((each.day for each in days if each.slots), None)
    return Offer(days, day, scheduling.timeslots(schedule, taken, now, day) if day else [])


def alternatives(
    offering: Offering, now: datetime, most: int, *, but_booking: str | None = None
) -> list[scheduling.Timeslot]:
    """The first free timeslot of each of the next free days, at most `most`; `but_booking` is not load."""
    schedule = offering.schedule(now.year)
    first, last = scheduling.horizon(schedule, now)
    taken = load.live(offering, first, last, now, but_booking=but_booking)
    free_days = [each.day for each in scheduling.offer(schedule, taken, now, first, last) if each.slots]
    return [
        next(slot for slot in scheduling.timeslots(schedule, taken, now, day) if slot.refusal is None)
        for day in free_days[:most]
    ]


def why_not(
    offering: Offering,
    now: datetime,
    day: date,
    minute: int,
    *,
    but_draft: int | None = None,
    but_booking: str | None = None,
) -> scheduling.Refusal | None:
    """The rule that refuses local `minute` of `day`, or None if it is offered."""
    taken = load.live(offering, day, day, now, but_draft=but_draft, but_booking=but_booking)
    return scheduling.why_not(offering.schedule(now.year), taken, now, day, minute)


def find(
    offering: Offering, taken: scheduling.Load, now: datetime, day: date, minute: int
) -> scheduling.Timeslot:
    """The timeslot to be given away, under the lock of its place.

    Raises:
        NoPlace: if it is not offered.
    """
    if not offering.is_open:
        raise NoPlace(scheduling.Refusal.CLOSED)
    try:
        return scheduling.find(offering.schedule(now.year), taken, now, day, minute)
    except scheduling.NotOffered as refused:
        raise NoPlace(refused.refusal) from None
