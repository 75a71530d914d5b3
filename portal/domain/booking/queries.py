"""Asking for bookings."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select

from portal.db import ask, db
from portal.domain.booking import load
from portal.domain.booking.errors import RequestUnknown
from portal.domain.booking.models import MAX_CODE_TRIES, REQUESTED, Booking, State
from portal.domain.booking.rows import Request
from portal.domain.cases import queries as cases
from portal.domain.cases.models import Case
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.drafts.models import Draft
from portal.domain.garage import queries as garages
from portal.domain.garage.models import Garage
from portal.domain.garage.offerings import Offering, assessments, repairs
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import GarageView, LocationView


@dataclass(frozen=True)
class Appointment:
    """A booking or request as pages and letters tell it. Moments are aware UTC; `day` is the location's."""

    uid: str
    state: State
    round: int
    code_tries: int
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
    called_off: bool  # by the garage
    move_asked_at: datetime | None
    reminded_at: datetime | None

    def waits(self, now: datetime) -> bool:
        """Whether this is a request that can still be confirmed at `now`, with a place kept or not."""
        return self.state in REQUESTED and now < self.held_until

    @property
    def takes_code(self) -> bool:
        """Whether the code from the mail may still be typed."""
        return self.code_tries < MAX_CODE_TRIES

    @property
    def keeps_place(self) -> bool:
        """Whether nobody else gets the place meanwhile."""
        return self.state != State.ASKED

    @property
    def is_booked(self) -> bool:
        return self.state == State.BOOKED

    @property
    def is_cancelled(self) -> bool:
        return self.state == State.CANCELLED

    @property
    def change_until(self) -> datetime:
        """Until when the customer may change or cancel it without calling; to the end where the garage asked for it."""
        if self.move_asked_at is not None:
            return self.starts_at
        hours = self.garage.profile.appointments.change_until_hours
        return self.starts_at - timedelta(hours=hours)


class Booked(NamedTuple):
    """The little of a booking that tells when to come."""

    flow: str
    day: date
    start_minute: int
    ends_at: datetime


_TOLD = ("first_name", "last_name", "plate", "make", "model")

# Of every letter and of many pages: one statement, made once, whatever the booking has by now.
_APPOINTMENT = (
    select(
        Booking.uid,
        Booking.state,
        Booking.round,
        Booking.code_tries,
        Booking.garage_id,
        Garage.revision,
        Booking.location_id,
        Booking.flow,
        Booking.damage_flow,
        Booking.sequence,
        Booking.day,
        Booking.start_minute,
        Booking.starts_at,
        Booking.ends_at,
        Booking.requested_at,
        Booking.held_until,
        Booking.email,
        Booking.language,
        Booking.answers,
        Booking.case_id,
        Booking.booked_at,
        Booking.cancelled_at,
        Booking.called_off,
        Booking.move_asked_at,
        Booking.reminded_at,
        Draft.uid.label("draft_uid"),
        Case.number.label("case_number"),
        Case.uid.label("case_uid"),
        Case.damage_flow.label("damage_flow_of_case"),
        Customer.first_name,
        Customer.last_name,
        Vehicle.plate,
        Vehicle.make,
        Vehicle.model,
    )
    .join(Garage, Garage.id == Booking.garage_id)
    .outerjoin(Draft, Draft.id == Booking.draft_id)
    .outerjoin(Case, Case.id == Booking.case_id)
    .outerjoin(Customer, Customer.id == Case.customer_id)
    .outerjoin(Vehicle, Vehicle.id == Case.vehicle_id)
    .where(Booking.uid == bindparam("asked"))
)
_LOCKED = _APPOINTMENT.with_for_update(of=Booking)


_BOOKED = (
    select(*(getattr(Booking, name) for name in Booked._fields))
    .where(Booking.case_id == bindparam("case_id"), Booking.state == State.BOOKED)
    .order_by(Booking.id)
)


def appointment(uid: str, *, locked: bool = False) -> Appointment:
    """The request or booking `uid`. Name and car are the case's once there is one, else the request's.

    If `locked`, it is the running transaction's until that ends.

    Raises:
        RequestUnknown: if there is none.
    """
    # Through the connection: the session would look for objects in every row.
    found = ask(_LOCKED if locked else _APPOINTMENT, asked=uid)
    row = found.mappings().one_or_none()
    if row is None:
        raise RequestUnknown(uid)
    values = dict(row)
    answers, has_case = values.pop("answers"), values.pop("case_id") is not None
    garage = garages.as_of(values.pop("garage_id"), values.pop("revision"))
    location = garages.location(garage, values.pop("location_id"))
    of_case = values.pop("damage_flow_of_case")
    if not has_case:
        values |= {name: answers.get(name, "") for name in _TOLD}
    return Appointment(
        **(values | {"state": State(values["state"])}),
        garage=garage,
        location=location,
        offering=_offering(location, values["flow"], has_case, of_case),
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
        .where(Booking.draft_id == same_draft, Booking.uid != uid, load.is_open_at(now))
        .limit(1)
    )
    return appointment(newer) if newer else None


def of_case(case_id: int) -> list[Booking]:
    """The bookings of a case, also those that were cancelled, oldest first."""
    kept = Booking.state.in_((State.BOOKED, State.CANCELLED))
    return list(
        db.session.scalars(select(Booking).where(Booking.case_id == case_id, kept).order_by(Booking.id))
    )


def booked(case_id: int) -> list[Booked]:
    """When the customer of a case is to come or came, in the order of the bookings."""
    return [Booked(*row) for row in ask(_BOOKED, case_id=case_id)]


def coming(case_id: int, flow: str, now: datetime) -> str | None:
    """The uid of the appointment that a case has in `flow` and that is not over yet; of two from the desk the first."""
    return db.session.scalar(
        select(Booking.uid)
        .where(
            Booking.case_id == case_id,
            Booking.flow == flow,
            Booking.state == State.BOOKED,
            Booking.ends_at > now,
        )
        .order_by(Booking.starts_at)
        .limit(1)
    )


def promised(booking: Booking | Request, garage: GarageView) -> Offering:
    """What a place at `garage` was given for, whatever became of the case since."""
    location = garages.location(garage, booking.location_id)
    return Offering(location, booking.flow, booking.damage_flow)  # type: ignore[arg-type]


def offering(booking: Booking) -> Offering:
    """What a booking is for, as the garage offers it now: a repair follows the damage flow of its case."""
    location = garages.location(garages.by_id(booking.garage_id), booking.location_id)
    of_case = cases.by_id(booking.case_id).case.damage_flow if booking.case_id is not None else None
    return _offering(location, booking.flow, booking.case_id is not None, of_case)


def _offering(location: LocationView, flow: str, has_case: bool, of_case: str | None) -> Offering:
    return repairs(location, of_case) if flow == "repair" and has_case else assessments(location)
