"""Correcting the address of a customer where it lives, so that letters arrive: on the case, or on the open request."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.adapters import queue as job_queue
from portal.core import codes
from portal.core.normalise import case_numbers
from portal.db import after_commit, db, transaction
from portal.domain.audit.service import Actor
from portal.domain.booking import limits, links, standstill
from portal.domain.booking import rows as bookings
from portal.domain.booking.errors import AlreadyBooked, Late, TooManyLetters
from portal.domain.booking.models import REQUESTED, Booking
from portal.domain.cases import queries as cases
from portal.domain.cases import rows as case_rows
from portal.domain.cases import service as case_service
from portal.domain.cases.models import Case
from portal.domain.correspondence import queries as correspondence
from portal.domain.deliveries import queries, rules, service
from portal.domain.deliveries.errors import NotCorrected, NotSentAgain, Overtaken, Reason
from portal.domain.deliveries.queries import Delivery
from portal.domain.garage.reach import Reach
from portal.domain.mailing.models import Message
from portal.domain.mailing.models import State as Sent


def address(reach: Reach, delivery: Delivery, now: datetime) -> str | None:
    """The address that would be corrected, as it is now; None if there is none to correct."""
    if not delivery.to_customer:
        return None
    if delivery.number:
        view = cases.by_number(reach.garage_id, delivery.number)
        return view.customer.email if reach.by_id(view.case.location_id) else None
    request = db.session.scalar(select(Booking).where(Booking.uid == delivery.about))
    return request.email if request is not None and request.waits(now) else None


def correct(reach: Reach, uid: str, email: str, *, expected: str, by: Actor, now: datetime) -> Reason | None:
    """Write letters to `email` from now on, and send this one again; why it was not sent again, if it was not.

    What still waits goes to the new address. Links that reached the old one lead nowhere any more. `expected` is the
    address as whoever corrects it read it.

    Raises:
        DeliveryUnknown: there is no such letter within reach.
        NotCorrected: its address is not that of a case or of an open request.
        Overtaken: somebody corrected the address since.
        NotSentAgain, TooManyOpen: the link of a request cannot go there.
    """
    delivery = queries.one(reach, uid, team=False)
    if address(reach, delivery, now) is None:
        raise NotCorrected
    if delivery.number:
        return _on_case(reach, delivery, email, expected, by, now)
    _on_request(reach, delivery, email, expected, by, now)
    return None


def _on_request(
    reach: Reach, delivery: Delivery, email: str, expected: str, by: Actor, now: datetime
) -> None:
    garage = reach.garage
    with transaction(*limits.locks(garage.id, garage.profile, limits.Customer(email, "", ""))) as session:
        booking = bookings.locked(session, delivery.about)
        if booking.email != expected:
            raise Overtaken(booking.email)
        try:
            links.again(session, booking, now, email=email, by_desk=True)
        except Late:
            raise NotSentAgain(Reason.OVER) from None
        except AlreadyBooked:
            raise NotSentAgain(Reason.TOLD_OTHERWISE) from None
        except TooManyLetters:
            raise NotSentAgain(Reason.TOO_MANY) from None
        _note(session, delivery, "request", reach, by, now, expected, email)


def _on_case(
    reach: Reach, delivery: Delivery, email: str, expected: str, by: Actor, now: datetime
) -> Reason | None:
    case_id = cases.by_number(reach.garage_id, delivery.number).case.id
    with transaction(bookings.case_lock(case_id)) as session:
        standstill.of_cases(session, [case_id])
        known = case_rows.known(session, reach.garage, [delivery.number])[case_numbers.key(delivery.number)]
        if known.customer.email != expected:
            raise Overtaken(known.customer.email)
        case_service.change(session, reach.garage, known, {"mail": email}, now, by)
        _note(session, delivery, "case", reach, by, now, expected, email)
        about = delivery.about
        for booking in bookings.locked_of_case(session, case_id):
            if booking.ends_at > now:
                old = booking.uid
                _redirect(session, booking, expected, email, now)
                about = booking.uid if old == about else about
        _redirect_letters(session, _abouts(session, known.case), expected, email, now)
        reason = rules.refusal(delivery.purpose, about, now)
        if reason is None:
            service.queue(session, reach, delivery, about, now)
        return None if reason is Reason.ON_ITS_WAY else reason


def _redirect(session: Session, booking: Booking, old: str, new: str, now: datetime) -> None:
    """Letters about a coming appointment go to the new address; links that went to the old one end."""
    booking.email = new
    if booking.state in REQUESTED:
        booking.round += 1
        booking.code_tries = 0
        if rules.refusal(links.CONFIRMATION, booking.uid, now) is None:
            links.send(booking.uid, booking.garage_id, new, booking.language, now, by_desk=True)
    elif _reached(session, booking.uid, old):
        # Whoever got the personal link may move and cancel (docs/adr/0014); a new name makes it worthless.
        renamed = codes.uid()
        session.execute(update(Message).where(Message.about == booking.uid).values(about=renamed))
        booking.uid = renamed
    session.flush()


def _reached(session: Session, uid: str, email: str) -> bool:
    sent = select(Message.id).where(
        Message.about == uid, Message.recipient == email, Message.state.in_((Sent.SENT, Sent.SENDING))
    )
    return session.scalar(sent.limit(1)) is not None


def _redirect_letters(session: Session, abouts: list[str], old: str, new: str, now: datetime) -> None:
    waiting = (Message.about.in_(abouts), Message.recipient == old, Message.state == Sent.QUEUED)
    session.execute(update(Message).where(*waiting).values(recipient=new, due_at=now))
    after_commit(job_queue.wake)


def _abouts(session: Session, case: Case) -> list[str]:
    bookings_of = session.scalars(select(Booking.uid).where(Booking.case_id == case.id))
    return [case.uid, *bookings_of, *(letter.uid for letter in correspondence.sent(case.id))]


def _note(
    session: Session,
    delivery: Delivery,
    about: str,
    reach: Reach,
    by: Actor,
    now: datetime,
    old: str,
    new: str,
) -> None:
    service.note(
        session, delivery, "changed", reach, by, now, about=about, before={"mail": old}, after={"mail": new}
    )
