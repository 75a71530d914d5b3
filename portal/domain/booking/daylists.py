"""The list of the day: what a location expects, mailed at six in the morning to whoever plans its work.

Whatever list is due and not written down is written down now, so a worker that was away catches up by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from portal.db import db, transaction
from portal.domain.booking.models import Booking, State
from portal.domain.cases.models import Case
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView
from portal.domain.mailing import queries as letters
from portal.domain.mailing import service as mailing

LIST = "garage_day"
AT = time(6)  # on the clock of the location
LOOK_BACK = timedelta(days=7)  # what was missed before need not even be listed


@dataclass(frozen=True)
class Line:
    """One appointment on the list."""

    starts_at: datetime
    ends_at: datetime
    flow: str
    damage_flow: str
    number: str
    plate: str
    make: str
    model: str
    first_name: str
    last_name: str
    phone: str


@dataclass(frozen=True)
class _Due:
    """A list that should have been written; what it lists is over at `over_at`."""

    about: str
    planner: str
    due_at: datetime
    over_at: datetime


def announce(now: datetime) -> int:
    """See to every list that is due, once; how many were queued. Those of appointments that are over are skipped.

    A day gets a list if something was booked for it by the time the list was due.
    """
    return sum(_announce(garage, now) for garage in garages.every())


def about(location_id: int, day: date) -> str:
    """What a list is about, as its message says it."""
    return f"day {location_id} {day}"


def read(about: str) -> tuple[int, date]:
    """Location and day a list is about."""
    _, location_id, day = about.split()
    return int(location_id), date.fromisoformat(day)


def lines(location_id: int, day: date) -> list[Line]:
    """What is booked at a location on a day, by time."""
    rows = db.session.execute(
        select(
            Booking.starts_at,
            Booking.ends_at,
            Booking.flow,
            Booking.damage_flow,
            Case.number,
            Vehicle.plate,
            Vehicle.make,
            Vehicle.model,
            Customer.first_name,
            Customer.last_name,
            Customer.phone,
        )
        .join(Case, Case.id == Booking.case_id)
        .join(Vehicle, Vehicle.id == Case.vehicle_id)
        .join(Customer, Customer.id == Case.customer_id)
        .where(Booking.location_id == location_id, Booking.day == day, Booking.state == State.BOOKED)
        .order_by(Booking.starts_at, Booking.id)
    )
    return [Line(*row) for row in rows]


def _announce(garage: GarageView, now: datetime) -> int:
    due = list(_due(garage, now))
    written = letters.written(LIST, [each.about for each in due])
    return sum(_write_down(garage, each, now) for each in due if each.about not in written)


def _due(garage: GarageView, now: datetime) -> Iterator[_Due]:
    days = db.session.execute(
        select(
            Booking.location_id,
            Booking.day,
            func.min(Booking.booked_at, type_=Booking.booked_at.type),
            func.max(Booking.ends_at, type_=Booking.ends_at.type),
        )
        .where(
            Booking.garage_id == garage.id,
            Booking.starts_at > now - LOOK_BACK,
            Booking.starts_at < now + timedelta(days=1),
            Booking.state == State.BOOKED,
        )
        .group_by(Booking.location_id, Booking.day)
        .order_by(Booking.day, Booking.location_id)
    ).all()
    for location_id, day, first_booked_at, over_at in days:
        location = garages.location(garage, location_id)
        due_at = datetime.combine(day, AT, ZoneInfo(location.zone)).astimezone(UTC)
        known = first_booked_at is not None and first_booked_at <= due_at <= now
        if known and location.notify is not None:
            yield _Due(about(location_id, day), location.notify, due_at, over_at)


def _write_down(garage: GarageView, due: _Due, now: datetime) -> bool:
    """Queue the list, or list it as missed; False also where another worker was faster."""
    mail: dict[str, Any] = {
        "garage_id": garage.id,
        "purpose": LIST,
        "about": due.about,
        "recipient": due.planner,
        "language": garage.languages[0],
        "now": now,
    }
    with transaction(due.about):
        if letters.written(LIST, [due.about]):
            return False
        if due.over_at <= now:
            mailing.miss(**mail, due_at=due.due_at)
            return False
        mailing.queue(**mail)
        return True
