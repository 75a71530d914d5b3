"""How much of a location is taken: one grouped query over a covering index, whatever the history."""

from collections import Counter
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
)

from portal.core import scheduling
from portal.core.scheduling.load import Span
from portal.db import ask
from portal.domain.booking.models import Booking, State
from portal.domain.garage.offerings import Offering

_BOOKED = Booking.state == State.BOOKED
_START = (
    10_000  # 540 to 570 is told as 5400570: one number is half as dear to put together as two with a dash
)


def counts_at(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Whether a row takes a place at `now`: it is booked, or its hold has not run out."""
    return or_(_BOOKED, and_(Booking.state == State.HELD, Booking.held_until > now))


def is_open_at(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The same, and requests that wait for their confirmation without keeping a place."""
    return or_(counts_at(now), and_(Booking.state == State.ASKED, Booking.held_until > now))


def _load_of(*counts: ColumnElement[bool]) -> Select:
    here = Booking.location_id == bindparam("location_id")
    then = Booking.day >= bindparam("first"), Booking.day <= bindparam("last")
    ours = and_(Booking.flow == bindparam("flow"), Booking.damage_flow == bindparam("damage_flow"))
    span = cast(Booking.start_minute * _START + Booking.end_minute, String)
    # A row a day: handing over a row for each of its timeslots would cost more than finding them.
    spans = func.aggregate_strings(span, " ").filter(ours)
    return select(Booking.day, func.count(), spans).where(here, *then, *counts).group_by(Booking.day)


# Of every page that shows times; made once, because putting a statement together costs more than the database does.
_LIVE = _load_of(counts_at(bindparam("now")))
_LIVE_BUT = _load_of(
    counts_at(bindparam("now")),
    or_(Booking.draft_id.is_(None), Booking.draft_id != bindparam("but_draft")),
    Booking.uid != bindparam("but_booking"),
)
_OF_BOOKINGS = _load_of(_BOOKED)


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
    if but_draft is None and but_booking is None:
        return _load(_LIVE, offering, first, last, now=now)
    # No row has the draft 0 or an empty uid.
    mine = {"but_draft": but_draft or 0, "but_booking": but_booking or ""}
    return _load(_LIVE_BUT, offering, first, last, now=now, **mine)


def booked(offering: Offering, day: date) -> scheduling.Load:
    """Bookings alone: what a live hold is measured against when it is confirmed."""
    return _load(_OF_BOOKINGS, offering, day, day)


def _load(statement: Select, offering: Offering, first: date, last: date, **more: object) -> scheduling.Load:
    rows = ask(
        statement,
        location_id=offering.location.id,
        first=first,
        last=last,
        flow=offering.flow,
        damage_flow=offering.damage_flow,
        **more,
    ).all()
    return scheduling.Load(
        spans={day: _spans(words) for day, _, words in rows if words},
        days={day: count for day, count, _ in rows},
    )


@lru_cache(maxsize=8192)
def _spans(words: str) -> tuple[Span, ...]:
    """The spans that `5400570 5400570 6000630` tells, in order."""
    counted = Counter(map(int, words.split()))
    return tuple((*divmod(span, _START), count) for span, count in sorted(counted.items()))
