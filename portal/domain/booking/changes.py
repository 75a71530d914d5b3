"""After the booking: moved to another time, or cancelled, by whoever holds its personal link, or by the desk.

Giving a place back needs no lock; the new place of a move is given away under that of its location and day.
"""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal.core.normalise import emails
from portal.db import transaction
from portal.domain.audit.service import Actor
from portal.domain.booking import by_garage, links, load, notices, offers, queries, records, rows
from portal.domain.booking.errors import Cancelled, RequestUnknown, TooLate, TooManyLetters
from portal.domain.booking.models import Booking, State
from portal.domain.garage import queries as garages
from portal.domain.mailing import queries as letters
from portal.domain.mailing import strangers


def move(uid: str, day: date, minute: int, now: datetime, *, by: Actor | None = None) -> None:
    """Move the booking to local `minute` of `day`. Its old place is free in the same moment, and not before.

    One's own booking never stands in the way, nor do the limits of a customer. Moving to where it is changes nothing.
    `by` is who does it at the desk, None the customer.

    Raises:
        RequestUnknown: there is no such booking.
        Cancelled: it was cancelled.
        TooLate: the garage wants a call by now; at the desk: the appointment has begun.
        NoPlace: the time is not offered (any more).
    """
    place = rows.place_of(uid)
    with transaction(rows.place_lock(place.location_id, day)) as session:
        garages.standing(place.garage_id)
        booking = _open(session, uid)
        if (booking.day, booking.start_minute) == (day, minute):
            return
        _refuse_if_late(booking, now, by)
        offering = queries.offering(booking)
        if by is not None:
            offering = offering.at_desk()
        taken = load.live(offering, day, day, now, but_booking=uid)
        slot = offers.find(offering, taken, now, day, minute)
        before = booking.starts_at
        booking.damage_flow = offering.damage_flow
        booking.day, booking.start_minute, booking.end_minute = day, slot.start, slot.end
        booking.starts_at, booking.ends_at = slot.starts_at, slot.ends_at
        booking.place_number = booking.kept_at = None
        booking.sequence += 1
        booking.booked_at, booking.reminded_at, booking.move_asked_at = now, None, None
        session.flush()
        rows.take_place(booking, slot.places)
        _record(session, booking, "moved", now, by, old=before.isoformat(), new=slot.starts_at.isoformat())
        notices.send(booking, offering.location, notices.MOVED, now)


def cancel(uid: str, reason: str, now: datetime, *, by: Actor | None = None, tell: bool = True) -> None:
    """Give the place back; doing it again changes nothing.

    `by` is who does it at the desk, None the customer; the letter says which of the two. With `tell` off, the customer
    gets none.

    Raises:
        RequestUnknown: there is no such booking.
        TooLate: the garage wants a call by now; at the desk: the appointment has begun.
    """
    with transaction() as session:
        try:
            booking = _open(session, uid)
        except Cancelled:
            return
        _refuse_if_late(booking, now, by)
        location = queries.promised(booking, garages.by_id(booking.garage_id)).location
        if by is not None:
            by_garage.call_off(session, uid, by=by, now=now, reason=reason, tell=tell)
        else:
            booking.state, booking.cancelled_at, booking.cancel_reason = State.CANCELLED, now, reason
            booking.sequence += 1
            starts_at = booking.starts_at.isoformat()
            _record(session, booking, "cancelled", now, None, starts_at=starts_at, reason=reason)
            notices.tell_customer(booking, notices.CANCELLED, now)
        notices.tell_garage(booking, location, notices.CANCELLED, now)


def send_links_again(uid: str, now: datetime) -> None:
    """Send the letter of a booking once more, with its personal links.

    Raises:
        RequestUnknown, Cancelled: it is not booked (any more).
        TooManyLetters: it was sent as often as one booking may ask.
    """
    with transaction(strangers.lock(emails.mailbox(notices.reader(uid)))) as session:
        booking = _open(session, uid)
        if letters.count(uid, notices.BOOKED) >= links.MAX_LETTERS:
            raise TooManyLetters
        notices.tell_customer(booking, notices.BOOKED, now, by_stranger=True)


def _open(session: Session, uid: str) -> Booking:
    booking = rows.locked(session, uid)
    if booking.state == State.CANCELLED:
        raise Cancelled
    if booking.state != State.BOOKED:
        raise RequestUnknown(uid)
    return booking


def _refuse_if_late(booking: Booking, now: datetime, by: Actor | None) -> None:
    if by is not None:
        if now >= booking.starts_at:
            raise TooLate
        return
    hours = garages.by_id(booking.garage_id).profile.appointments.change_until_hours
    if booking.move_asked_at is not None:  # the garage asked for it, however late
        hours = 0
    if now > booking.starts_at - timedelta(hours=hours):
        raise TooLate


def _record(
    session: Session, booking: Booking, what: str, now: datetime, by: Actor | None, **detail: str
) -> None:
    assert booking.case_id is not None, "every booking has a case"
    records.of_booking(session, booking.case_id, booking, what, by=by, now=now, **detail)
