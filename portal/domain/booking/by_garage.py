"""What the garage does to a booking when its plans change: keeps it, asks for another time, or calls it off.

They are parts of a running transaction. None knows the customer's cut-off.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.audit.service import Actor
from portal.domain.booking import notices, records, rows
from portal.domain.booking.models import Booking, State

ASKED, CANCELLED, KEPT = "asked for another time", "cancelled", "kept"  # as histories call it


def keep(session: Session, uid: str, *, by: Actor, now: datetime) -> None:
    """Keep a booked appointment though it stands outside the hours: nobody needs to decide about it again."""
    booking = rows.locked(session, uid)
    if booking.state == State.BOOKED and (booking.kept_at is None or booking.move_asked_at is not None):
        booking.kept_at, booking.move_asked_at = now, None
        _record(session, booking, KEPT, by, now)


def ask_for_another_time(session: Session, uid: str, *, by: Actor, now: datetime) -> bool:
    """Ask the customer of a booked appointment to choose another time; until then it stays. Whether it was done.

    Nothing happens to what is not booked any more, nor without an address to write to.
    """
    booking = rows.locked(session, uid)
    if booking.state != State.BOOKED or not notices.address(booking):
        return False
    booking.move_asked_at = now
    notices.tell_customer(booking, notices.ANOTHER_TIME, now)
    _record(session, booking, ASKED, by, now)
    return True


def call_off(
    session: Session, uid: str, *, by: Actor, now: datetime, reason: str = "", tell: bool = True
) -> bool:
    """Cancel a booked appointment and `tell` the customer, where there is an address. Whether it was done."""
    booking = rows.locked(session, uid)
    if booking.state != State.BOOKED:
        return False
    booking.state, booking.cancelled_at, booking.called_off = State.CANCELLED, now, True
    booking.move_asked_at, booking.cancel_reason = None, reason
    booking.sequence += 1
    if tell:
        notices.tell_customer(booking, notices.CALLED_OFF, now)
    _record(session, booking, CANCELLED, by, now, reason=reason)
    return True


def _record(session: Session, booking: Booking, what: str, by: Actor, now: datetime, **detail: str) -> None:
    assert booking.case_id is not None, "every booking has a case"
    starts_at = booking.starts_at.isoformat()
    records.of_booking(session, booking.case_id, booking, what, by=by, now=now, starts_at=starts_at, **detail)
