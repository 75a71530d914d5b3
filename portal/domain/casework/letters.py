"""The letters about a case and its appointments."""

from sqlalchemy import select

from portal.db import db
from portal.domain.booking.models import Booking
from portal.domain.cases.models import Case
from portal.domain.correspondence import queries as correspondence
from portal.domain.mailing.models import Message


def of_case(case: Case) -> list[Message]:
    """All of them, the newest first."""
    abouts = [
        case.uid,
        *db.session.scalars(select(Booking.uid).where(Booking.case_id == case.id)),
        *(letter.uid for letter in correspondence.sent(case.id)),
    ]
    asked = select(Message).where(Message.about.in_(abouts))
    return list(db.session.scalars(asked.order_by(Message.id.desc())))
