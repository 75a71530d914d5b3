"""What the desk asks of bookings, always within a reach."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from portal.db import db
from portal.domain.booking.links import HOLD_LIFE
from portal.domain.booking.models import REQUESTED, Booking, State
from portal.domain.cases.models import Case
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.garage.reach import Reach
from portal.domain.garage.views import LocationView


@dataclass(frozen=True)
class Line:
    """A booking or a request as a list at the desk shows it."""

    uid: str
    state: State
    place: LocationView
    flow: str
    damage_flow: str
    day: date
    start_minute: int
    end_minute: int
    held_until: datetime
    name: str
    plate: str
    car: str
    number: str | None


_LINES = (
    select(Booking, Case.number, Customer, Vehicle)
    .outerjoin(Case, Case.id == Booking.case_id)
    .outerjoin(Customer, Customer.id == Case.customer_id)
    .outerjoin(Vehicle, Vehicle.id == Case.vehicle_id)
    .order_by(Booking.day, Booking.start_minute, Booking.id)
)


def on_days(reach: Reach, first: date, last: date) -> list[Line]:
    """The booked appointments of these local days, first and last included, by time."""
    return _lines(
        reach, _LINES.where(Booking.day >= first, Booking.day <= last, Booking.state == State.BOOKED)
    )


def waiting(reach: Reach, now: datetime) -> list[Line]:
    """Requests that can still be confirmed, the shortest left first."""
    held = _LINES.where(
        Booking.state.in_(REQUESTED), Booking.held_until > now, Booking.requested_at > now - HOLD_LIFE
    )
    return sorted(_lines(reach, held), key=lambda line: line.held_until)


def _lines(reach: Reach, asked: Select) -> list[Line]:
    rows = db.session.execute(
        asked.where(Booking.garage_id == reach.garage_id, Booking.location_id.in_(reach.location_ids))
    )
    return [_line(reach, *row) for row in rows]


def _line(
    reach: Reach, booking: Booking, number: str | None, customer: Customer | None, vehicle: Vehicle | None
) -> Line:
    told = booking.answers  # of a request that has no case yet
    place = reach.by_id(booking.location_id)
    assert place is not None, "asked within the reach"
    first, last = (
        (customer.first_name, customer.last_name)
        if customer
        else (told.get("first_name", ""), told.get("last_name", ""))
    )
    make, model = (vehicle.make, vehicle.model) if vehicle else (told.get("make", ""), told.get("model", ""))
    return Line(
        uid=booking.uid,
        state=State(booking.state),
        place=place,
        flow=booking.flow,
        damage_flow=booking.damage_flow,
        day=booking.day,
        start_minute=booking.start_minute,
        end_minute=booking.end_minute,
        held_until=booking.held_until,
        name=f"{first} {last}".strip(),
        plate=vehicle.plate if vehicle else told.get("plate", ""),
        car=f"{make} {model}".strip(),
        number=number,
    )
