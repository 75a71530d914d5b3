"""Reminders: one before each appointment, by the lead time of its garage.

Whatever is due and not seen to is seen to now, so a worker that was away catches up by itself.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from portal.db import db, transaction
from portal.domain.booking import notices
from portal.domain.booking.models import Booking, State
from portal.domain.booking.queries import Appointment
from portal.domain.garage import queries as garages
from portal.domain.garage.limits import Appointments

REMINDER = "reminder"
LOOK_BACK = timedelta(days=7)  # what was missed before need not even be listed


def remind(now: datetime) -> int:
    """See to every reminder that is due, once; how many were queued.

    An appointment that began meanwhile gets a skipped one; one that was just made or moved gets none.
    """
    return sum(_remind(garage_id, lead, now) for garage_id, lead in list(_leads()))


def is_wanted(appointment: Appointment, now: datetime) -> bool:
    """Whether a reminder that was queued for `appointment` still tells what is so, and helps."""
    lead = _lead(appointment.garage.profile.appointments)
    seen_to = appointment.is_booked and appointment.reminded_at is not None  # a move takes that back
    return seen_to and now < appointment.starts_at and not _just_made(appointment, lead)


def _leads() -> Iterator[tuple[int, timedelta]]:
    for garage in garages.every():
        lead = _lead(garage.profile.appointments)
        if lead is not None:
            yield garage.id, lead


def _lead(appointments: Appointments) -> timedelta | None:
    hours = appointments.remind_hours
    return timedelta(hours=hours) if hours else None


def _remind(garage_id: int, lead: timedelta, now: datetime) -> int:
    due = _due(garage_id, lead, now)
    if db.session.scalar(select(Booking.id).where(*due).limit(1)) is None:
        return 0
    queued = 0
    with transaction() as session:
        for booking in _take(session, due, now):
            if _just_made(booking, lead):
                continue
            if booking.starts_at <= now:
                notices.miss_customer(booking, REMINDER, booking.starts_at - lead, now)
            else:
                notices.tell_customer(booking, REMINDER, now)
                queued += 1
    return queued


def _due(garage_id: int, lead: timedelta, now: datetime) -> list[ColumnElement[bool]]:
    return [
        Booking.garage_id == garage_id,
        Booking.starts_at > now - LOOK_BACK,
        Booking.starts_at <= now + lead,
        Booking.state == State.BOOKED,
        Booking.reminded_at.is_(None),
        Booking.case_id.is_not(None),  # a place whose case was erased is nobody's
    ]


def _take(session: Session, due: list[ColumnElement[bool]], now: datetime) -> Sequence[Booking]:
    # One statement finds and marks: what another worker marked since, or a customer moved, is not found.
    marked = update(Booking).where(*due).values(reminded_at=now).returning(Booking)
    return session.scalars(marked.execution_options(synchronize_session=False, populate_existing=True)).all()


def _just_made(booking: Booking | Appointment, lead: timedelta | None) -> bool:
    return lead is None or booking.booked_at is None or booking.booked_at > booking.starts_at - lead
