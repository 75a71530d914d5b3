"""Booking rows as decisions read them: locked, and as they are now.

Whoever decides takes the locks in one order: place (location and day), case or customer, draft, booking. Some decisions
need only some of them, none takes them the other way round.
"""

from contextlib import suppress
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.db import db
from portal.domain.booking.errors import RequestUnknown
from portal.domain.booking.models import Booking, State
from portal.domain.drafts import service as drafts
from portal.domain.drafts.errors import DraftUnknown


def place_lock(location_id: int, day: date) -> str:
    """The name of the lock under which places of one location and day are given away."""
    return f"place {location_id} {day}"


def case_lock(case_id: int) -> str:
    """The name of the lock under which repairs of one case are requested and booked."""
    return f"repair of case {case_id}"


def place_of(uid: str) -> tuple[int, date]:
    """Location and local day of a booking; they change only once it is booked.

    Raises:
        RequestUnknown: if there is none.
    """
    row = db.session.execute(select(Booking.location_id, Booking.day).where(Booking.uid == uid)).first()
    if row is None:
        raise RequestUnknown(uid)
    return row.location_id, row.day


def garage_of(uid: str) -> int:
    """The garage of a booking.

    Raises:
        RequestUnknown: if there is none.
    """
    found = db.session.scalar(select(Booking.garage_id).where(Booking.uid == uid))
    if found is None:
        raise RequestUnknown(uid)
    return found


def locked(session: Session, uid: str) -> Booking:
    """The booking `uid` and its draft, ours until the running transaction ends.

    Raises:
        RequestUnknown: if there is none.
    """
    draft_id = session.scalar(select(Booking.draft_id).where(Booking.uid == uid))
    if draft_id is not None:
        with suppress(DraftUnknown):  # it went this moment; the booking stands alone then
            drafts.lock(session, draft_id)
    found = session.scalar(_for_update().where(Booking.uid == uid))
    if found is None:
        raise RequestUnknown(uid)
    return found


def locked_of_draft(session: Session, draft_id: int) -> list[Booking]:
    """All requests and bookings of a draft that is locked already, ours until the running transaction ends."""
    return list(session.scalars(_for_update().where(Booking.draft_id == draft_id).order_by(Booking.id)))


def locked_of_case(session: Session, case_id: int) -> list[Booking]:
    """The open requests and bookings of a case that is locked already, ours until the running transaction ends."""
    open_ones = Booking.state.in_((State.HELD, State.BOOKED))
    return list(
        session.scalars(_for_update().where(Booking.case_id == case_id, open_ones).order_by(Booking.id))
    )


def _for_update() -> Select[Booking]:
    return select(Booking).with_for_update().execution_options(populate_existing=True)
