"""Somebody got a letter about a request they never made: the place is free again, and no more such letters come.

This is about requests alone. What was confirmed is a booking, and ends only by its personal link or at the desk.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.db import db, transaction
from portal.domain.booking import queries, rows
from portal.domain.booking.errors import RequestUnknown
from portal.domain.booking.models import REQUESTED, State
from portal.domain.booking.queries import Appointment
from portal.domain.mailing import strangers
from portal.domain.mailing.models import Message


@dataclass(frozen=True)
class Letter:
    """What the reader of a letter is asked about. `quiet_until`: until when no more come, if they said so already."""

    language: str
    appointment: Appointment
    quiet_until: datetime | None


def letter(uid: str, now: datetime) -> Letter:
    """The letter `uid` about a request.

    Raises:
        RequestUnknown: there is none, or nobody knows any more whose it was.
    """
    found = db.session.scalar(select(Message).where(Message.uid == uid, Message.tally != ""))
    if found is None:
        raise RequestUnknown(uid)
    until = found.unwanted_at and found.unwanted_at + strangers.UNWANTED_FOR
    asked = queries.appointment(found.about)
    return Letter(found.language, asked, until if until and until > now else None)


def stop(uid: str, now: datetime) -> None:
    """The reader of the letter `uid` did not ask for it. Doing it again only lets the time run anew.

    Raises:
        RequestUnknown: as `letter`.
    """
    with transaction() as session:
        unasked = strangers.refuse(session, uid, now)
        if unasked is None:
            raise RequestUnknown(uid)
        booking = rows.locked(session, unasked.about)
        # Once the address was mended, the request is no longer about this reader.
        if booking.state in REQUESTED and booking.mailbox == unasked.tally:
            booking.state = State.RELEASED
