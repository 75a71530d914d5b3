"""Asking for bookings."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.domain.booking import load
from portal.domain.booking.errors import RequestUnknown
from portal.domain.booking.models import Booking, State
from portal.domain.cases import queries as cases
from portal.domain.drafts.models import Draft
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import Offering, assessments, repairs
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import GarageView, LocationView


@dataclass(frozen=True)
class Appointment:
    """A booking or request as pages and letters tell it. Moments are aware UTC; `day` is the location's."""

    uid: str
    state: State
    round: int
    garage: GarageView
    location: LocationView
    flow: Flow
    damage_flow: str
    offering: Offering
    sequence: int
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
    case_uid: str | None
    booked_at: datetime | None  # for the time it has now
    cancelled_at: datetime | None
    reminded_at: datetime | None

    def is_held(self, now: datetime) -> bool:
        """Whether the place is still kept for this request."""
        return self.state == State.HELD and now < self.held_until

    @property
    def is_booked(self) -> bool:
        return self.state == State.BOOKED

    @property
    def is_cancelled(self) -> bool:
        return self.state == State.CANCELLED

    @property
    def change_until(self) -> datetime:
        """Until when the customer may change or cancel it without calling."""
        hours = self.garage.profile.appointments.change_until_hours
        return self.starts_at - timedelta(hours=hours)


def appointment(uid: str) -> Appointment:
    """The request or booking `uid`.

    Raises:
        RequestUnknown: if there is none.
    """
    booking = db.session.scalar(select(Booking).where(Booking.uid == uid))
    if booking is None:
        raise RequestUnknown(uid)
    garage = garages.by_id(booking.garage_id)
    told = _told(booking)
    return Appointment(
        uid=booking.uid,
        state=State(booking.state),
        round=booking.round,
        garage=garage,
        location=garages.location(garage, booking.location_id),
        flow=booking.flow,
        damage_flow=booking.damage_flow,
        offering=offering(booking),
        sequence=booking.sequence,
        booked_at=booking.booked_at,
        cancelled_at=booking.cancelled_at,
        reminded_at=booking.reminded_at,
        day=booking.day,
        start_minute=booking.start_minute,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        requested_at=booking.requested_at,
        held_until=booking.held_until,
        draft_uid=_draft_uid(booking),
        email=booking.email,
        language=booking.language,
        **told,
    )


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
    """The bookings of a case, also those that were cancelled, oldest first."""
    kept = Booking.state.in_((State.BOOKED, State.CANCELLED))
    return list(
        db.session.scalars(select(Booking).where(Booking.case_id == case_id, kept).order_by(Booking.id))
    )


def coming_repair(case_id: int, now: datetime) -> str | None:
    """The uid of the repair that is booked for a case and not over yet."""
    return db.session.scalar(
        select(Booking.uid).where(
            Booking.case_id == case_id,
            Booking.flow == "repair",
            Booking.state == State.BOOKED,
            Booking.ends_at > now,
        )
    )


def promised(booking: Booking) -> Offering:
    """What a place was given for, whatever became of the case since."""
    location = garages.location(garages.by_id(booking.garage_id), booking.location_id)
    return Offering(location, booking.flow, booking.damage_flow)  # type: ignore[arg-type]


def offering(booking: Booking) -> Offering:
    """What a booking is for, as the garage offers it now: a repair follows the damage flow of its case."""
    location = garages.location(garages.by_id(booking.garage_id), booking.location_id)
    if booking.flow == "assessment" or booking.case_id is None:
        return assessments(location)
    return repairs(location, cases.by_id(booking.case_id).case.damage_flow)


def _draft_uid(booking: Booking) -> str | None:
    return (
        db.session.scalar(select(Draft.uid).where(Draft.id == booking.draft_id)) if booking.draft_id else None
    )


def _told(booking: Booking) -> dict[str, Any]:
    """Name, car and case, from the case once there is one, else from the request."""
    if booking.case_id is None:
        names = ("first_name", "last_name", "plate", "make", "model")
        nothing = {"case_number": None, "case_uid": None}
        return {name: booking.answers.get(name, "") for name in names} | nothing
    view = cases.by_id(booking.case_id)
    return {
        "first_name": view.customer.first_name,
        "last_name": view.customer.last_name,
        "plate": view.vehicle.plate,
        "make": view.vehicle.make,
        "model": view.vehicle.model,
        "case_number": view.case.number,
        "case_uid": view.case.uid,
    }
