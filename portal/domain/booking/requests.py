"""A request holds a place until its confirmation link ends.

A place is given away only under the lock of its location and day.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from portal.core import codes
from portal.core.normalise import plates
from portal.db import db, transaction
from portal.domain.booking import limits, links, load, offers, queries, rows
from portal.domain.booking.errors import AlreadyBooked, NotBookable, RequestUnknown
from portal.domain.booking.models import REQUESTED, Booking, State
from portal.domain.cases import queries as cases
from portal.domain.cases.answers import Answers
from portal.domain.cases.models import Case
from portal.domain.drafts import service as drafts
from portal.domain.garage.offerings import Offering


def request(
    *,
    draft_id: int,
    garage_id: int,
    offering: Offering,
    day: date,
    minute: int,
    answers: Answers,
    now: datetime,
    keep: bool = True,
) -> str:
    """Hold the timeslot that starts at local `minute` of `day` and send the confirmation link; the request's uid.

    Asking again for the same from the same draft is the same request; asking for another time lets the old hold go.
    Unless it is to `keep` the place, the confirmation has to find it free.

    Raises:
        NoPlace: if the time is not offered (any more).
        TooManyOpen: if the customer has as many appointments as the garage allows.
        AlreadyBooked: if this draft became a booking before.
        DraftUnknown: if the draft is gone.
    """
    limited = garage_id, offering.location.garage
    customer = limits.Customer(answers.email, answers.phone, plates.key(answers.plate))
    place = rows.place_lock(offering.location.id, day)
    with transaction(place, *limits.locks(*limited, customer), durable=False):  # docs/adr/0023
        drafts.keep(draft_id, now)
        document = answers.document()
        same = _let_others_go(draft_id, (offering.location.id, day, minute), document, now)
        if same is not None:
            return same.uid
        limits.check(*limited, customer, now)
        about = {"draft_id": draft_id, "language": answers.language, "answers": document}
        return _add(garage_id, offering, day, minute, customer, now, about, keep)


def request_for_case(
    *,
    draft_id: int,
    case_id: int,
    offering: Offering,
    day: date,
    minute: int,
    language: str,
    now: datetime,
    keep: bool = True,
) -> str:
    """Hold a timeslot for a case the garage knows and send the confirmation link to the address on the case.

    A case has one appointment of a flow at a time: other open requests are let go, whatever draft they came from.

    Raises:
        NotBookable: if the car came already, the case has no address, or was merged into another one; or if an
            assessment is asked for and the repair of the case is booked.
        AlreadyBooked: if the case has such an appointment.
        NoPlace, TooManyOpen, DraftUnknown: as `request`.
    """
    view = cases.by_id(case_id)
    if is_here(view.case) or not view.customer.email:
        raise NotBookable
    limited = view.case.garage_id, offering.location.garage
    customer = limits.Customer(view.customer.email, view.customer.phone, view.vehicle.plate_key)
    place = rows.place_lock(offering.location.id, day)
    locks = place, rows.case_lock(case_id), *limits.locks(*limited, customer)
    with transaction(*locks, durable=False) as session:  # docs/adr/0023
        drafts.keep(draft_id, now)
        if session.get_one(Case, case_id).merged_into is not None:
            raise NotBookable
        booked = queries.coming(case_id, offering.flow, now)
        if booked is not None:
            raise AlreadyBooked(booked)
        if offering.flow == "assessment" and queries.coming(case_id, "repair", now) is not None:
            raise NotBookable
        others = [each for each in rows.locked_of_case(session, case_id) if each.flow == offering.flow]
        for other in others:
            if other.draft_id != draft_id and other.state in REQUESTED:
                other.state = State.RELEASED
        session.flush()
        same = _let_others_go(draft_id, (offering.location.id, day, minute), {}, now)
        if same is not None:
            return same.uid
        limits.check(*limited, customer, now)
        about = {"draft_id": draft_id, "case_id": case_id, "language": language, "answers": {}}
        return _add(view.case.garage_id, offering, day, minute, customer, now, about, keep)


def is_here(case: Case) -> bool:
    """Whether the car of a case came already, so that there is nothing left to book."""
    return any((case.vehicle_in_on, case.finished_on, case.collected_on))


def renew(uid: str, now: datetime, *, keep: bool = True) -> None:
    """Ask once more for the time of a request that ran out, with the same answers.

    Raises:
        RequestUnknown: if the answers are gone.
        NoPlace, TooManyOpen, AlreadyBooked, DraftUnknown, NotBookable: as `request` and `request_for_case`.
    """
    old = db.session.scalar(select(Booking).where(Booking.uid == uid))
    if old is not None and old.state in (State.BOOKED, State.CANCELLED):
        raise AlreadyBooked(uid)
    if old is None or old.draft_id is None or not (old.answers or old.case_id):
        raise RequestUnknown(uid)
    offering = queries.offering(old)
    if old.case_id is not None:
        request_for_case(
            draft_id=old.draft_id,
            case_id=old.case_id,
            offering=offering,
            day=old.day,
            minute=old.start_minute,
            language=old.language,
            now=now,
            keep=keep,
        )
    else:
        request(
            draft_id=old.draft_id,
            garage_id=old.garage_id,
            offering=offering,
            day=old.day,
            minute=old.start_minute,
            answers=Answers(**old.answers),
            now=now,
            keep=keep,
        )


def forget_requests(now: datetime) -> int:
    """Wipe what people typed into requests that came to nothing and whose draft is gone; how many."""
    came_to_nothing = Booking.state.in_((*REQUESTED, State.RELEASED))
    with transaction() as session:
        wiped = session.execute(
            update(Booking)
            .where(
                came_to_nothing,
                Booking.draft_id.is_(None),
                Booking.held_until < now,
                Booking.email != "",
            )
            .values(answers={}, email="", mailbox="", phone="", plate_key="")
        )
        return int(wiped.rowcount)  # type: ignore[attr-defined]


def _let_others_go(
    draft_id: int, place: tuple[int, date, int], answers: dict, now: datetime
) -> rows.Request | None:
    """The live request of the draft for this very place and these answers; any other one is released."""
    same, others = None, []
    for asked in rows.locked_of_draft(draft_id):
        if asked.state in (State.BOOKED, State.CANCELLED):
            raise AlreadyBooked(asked.uid)
        theirs = asked.location_id, asked.day, asked.start_minute
        if asked.waits(now) and theirs == place and asked.answers == answers:
            same = asked
        else:  # also what ran out: a press that waited since before must not find it
            others.append(asked.id)
    rows.release(others)
    return same


def _add(
    garage_id: int,
    offering: Offering,
    day: date,
    minute: int,
    customer: limits.Customer,
    now: datetime,
    about: dict[str, Any],
    keep: bool,
) -> str:
    """The uid of a new request, whose link is on its way; `about` is whose it is and what was said."""
    slot = offers.find(offering, load.live(offering, day, day, now), now, day, minute)
    uid = codes.uid()
    rows.add(
        uid=uid,
        garage_id=garage_id,
        location_id=offering.location.id,
        flow=offering.flow,
        damage_flow=offering.damage_flow,
        day=day,
        start_minute=slot.start,
        end_minute=slot.end,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        state=State.HELD if keep else State.ASKED,
        requested_at=now,
        held_until=now + links.HOLD_LIFE,
        email=customer.email,
        mailbox=customer.mailbox,
        phone=customer.phone,
        plate_key=customer.plate_key,
        **about,
    )
    links.send(uid, garage_id, customer.email, about["language"], now)
    return uid
