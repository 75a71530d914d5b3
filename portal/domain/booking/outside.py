"""Bookings outside the hours: those a change would leave there, and those that stand there now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal.core.normalise import phones
from portal.core.scheduling import Refusal
from portal.db import db
from portal.domain.booking import leftovers
from portal.domain.booking.leftovers import Leftover
from portal.domain.booking.models import Booking, State
from portal.domain.cases.models import Case
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.garage import editing
from portal.domain.garage.views import GarageView, LocationView


@dataclass(frozen=True)
class Outside:
    """A booking or a live hold outside the hours, with what one needs to reach its customer; empty is not known.

    `refusal`: the rule it stands against. `held`: nobody confirmed it yet, and nobody will: confirming asks the hours
    once more. `asked_at`: when the garage asked the customer for another time; `kept_at`: when it decided to keep it.
    """

    uid: str
    day: date
    start_minute: int
    flow: str
    damage_flow: str
    refusal: Refusal
    held: bool
    asked_at: datetime | None
    kept_at: datetime | None
    number: str
    name: str
    plate: str
    car: str
    phone: str  # E.164
    email: str

    @property
    def waits(self) -> bool:
        """Whether somebody at the garage still has to decide about it."""
        return not (self.held or self.asked_at or self.kept_at)

    @property
    def phone_spoken(self) -> str:
        """The phone number as people read it."""
        return phones.spoken(self.phone) if self.phone else ""


def left_by(
    garage: GarageView, place: LocationView, changes: Mapping[str, Any], now: datetime
) -> list[Outside]:
    """What `changes` to the document of `place` would leave outside and the hours of now do not, by time.

    Raises:
        PartRefused: if the changes break a rule.
    """
    return _told(leftovers.of(editing.preview(garage, changes, place), now))


def standing(place: LocationView, now: datetime) -> list[Outside]:
    """What stands outside the hours of now, whoever left it there, by time."""
    return _told(leftovers.now_outside(place, now))


def _told(found: Sequence[Leftover]) -> list[Outside]:
    rows = db.session.execute(
        select(Booking, Case.number, Customer, Vehicle)
        .outerjoin(Case, Case.id == Booking.case_id)
        .outerjoin(Customer, Customer.id == Case.customer_id)
        .outerjoin(Vehicle, Vehicle.id == Case.vehicle_id)
        .where(Booking.uid.in_([each.uid for each in found]))
    )
    known = {row[0].uid: row for row in rows}
    return [_outside(each, *known[each.uid]) for each in found if each.uid in known]


def _outside(
    left: Leftover, booking: Booking, number: str | None, customer: Customer | None, vehicle: Vehicle | None
) -> Outside:
    told: Mapping[str, Any] = booking.answers  # of a request that has no case yet
    make, model, plate = (
        (vehicle.make, vehicle.model, vehicle.plate)
        if vehicle
        else tuple(told.get(name, "") for name in ("make", "model", "plate"))
    )
    first, last = (
        (customer.first_name, customer.last_name)
        if customer
        else (told.get("first_name", ""), told.get("last_name", ""))
    )
    return Outside(
        uid=booking.uid,
        day=booking.day,
        start_minute=booking.start_minute,
        flow=booking.flow,
        damage_flow=booking.damage_flow,
        refusal=left.refusal,
        held=booking.state == State.HELD,
        asked_at=booking.move_asked_at,
        kept_at=booking.kept_at,
        number=number or "",
        name=f"{first} {last}".strip(),
        plate=plate,
        car=f"{make} {model}".strip(),
        phone=(customer.phone if customer else "") or booking.phone,
        email=(customer.email if customer else "") or booking.email,
    )
