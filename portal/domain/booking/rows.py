"""Booking rows as decisions read them: locked, and as they are now.

Whoever decides takes the locks in one order: place (location and day), case or customer, draft, booking. Some decisions
need only some of them, none takes them the other way round.
"""

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.db import ask, db
from portal.domain.booking.errors import RequestUnknown
from portal.domain.booking.models import REQUESTED, Booking, State
from portal.domain.drafts.models import Draft

# Made once, because putting a statement together costs more than the database does.
_PLACE = select(Booking.location_id, Booking.day, Booking.case_id).where(Booking.uid == bindparam("asked"))
_DRAFT = (
    select(Draft.id)
    .join(Booking, Booking.draft_id == Draft.id)
    .where(Booking.uid == bindparam("asked"))
    .with_for_update(of=Draft)
)
_LOCKED = select(Booking).order_by(Booking.id).with_for_update().execution_options(populate_existing=True)
_BY_UID = _LOCKED.where(Booking.uid == bindparam("asked"))
_OF_DRAFT = _LOCKED.where(Booking.draft_id == bindparam("draft"))
_OPEN_OF_CASE = _LOCKED.where(
    Booking.case_id == bindparam("case"), Booking.state.in_((*REQUESTED, State.BOOKED))
)


class Place(NamedTuple):
    """What the locks of a decision about a booking are named after."""

    location_id: int
    day: date
    case_id: int | None


class Asked(NamedTuple):
    """Of whom something is asked, and by whom."""

    garage_id: int
    email: str


def place_lock(location_id: int, day: date) -> str:
    """The name of the lock under which places of one location and day are given away."""
    return f"place {location_id} {day}"


def case_lock(case_id: int) -> str:
    """The name of the lock under which repairs of one case are requested and booked."""
    return f"repair of case {case_id}"


def place_of(uid: str) -> Place:
    """Location, local day and case of a booking; those of a request stay as they are.

    Raises:
        RequestUnknown: if there is none.
    """
    row = ask(_PLACE, asked=uid).first()
    if row is None:
        raise RequestUnknown(uid)
    return Place(*row)


def asked_by(uid: str) -> Asked:
    """The garage of a booking, and the address as it is now; both only to name locks after.

    Raises:
        RequestUnknown: if there is none.
    """
    found = db.session.execute(select(Booking.garage_id, Booking.email).where(Booking.uid == uid)).first()
    if found is None:
        raise RequestUnknown(uid)
    return Asked(*found)


def locked(session: Session, uid: str) -> Booking:
    """The booking `uid` and its draft, ours until the running transaction ends.

    Raises:
        RequestUnknown: if there is none.
    """
    session.connection().execute(_DRAFT, {"asked": uid})
    found = session.scalar(_BY_UID, {"asked": uid})
    if found is None:
        raise RequestUnknown(uid)
    return found


def locked_of_draft(session: Session, draft_id: int) -> list[Booking]:
    """All requests and bookings of a draft that is locked already, ours until the running transaction ends."""
    return list(session.scalars(_OF_DRAFT, {"draft": draft_id}))


def locked_of_case(session: Session, case_id: int) -> list[Booking]:
    """The open requests and bookings of a case that is locked already, ours until the running transaction ends."""
    return list(session.scalars(_OPEN_OF_CASE, {"case": case_id}))
