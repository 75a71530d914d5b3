"""Asking for bookings, and for what could be booked."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.core import scheduling
from portal.db import db
from portal.domain.booking import load
from portal.domain.booking.errors import RequestUnknown
from portal.domain.booking.models import ASSESSMENT, Booking, State
from portal.domain.cases import queries as cases
from portal.domain.drafts.models import Draft
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView, LocationView


@dataclass(frozen=True)
class Appointment:
    """A booking or request as pages and letters tell it. Moments are aware UTC; `day` is the location's."""

    uid: str
    state: State
    round: int
    garage: GarageView
    location: LocationView
    day: date
    start_minute: int
    starts_at: datetime
    ends_at: datetime
    requested_at: datetime
    held_until: datetime
    draft_uid: str | None
    email: str
    language: str
    first_name: str
    last_name: str
    plate: str
    make: str
    model: str
    case_number: str | None

    def is_held(self, now: datetime) -> bool:
        """Whether the place is still kept for this request."""
        return self.state == State.HELD and now < self.held_until

    @property
    def is_booked(self) -> bool:
        return self.state == State.BOOKED


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


def appointment(uid: str) -> Appointment:
    """The request or booking `uid`.

    Raises:
        RequestUnknown: if there is none.
    """
    booking = db.session.scalar(select(Booking).where(Booking.uid == uid))
    if booking is None:
        raise RequestUnknown(uid)
    garage = garages.by_id(booking.garage_id)
    told, case_number = _told(booking)
    return Appointment(
        uid=booking.uid,
        state=State(booking.state),
        round=booking.round,
        garage=garage,
        location=garages.location(garage, booking.location_id),
        day=booking.day,
        start_minute=booking.start_minute,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        requested_at=booking.requested_at,
        held_until=booking.held_until,
        draft_uid=_draft_uid(booking),
        email=booking.email,
        language=booking.language,
        case_number=case_number,
        **told,
    )


def offer(
    location: LocationView, now: datetime, day: date | None = None, but_draft: int | None = None
) -> Offer:
    """What `location` offers for an assessment; shown is `day` if it lies in the horizon, else the first free day.

    The hold of `but_draft` is not load for the customer who made it.
    """
    schedule = location.assessment_schedule(now.year)
    first, last = scheduling.horizon(schedule, now)
    taken = load.live(location.id, ASSESSMENT, first, last, now, but_draft)
    days = scheduling.offer(schedule, taken, now, first, last)
    if day is None or not first <= day <= last:
        day = next((each.day for each in days if each.slots), None)
    return Offer(days, day, scheduling.timeslots(schedule, taken, now, day) if day else [])


def alternatives(location: LocationView, now: datetime, most: int) -> list[scheduling.Timeslot]:
    """The first free timeslot of each of the next free days, at most `most`."""
    schedule = location.assessment_schedule(now.year)
    first, last = scheduling.horizon(schedule, now)
    taken = load.live(location.id, ASSESSMENT, first, last, now)
    free_days = [each.day for each in scheduling.offer(schedule, taken, now, first, last) if each.slots]
    return [
        next(slot for slot in scheduling.timeslots(schedule, taken, now, day) if slot.refusal is None)
        for day in free_days[:most]
    ]


def why_not(
    location: LocationView, now: datetime, day: date, minute: int, but_draft: int | None = None
) -> scheduling.Refusal | None:
    """The rule that refuses an assessment at local `minute` of `day`, or None if it is offered."""
    taken = load.live(location.id, ASSESSMENT, day, day, now, but_draft)
    return scheduling.why_not(location.assessment_schedule(now.year), taken, now, day, minute)


def latest_of_draft(draft_id: int) -> str | None:
    """The uid of the draft's booking, else of its newest request, else None."""
    rows = db.session.execute(
        select(Booking.uid, Booking.state).where(Booking.draft_id == draft_id).order_by(Booking.id.desc())
    ).all()
    booked = next((row.uid for row in rows if row.state == State.BOOKED), None)
    return booked or (rows[0].uid if rows else None)


def successor(uid: str, now: datetime) -> Appointment | None:
    """What the draft of the request `uid` asked for since, and still keeps or has booked."""
    same_draft = select(Booking.draft_id).where(Booking.uid == uid).scalar_subquery()
    newer = db.session.scalar(
        select(Booking.uid)
        .where(Booking.draft_id == same_draft, Booking.uid != uid, load.counts_at(now))
        .limit(1)
    )
    return appointment(newer) if newer else None


def of_case(case_id: int) -> list[Booking]:
    """The bookings of a case, oldest first."""
    return list(db.session.scalars(select(Booking).where(Booking.case_id == case_id).order_by(Booking.id)))


def _draft_uid(booking: Booking) -> str | None:
    return (
        db.session.scalar(select(Draft.uid).where(Draft.id == booking.draft_id)) if booking.draft_id else None
    )


def _told(booking: Booking) -> tuple[dict[str, str], str | None]:
    """Name and car, from the case once there is one, else from the request."""
    if booking.case_id is None:
        names = ("first_name", "last_name", "plate", "make", "model")
        return {name: booking.answers.get(name, "") for name in names}, None
    view = cases.by_id(booking.case_id)
    return {
        "first_name": view.customer.first_name,
        "last_name": view.customer.last_name,
        "plate": view.vehicle.plate,
        "make": view.vehicle.make,
        "model": view.vehicle.model,
    }, view.case.number
