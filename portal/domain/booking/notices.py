"""What customer and garage hear of a booking: one letter to each, in the transaction that causes it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.core.normalise import emails
from portal.db import db
from portal.domain.booking.models import REQUESTED, Booking
from portal.domain.booking.rows import Request
from portal.domain.cases import queries as cases
from portal.domain.garage.views import LocationView
from portal.domain.mailing import service as mailing

BOOKED, MOVED, CANCELLED = "booked", "moved", "cancelled"
# What the garage does to a booking; only the customer hears of it.
CALLED_OFF, ANOTHER_TIME = "called_off", "another_time"


@dataclass(frozen=True)
class Inside:
    """What only the garage hears of a booking. `moved_from`: its time before, where that is known."""

    name: str
    phone: str
    email: str
    moved_from: datetime | None
    reason: str


def to_garage(what: str) -> str:
    """The purpose of the garage's own letter about `what`."""
    return f"garage_{what}"


def send(booking: Booking | Request, location: LocationView, what: str, now: datetime) -> None:
    """Tell the customer, and whoever plans the work at `location`, that `what` happened to the booking."""
    tell_customer(booking, what, now)
    tell_garage(booking, location, what, now)


def tell_garage(booking: Booking | Request, location: LocationView, what: str, now: datetime) -> None:
    """Queue the letter to whoever plans the work at `location`, in the running transaction."""
    if location.notify is not None:
        mailing.queue(
            garage_id=booking.garage_id,
            purpose=to_garage(what),
            about=booking.uid,
            recipient=location.notify,
            language=location.garage.languages[0],
            now=now,
        )


def tell_customer(
    booking: Booking | Request, purpose: str, now: datetime, *, by_stranger: bool = False
) -> None:
    """Queue a letter about the booking to its customer, if they have an address, in the running transaction.

    `by_stranger`: whoever caused it need not be the customer, so it counts, under the lock of the mailbox.
    """
    recipient = address(booking)
    if not recipient:
        return
    mailing.queue(
        garage_id=booking.garage_id,
        purpose=purpose,
        about=booking.uid,
        recipient=recipient,
        language=booking.language,
        now=now,
        tally=emails.mailbox(recipient) if by_stranger else "",
    )


def address(booking: Booking | Request) -> str:
    """The garage may have mended the address on the case since the customer confirmed; a request stays with its own."""
    if booking.state in REQUESTED or booking.case_id is None:
        return booking.email
    return cases.address_of(booking.case_id) or booking.email


def reader(uid: str) -> str:
    """The same of the booking `uid`, as it is now; empty if there is none."""
    booking = db.session.scalar(select(Booking).where(Booking.uid == uid))
    return address(booking) if booking is not None else ""


def miss_customer(booking: Booking, purpose: str, due_at: datetime, now: datetime) -> None:
    """List a letter to the customer that nobody sent at `due_at`, in the running transaction."""
    mailing.miss(
        garage_id=booking.garage_id,
        purpose=purpose,
        about=booking.uid,
        recipient=booking.email,
        language=booking.language,
        due_at=due_at,
        now=now,
    )


def inside(uid: str) -> Inside:
    """What the garage needs to know of the booking `uid`, which has a case."""
    booking = db.session.scalars(select(Booking).where(Booking.uid == uid)).one()
    assert booking.case_id is not None, "every booking has a case"
    customer = cases.by_id(booking.case_id).customer
    return Inside(
        name=f"{customer.first_name} {customer.last_name}".strip(),
        phone=customer.phone,
        email=address(booking),
        moved_from=_moved_from(booking, booking.case_id),
        reason=booking.cancel_reason,
    )


def _moved_from(booking: Booking, case_id: int) -> datetime | None:
    for event in reversed(cases.history(case_id)):
        if event.what == MOVED and _moment(event.detail["new"]) == booking.starts_at:
            return _moment(event.detail["old"])
    return None


def _moment(iso: str) -> datetime | None:
    try:
        return datetime.fromisoformat(iso)
    except ValueError:  # it was erased
        return None
