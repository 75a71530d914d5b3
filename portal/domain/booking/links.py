"""The confirmation link of a request: sent, sent again, and the deadline that page, mail and server share."""

from datetime import datetime, timedelta

from portal.db import transaction
from portal.domain.booking import rows
from portal.domain.booking.errors import AlreadyBooked, Late, TooManyLetters
from portal.domain.booking.models import Booking, State
from portal.domain.drafts import service as drafts
from portal.domain.mailing import queries as letters
from portal.domain.mailing import service as mailing

CONFIRMATION = "assessment_confirmation"
LINK_LIFE = timedelta(minutes=15)  # from the hand-over to the mail server
HOLD_LIFE = timedelta(minutes=30)  # from the request, whatever the mail server does
MAX_LETTERS = 5


def send(booking: Booking, now: datetime) -> None:
    """Queue the letter with the link, in the running transaction."""
    mailing.queue(
        garage_id=booking.garage_id,
        purpose=CONFIRMATION,
        about=booking.uid,
        recipient=booking.email,
        language=booking.language,
        now=now,
    )


def send_again(uid: str, now: datetime, *, email: str | None = None) -> None:
    """Send the link once more, to `email` if the address was mistyped; older links are worthless then.

    Raises:
        Late, AlreadyBooked: there is nothing to confirm any more.
        TooManyLetters: after MAX_LETTERS letters.
    """
    with transaction() as session:
        booking = _waiting(rows.locked(session, uid), now)
        if letters.count(uid, CONFIRMATION) >= MAX_LETTERS:
            raise TooManyLetters
        if email is not None and email != booking.email:
            booking.email = email
            booking.answers = {**booking.answers, "email": email}
            booking.round += 1
            booking.code_tries = 0
            if booking.draft_id is not None:
                drafts.correct(session, booking.draft_id, "you", email=email)
        send(booking, now)


def start_link(uid: str, now: datetime) -> datetime:
    """The mail server takes the letter now: the deadline from here on.

    Raises:
        Late, AlreadyBooked: the letter would say something that is no longer so.
    """
    with transaction() as session:
        booking = _waiting(rows.locked(session, uid), now)
        booking.held_until = min(now + LINK_LIFE, booking.requested_at + HOLD_LIFE)
        return booking.held_until


def stop_link(uid: str, now: datetime) -> None:
    """The mail server did not take the letter: a place that is still held is held for as long as a request may."""
    with transaction() as session:
        booking = rows.locked(session, uid)
        if booking.is_held(now):
            booking.held_until = booking.requested_at + HOLD_LIFE


def _waiting(booking: Booking, now: datetime) -> Booking:
    if booking.state == State.BOOKED:
        raise AlreadyBooked(booking.uid)
    if not booking.is_held(now):
        raise Late
    return booking
