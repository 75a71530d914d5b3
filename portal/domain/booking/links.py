"""The confirmation link of a request: sent, sent again, and the deadline that page, mail and server share."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from portal.core.normalise import emails
from portal.db import transaction
from portal.domain.booking import limits, queries, rows
from portal.domain.booking.errors import AlreadyBooked, Late, Superseded, TooManyLetters
from portal.domain.booking.models import Booking, State
from portal.domain.booking.queries import Appointment
from portal.domain.cases import queries as cases
from portal.domain.drafts import service as drafts
from portal.domain.garage import queries as garages
from portal.domain.mailing import queries as letters
from portal.domain.mailing import service as mailing

CONFIRMATION = "confirmation"
LINK_LIFE = timedelta(minutes=15)  # from the hand-over to the mail server
HOLD_LIFE = timedelta(minutes=30)  # from the request, whatever the mail server does
MAX_LETTERS = 5

# Of every letter; made once, because putting a statement together costs more than the database does.
_HOLD = update(Booking).where(Booking.uid == bindparam("asked")).values(held_until=bindparam("deadline"))


def send(
    uid: str, garage_id: int, recipient: str, language: str, now: datetime, *, by_desk: bool = False
) -> None:
    """Queue the letter with the link, in the running transaction; under the lock of the mailbox, unless `by_desk`."""
    mailing.queue(
        garage_id=garage_id,
        purpose=CONFIRMATION,
        about=uid,
        recipient=recipient,
        language=language,
        now=now,
        tally="" if by_desk else emails.mailbox(recipient),
    )


def send_again(uid: str, now: datetime, *, email: str | None = None) -> None:
    """Send the link once more, to `email` if the address was mistyped, or to that on the case if it was mended since.

    Links that reached another address are worthless then.

    Raises:
        Late, AlreadyBooked: there is nothing to confirm any more.
        TooManyLetters: after MAX_LETTERS letters.
        TooManyOpen: the new address has as many appointments as the garage allows.
    """
    asked = rows.asked_by(uid)
    garage = garages.by_id(asked.garage_id)
    limited = garage.id, garage.profile
    customer = limits.Customer(email or asked.email, "", "")
    with transaction(*limits.locks(*limited, customer)) as session:
        again(session, rows.locked(session, uid), now, email=email)


def again(
    session: Session, booking: Booking, now: datetime, *, email: str | None = None, by_desk: bool = False
) -> None:
    """The same in the running transaction, for a booking that is locked, under the locks of the address.

    Raises:
        Late, AlreadyBooked, TooManyLetters, TooManyOpen: as `send_again`.
    """
    _refuse_unless_waiting(booking, now)
    if letters.count(booking.uid, CONFIRMATION) >= MAX_LETTERS:
        raise TooManyLetters
    email = email or (booking.case_id and cases.address_of(booking.case_id)) or booking.email
    if email != booking.email:
        garage = garages.by_id(booking.garage_id)
        limits.check(garage.id, garage.profile, limits.Customer(email, "", ""), now)
        booking.email = email
        booking.round += 1
        booking.code_tries = 0
        if booking.answers:  # what a case says was not typed by its customer
            booking.answers = {**booking.answers, "email": email}
            if booking.draft_id is not None:
                drafts.correct(session, booking.draft_id, "you", email=email)
    send(booking.uid, booking.garage_id, booking.email, booking.language, now, by_desk=by_desk)


def start_link(uid: str, now: datetime, *, to: str | None = None) -> Appointment:
    """The mail server takes the letter now: the request, whose `held_until` is the deadline from here on.

    Raises:
        RequestUnknown: there is no such request.
        Superseded: the letter is for another address than `to`.
        Late, AlreadyBooked: the letter would say something that is no longer so.
    """
    # The note that the letter left makes it durable (docs/adr/0013).
    with transaction(durable=False) as session:
        asked = queries.appointment(uid, locked=True)
        if to not in (None, asked.email):
            raise Superseded
        _refuse_unless_waiting(asked, now)
        deadline = min(now + LINK_LIFE, asked.requested_at + HOLD_LIFE)
        session.connection().execute(_HOLD, {"asked": uid, "deadline": deadline})
    return replace(asked, held_until=deadline)


def stop_link(uid: str, now: datetime) -> None:
    """The mail server did not take the letter: a place that is still held is held for as long as a request may."""
    with transaction() as session:
        booking = rows.locked(session, uid)
        if booking.waits(now):
            booking.held_until = booking.requested_at + HOLD_LIFE


def _refuse_unless_waiting(booking: Booking | Appointment, now: datetime) -> None:
    if booking.state == State.BOOKED:
        raise AlreadyBooked(booking.uid)
    if not booking.waits(now):
        raise Late
