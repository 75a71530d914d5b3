"""What the garage does to a booking when its plans change: asks for another time, or calls it off.

Both are parts of a running transaction. Neither knows the customer's cut-off.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.booking import notices, rows
from portal.domain.booking.models import Booking, State
from portal.domain.cases import service as cases
from portal.domain.cases.models import Case

ASKED, CANCELLED = "asked for another time", "cancelled"  # as histories call it


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


def call_off(session: Session, uid: str, *, by: Actor, now: datetime) -> bool:
    """Cancel a booked appointment and tell the customer, where there is an address. Whether it was done."""
    booking = rows.locked(session, uid)
    if booking.state != State.BOOKED:
        return False
    booking.state, booking.cancelled_at, booking.called_off = State.CANCELLED, now, True
    booking.move_asked_at = None
    booking.sequence += 1
    if notices.address(booking):
        notices.tell_customer(booking, notices.CALLED_OFF, now)
    _record(session, booking, CANCELLED, by, now)
    return True


def _record(session: Session, booking: Booking, what: str, by: Actor, now: datetime) -> None:
    assert booking.case_id is not None, "every booking has a case"
    case = session.get_one(Case, booking.case_id)
    starts_at = booking.starts_at.isoformat()
    cases.record(
        session, case, what, actor=cases.GARAGE, now=now, flow=booking.flow, starts_at=starts_at, by=by.name
    )
    audit.record(
        session,
        by,
        what,
        garage_id=booking.garage_id,
        location_id=booking.location_id,
        about="appointment",
        subject=case.number,
        now=now,
        before={"starts_at": starts_at},
    )
