"""Which letters may be sent again, and why not: a letter that would help nobody, or that was sent often, stays."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select

from portal.db import db
from portal.domain.booking import daylists, queries, reminders
from portal.domain.booking.daylists import LIST
from portal.domain.booking.errors import RequestUnknown
from portal.domain.booking.links import CONFIRMATION, MAX_LETTERS
from portal.domain.booking.models import State
from portal.domain.booking.notices import ANOTHER_TIME, BOOKED, CALLED_OFF, CANCELLED, MOVED, to_garage
from portal.domain.booking.queries import Appointment
from portal.domain.booking.reminders import REMINDER
from portal.domain.correspondence import queries as correspondence
from portal.domain.correspondence.service import FROM_CASE
from portal.domain.deliveries.errors import Reason
from portal.domain.deliveries.queries import ON_THEIR_WAY
from portal.domain.mailing import queries as letters
from portal.domain.mailing.models import Message
from portal.domain.team import queries as team
from portal.domain.team.errors import InvitationUnknown
from portal.domain.team.invitations import INVITATION

Rule = Callable[[str, str, datetime], Reason | None]


def refusal(purpose: str, about: str, now: datetime) -> Reason | None:
    """Why the letter of this purpose about `about` is not sent again now; None if it may be."""
    if letters.newest_state(about, purpose) in ON_THEIR_WAY:
        return Reason.ON_ITS_WAY
    rule = RULES.get(purpose)
    return Reason.NOT_HERE if rule is None else rule(purpose, about, now)


def _of_appointment(purpose: str, about: str, now: datetime) -> Reason | None:
    try:
        appointment = queries.appointment(about)
    except RequestUnknown:
        return Reason.OVER
    if purpose == CONFIRMATION:
        return _of_request(appointment, now)
    if appointment.ends_at <= now:
        return Reason.OVER
    if not _tells(purpose, appointment, now):
        return Reason.TOLD_OTHERWISE
    since = appointment.cancelled_at if appointment.is_cancelled else appointment.booked_at
    if purpose == ANOTHER_TIME:
        since = appointment.move_asked_at
    return _often(about, purpose, since or appointment.requested_at)


def _of_request(appointment: Appointment, now: datetime) -> Reason | None:
    if appointment.state in (State.BOOKED, State.CANCELLED):
        return Reason.TOLD_OTHERWISE
    if not appointment.waits(now):
        return Reason.OVER
    return _often(appointment.uid, CONFIRMATION, appointment.requested_at)


def _tells(purpose: str, appointment: Appointment, now: datetime) -> bool:
    """Whether the letter still says what is so."""
    if purpose == REMINDER:
        return reminders.is_wanted(appointment, now)
    if purpose in (CANCELLED, to_garage(CANCELLED), CALLED_OFF):
        return appointment.is_cancelled
    if purpose == ANOTHER_TIME:
        return appointment.is_booked and appointment.move_asked_at is not None
    since = {BOOKED: MOVED, to_garage(BOOKED): to_garage(MOVED)}.get(purpose)
    return appointment.is_booked and (since is None or not letters.count(appointment.uid, since))


def _of_list(_purpose: str, about: str, now: datetime) -> Reason | None:
    lines = daylists.lines(*daylists.read(about))
    if all(line.ends_at <= now for line in lines):
        return Reason.OVER
    return _often(about, LIST, datetime.min.replace(tzinfo=now.tzinfo))


def _of_invitation(_purpose: str, about: str, now: datetime) -> Reason | None:
    try:
        invitation = team.invitation(about, now)
    except InvitationUnknown:
        return Reason.OVER
    return _often(about, INVITATION, invitation.invited_at)


def _of_written(_purpose: str, about: str, _now: datetime) -> Reason | None:
    kept = correspondence.written(about)
    return Reason.OVER if kept is None else _often(about, FROM_CASE, kept.written_at)


def _often(about: str, purpose: str, since: datetime) -> Reason | None:
    written = db.session.scalar(
        select(func.count())
        .select_from(Message)
        .where(Message.about == about, Message.purpose == purpose, Message.queued_at >= since)
    )
    return Reason.TOO_MANY if (written or 0) >= MAX_LETTERS else None


OF_APPOINTMENTS = (
    CONFIRMATION,
    REMINDER,
    CALLED_OFF,
    ANOTHER_TIME,
    *(purpose for what in (BOOKED, MOVED, CANCELLED) for purpose in (what, to_garage(what))),
)
RULES: dict[str, Rule] = dict.fromkeys(OF_APPOINTMENTS, _of_appointment) | {
    LIST: _of_list,
    INVITATION: _of_invitation,
    FROM_CASE: _of_written,
}
