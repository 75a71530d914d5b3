"""Whoever changes cases together with their appointments lets these stand still first, so that nobody waits for each other."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.domain.booking.models import Booking
from portal.domain.drafts.models import Draft


def of_cases(session: Session, case_ids: Sequence[int]) -> None:
    """Lock the drafts, then the bookings of these cases, until the running transaction ends.

    Before the cases themselves: who moves or cancels has the booking, and then writes down at its case what happened.
    """
    theirs = Booking.case_id.in_(case_ids)
    drafts = or_(Draft.case_id.in_(case_ids), Draft.id.in_(select(Booking.draft_id).where(theirs)))
    session.execute(select(Draft.id).where(drafts).order_by(Draft.id).with_for_update())
    session.execute(select(Booking.id).where(theirs).order_by(Booking.id).with_for_update())
