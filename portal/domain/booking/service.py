"""The use case the product exists for: a request holds a place, its confirmation books it.

A place is given away, and a hold turned into a booking, only under the lock of that location and day.
"""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.core import codes, scheduling
from portal.db import db, transaction
from portal.domain.booking import links, load, rows
from portal.domain.booking.errors import (
    AlreadyBooked,
    Late,
    NoPlace,
    RequestUnknown,
    Superseded,
    WrongCode,
)
from portal.domain.booking.models import ASSESSMENT, Booking, State
from portal.domain.cases import service as cases
from portal.domain.cases.answers import Answers
from portal.domain.drafts import service as drafts
from portal.domain.garage import queries as garages
from portal.domain.garage.views import LocationView
from portal.domain.mailing import service as mailing
from portal.domain.photos import service as photos

BOOKED = "assessment_booked"
MAX_CODE_TRIES = 5


def request(
    *,
    draft_id: int,
    garage_id: int,
    location: LocationView,
    day: date,
    minute: int,
    answers: Answers,
    now: datetime,
) -> str:
    """Hold the timeslot that starts at local `minute` of `day` and send the confirmation link; the request's uid.

    Asking again for the same from the same draft is the same request; asking for another time lets the old hold go.

    Raises:
        NoPlace: if the time is not offered (any more).
        AlreadyBooked: if this draft became a booking before.
        DraftUnknown: if the draft is gone.
    """
    with transaction(lock=rows.place_lock(location.id, day)) as session:
        drafts.keep(session, draft_id, now)
        same = _let_others_go(session, draft_id, (location.id, day, minute), answers, now)
        if same is not None:
            return same.uid
        slot = _offered(location, load.live(location.id, ASSESSMENT, day, day, now), now, day, minute)
        booking = Booking(
            uid=codes.uid(),
            garage_id=garage_id,
            location_id=location.id,
            activity=ASSESSMENT,
            day=day,
            start_minute=slot.start,
            end_minute=slot.end,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            state=State.HELD,
            requested_at=now,
            held_until=now + links.HOLD_LIFE,
            draft_id=draft_id,
            email=answers.email,
            language=answers.language,
            answers=answers.document(),
        )
        session.add(booking)
        links.send(booking, now)
        return booking.uid


def renew(uid: str, now: datetime) -> None:
    """Ask once more for the time of a request that ran out, with the same answers.

    Raises:
        RequestUnknown: if the answers are gone.
        NoPlace, AlreadyBooked, DraftUnknown: as `request`.
    """
    old = db.session.scalar(select(Booking).where(Booking.uid == uid))
    if old is not None and old.state == State.BOOKED:
        raise AlreadyBooked(uid)
    if old is None or old.draft_id is None or not old.answers:
        raise RequestUnknown(uid)
    location = garages.location(garages.by_id(old.garage_id), old.location_id)
    request(
        draft_id=old.draft_id,
        garage_id=old.garage_id,
        location=location,
        day=old.day,
        minute=old.start_minute,
        answers=Answers(**old.answers),
        now=now,
    )


def confirm(uid: str, round: int, now: datetime) -> None:
    """Turn the held place into a booking with its case; doing it again changes nothing.

    The hold already counted as load, so it is measured against bookings alone: should the garage have lowered its
    capacity since, the first to press wins.

    Raises:
        RequestUnknown, Superseded: the link leads nowhere, or to a mended address.
        Late: the hold is over.
        NoPlace: the garage has no such place any more.
    """
    location_id, day = rows.place_of(uid)
    with transaction(lock=rows.place_lock(location_id, day)) as session:
        booking = rows.locked(session, uid)
        if booking.round != round:
            raise Superseded
        if booking.state == State.BOOKED:
            return
        if not booking.is_held(now):
            raise Late
        location = garages.location(garages.by_id(booking.garage_id), location_id)
        taken = load.booked(location_id, booking.activity, day)
        _offered(location, taken, booking.requested_at, day, booking.start_minute)
        _book(session, booking, now)


def confirm_with_code(uid: str, round: int, right: bool, now: datetime) -> None:
    """Confirm by the code from the mail of `round`; `right` says whether the typed one was it.

    Raises:
        WrongCode: with the tries that are left; with none left even the right code is refused.
        RequestUnknown, Superseded, Late, NoPlace: as `confirm`.
    """
    with transaction() as session:
        booking = rows.locked(session, uid)
        if booking.code_tries >= MAX_CODE_TRIES:
            raise WrongCode(0)
        booking.code_tries += not right
        left = MAX_CODE_TRIES - booking.code_tries
    if not right:
        raise WrongCode(left)
    confirm(uid, round, now)


def forget_requests(now: datetime) -> int:
    """Wipe what people typed into requests that came to nothing and whose draft is gone; how many."""
    with transaction() as session:
        wiped = session.execute(
            update(Booking)
            .where(
                Booking.state != State.BOOKED,
                Booking.draft_id.is_(None),
                Booking.held_until < now,
                Booking.email != "",
            )
            .values(answers={}, email="")
        )
        return int(wiped.rowcount)  # type: ignore[attr-defined]


def _let_others_go(
    session: Session, draft_id: int, place: tuple[int, date, int], answers: Answers, now: datetime
) -> Booking | None:
    """The draft's live request for this very place and these answers; any other one is released."""
    same = None
    for booking in rows.locked_of_draft(session, draft_id):
        if booking.state == State.BOOKED:
            raise AlreadyBooked(booking.uid)
        asked = (booking.location_id, booking.day, booking.start_minute)
        if booking.is_held(now) and asked == place and booking.answers == answers.document():
            same = booking
        else:  # also what ran out: a press that waited since before must not find it
            booking.state = State.RELEASED
    session.flush()
    return same


def _book(session: Session, booking: Booking, now: datetime) -> None:
    answers = Answers(**booking.answers)
    case = cases.open_case(
        session, garage_id=booking.garage_id, location_id=booking.location_id, answers=answers, now=now
    )
    if booking.draft_id is not None:
        photos.move_to_case(session, draft_id=booking.draft_id, case_id=case.id)
        drafts.close(session, booking.draft_id)
    booking.state, booking.booked_at, booking.case_id, booking.answers = State.BOOKED, now, case.id, {}
    starts_at = booking.starts_at.isoformat()
    cases.record(
        session, case, "booked", actor="customer", now=now, activity=booking.activity, starts_at=starts_at
    )
    mailing.queue(
        garage_id=booking.garage_id,
        purpose=BOOKED,
        about=booking.uid,
        recipient=booking.email,
        language=booking.language,
        now=now,
    )


def _offered(
    location: LocationView, taken: scheduling.Load, now: datetime, day: date, minute: int
) -> scheduling.Timeslot:
    if not location.takes_assessments:
        raise NoPlace(scheduling.Refusal.CLOSED)
    try:
        return scheduling.find(location.assessment_schedule(now.year), taken, now, day, minute)
    except scheduling.NotOffered as refused:
        raise NoPlace(refused.refusal) from None
