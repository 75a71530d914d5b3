"""How much of a location is taken: one grouped query over a covering index, whatever the history."""

from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from portal.core import scheduling
from portal.db import db
from portal.domain.booking.models import Booking, State
from portal.domain.garage.offerings import Offering

_BOOKED = Booking.state == State.BOOKED


def live(
    offering: Offering,
    first: date,
    last: date,
    now: datetime,
    *,
    but_draft: int | None = None,
    but_booking: str | None = None,
) -> scheduling.Load:
    """Bookings and holds that have not run out, of the days `first` to `last`. Days count every kind of work.

    The hold of `but_draft` and the booking `but_booking` are left out: nobody stands in their own way.
    """
    counts = counts_at(now)
    if but_draft is not None:
        counts = and_(counts, or_(Booking.draft_id.is_(None), Booking.draft_id != but_draft))
    if but_booking is not None:
        counts = and_(counts, Booking.uid != but_booking)
    return _load(offering, first, last, counts)


def counts_at(now: datetime) -> ColumnElement[bool]:
    """Whether a row takes a place at `now`: it is booked, or its hold has not run out."""
    return or_(_BOOKED, and_(Booking.state == State.HELD, Booking.held_until > now))


def booked(offering: Offering, day: date) -> scheduling.Load:
    """Bookings alone: what a live hold is measured against when it is confirmed."""
    return _load(offering, day, day, _BOOKED)


def _load(offering: Offering, first: date, last: date, counts: ColumnElement[bool]) -> scheduling.Load:
    span = (Booking.day, Booking.start_minute, Booking.end_minute, Booking.flow, Booking.damage_flow)
    rows = db.session.execute(
        select(*span, func.count())
        .where(Booking.location_id == offering.location.id, Booking.day >= first, Booking.day <= last, counts)
        .group_by(*span)
    )
    slots: dict[tuple[date, int, int], int] = {}
    days: dict[date, int] = defaultdict(int)
    for day, start, end, flow, damage_flow, count in rows:
        days[day] += count
        if flow == offering.flow and damage_flow == offering.damage_flow:
            slots[day, start, end] = count
    return scheduling.Load(slots=slots, days=days)
