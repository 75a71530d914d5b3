"""What happened to a booking, written down: in the history of its case, and in the audit log if the desk did it."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.audit.service import Actor
from portal.domain.booking.models import Booking
from portal.domain.booking.rows import Request
from portal.domain.cases import service as cases
from portal.domain.cases.models import Case

CUSTOMER = "customer"  # who did it, in the history


def of_booking(
    session: Session,
    case_id: int,
    booking: Booking | Request,
    what: str,
    *,
    by: Actor | None,
    now: datetime,
    **detail: object,
) -> None:
    """Write down, in the running transaction, that `what` happened; `by` is who did it at the desk, None the customer."""
    detail = {"flow": booking.flow, **detail}
    if by is None:
        cases.record(case_id, what, actor=CUSTOMER, now=now, **detail)
        return
    cases.record(case_id, what, actor=cases.GARAGE, now=now, **detail, **cases.signed(by))
    cases.note(session, session.get_one(Case, case_id), what, by=by, now=now, after=detail)


def of_photos(case_id: int, added: int, now: datetime) -> None:
    """Write down that the customer added so many photos to a case the garage knew before."""
    cases.record(case_id, "photos_added", actor=CUSTOMER, now=now, photos=added)
