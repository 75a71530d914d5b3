"""One booking or request as the desk asks for it: within a reach."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.db import db
from portal.domain.booking import queries
from portal.domain.booking.errors import RequestUnknown
from portal.domain.booking.models import Booking
from portal.domain.booking.queries import Appointment
from portal.domain.garage.reach import Reach


@dataclass(frozen=True)
class Asked:
    """What a customer told when asking: how to reach them, and what happened to the car."""

    phone: str
    email: str
    damage: str


def appointment(reach: Reach, uid: str) -> Appointment:
    """The booking or request `uid`.

    Raises:
        RequestUnknown: if there is none within reach.
    """
    found = queries.appointment(uid)
    if found.garage.id != reach.garage_id or reach.by_id(found.location.id) is None:
        raise RequestUnknown(uid)
    return found


def asked(reach: Reach, uid: str) -> Asked:
    """What was told with the request `uid`.

    Raises:
        RequestUnknown: if there is none within reach.
    """
    row = db.session.execute(
        select(Booking.phone, Booking.email, Booking.answers).where(
            Booking.uid == uid,
            Booking.garage_id == reach.garage_id,
            Booking.location_id.in_(reach.location_ids),
        )
    ).first()
    if row is None:
        raise RequestUnknown(uid)
    return Asked(row.phone, row.email, row.answers.get("damage", ""))
