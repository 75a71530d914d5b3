"""Sending a letter again, and noting that somebody did without it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db import transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.booking import daylists, notices
from portal.domain.booking import rows as bookings
from portal.domain.booking.models import Booking
from portal.domain.cases import queries as cases
from portal.domain.correspondence.service import FROM_CASE
from portal.domain.deliveries import queries, rules
from portal.domain.deliveries.errors import NotSentAgain, Reason
from portal.domain.deliveries.queries import Delivery
from portal.domain.garage.reach import Reach
from portal.domain.mailing import service as mailing
from portal.domain.mailing.models import Message, State
from portal.domain.team import queries as members
from portal.domain.team.invitations import INVITATION

SEEN_TO, OPEN_AGAIN = "seen to", "open again"  # as the audit log calls it


def send_again(reach: Reach, uid: str, *, team: bool, by: Actor, now: datetime) -> None:
    """Write the letter down once more, to the address that holds now.

    Raises:
        DeliveryUnknown: there is no such letter within reach.
        NotSentAgain: with the reason.
    """
    delivery = queries.one(reach, uid, team=team)
    with transaction(f"letters about {delivery.about}") as session:
        if delivery.starts_at is not None:
            bookings.locked(session, delivery.about)
        reason = rules.refusal(delivery.purpose, delivery.about, now)
        if reason is not None:
            raise NotSentAgain(reason)
        queue(session, reach, delivery, delivery.about, now)
        note(session, delivery, "sent again", reach, by, now, after={"purpose": delivery.purpose})


def see_to(reach: Reach, uid: str, *, team: bool, by: Actor, now: datetime) -> None:
    """Note that somebody did without a letter that failed, such as by phone; doing it again changes nothing.

    Raises:
        DeliveryUnknown: there is no such letter within reach.
    """
    _mark(reach, uid, SEEN_TO, team=team, by=by, now=now, seen_to=(now, by.name))


def leave_open(reach: Reach, uid: str, *, team: bool, by: Actor, now: datetime) -> None:
    """Take back that somebody saw to a letter; doing it again changes nothing.

    Raises:
        DeliveryUnknown: there is no such letter within reach.
    """
    _mark(reach, uid, OPEN_AGAIN, team=team, by=by, now=now, seen_to=(None, ""))


def _mark(
    reach: Reach,
    uid: str,
    what: str,
    *,
    team: bool,
    by: Actor,
    now: datetime,
    seen_to: tuple[datetime | None, str],
) -> None:
    delivery = queries.one(reach, uid, team=team)
    with transaction(f"letters about {delivery.about}") as session:
        message = session.scalars(select(Message).where(Message.uid == uid).with_for_update()).one()
        at, _who = seen_to
        if message.state != State.FAILED or (message.seen_to_at is None) == (at is None):
            return
        message.seen_to_at, message.seen_to_by = seen_to
        note(session, delivery, what, reach, by, now, after={"purpose": delivery.purpose})


def queue(session: Session, reach: Reach, delivery: Delivery, about: str, now: datetime) -> None:
    """Queue the same letter about `about`, which is locked, in the running transaction.

    Raises:
        NotSentAgain: nobody knows an address.
    """
    if delivery.starts_at is not None and delivery.to_customer:
        booking = session.scalars(select(Booking).where(Booking.uid == about)).one()
        notices.tell_customer(booking, delivery.purpose, now)
        return
    recipient = _recipient(reach, delivery, now)
    if not recipient:
        raise NotSentAgain(Reason.NO_ADDRESS)
    mailing.queue(
        garage_id=reach.garage_id,
        purpose=delivery.purpose,
        about=about,
        recipient=recipient,
        language=delivery.language,
        now=now,
    )


def note(
    session: Session,
    delivery: Delivery,
    what: str,
    reach: Reach,
    by: Actor,
    now: datetime,
    *,
    about: str = "letter",
    before: dict | None = None,
    after: dict | None = None,
) -> None:
    """A line in the audit log, named after the case, else the car."""
    audit.record(
        session,
        by,
        what,
        garage_id=reach.garage_id,
        location_id=delivery.place.id if delivery.place else None,
        about=about,
        subject=delivery.number or delivery.plate or (delivery.recipient if delivery.to_team else ""),
        now=now,
        before=before,
        after=after,
    )


def _recipient(reach: Reach, delivery: Delivery, now: datetime) -> str | None:
    if delivery.purpose == INVITATION:
        return members.invitation(delivery.about, now).email
    if delivery.purpose == FROM_CASE:
        return cases.by_number(reach.garage_id, delivery.number).customer.email
    assert delivery.purpose == daylists.LIST or not delivery.to_customer
    return delivery.place.notify if delivery.place else None
