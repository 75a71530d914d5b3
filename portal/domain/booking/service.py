"""The use case the product exists for: a confirmation turns a held place into a booking.

It does so only under the lock of that location and day.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.db import transaction
from portal.domain.audit.service import Actor
from portal.domain.booking import load, notices, offers, queries, records, rows
from portal.domain.booking.errors import AlreadyBooked, Cancelled, Late, Superseded, WrongCode
from portal.domain.booking.models import MAX_CODE_TRIES, State
from portal.domain.booking.rows import Request
from portal.domain.cases import service as cases
from portal.domain.cases.answers import Answers
from portal.domain.drafts import service as drafts
from portal.domain.garage import queries as garages
from portal.domain.garage.views import LocationView
from portal.domain.photos import service as photos


def confirm(uid: str, round: int, now: datetime, *, by: Actor | None = None, elsewhere: bool = False) -> None:
    """Turn the held place into a booking with its case; doing it again changes nothing.

    The hold already counted as load, so it is measured against bookings alone: should the garage have lowered its
    capacity since, the first to press wins. `by` is who does it at the desk for the customer, None the customer;
    `elsewhere`: it was pressed in another browser than the one that asked.

    Raises:
        RequestUnknown, Superseded: the link leads nowhere, or to a mended address.
        Late: the hold is over.
        NoPlace: the garage has no such place any more.
        AlreadyBooked: such an appointment of the case was booked by another request.
        Cancelled: it was booked and cancelled since.
    """
    garage_id, location_id, day, case_id = rows.place_of(uid)
    case_locks = () if case_id is None else (rows.case_lock(case_id),)
    with transaction(rows.place_lock(location_id, day), *case_locks) as session:
        garage = garages.standing(garage_id)
        request = rows.locked_request(uid)
        if request.round != round:
            raise Superseded
        if request.state == State.BOOKED:
            return
        if request.state == State.CANCELLED:
            raise Cancelled
        if not request.waits(now):
            raise Late
        promised = queries.promised(request, garage)
        kept = request.state == State.HELD  # else others who keep the place were ahead
        taken = load.booked(promised, day) if kept else load.live(promised, day, day, now)
        slot = offers.find(promised, taken, request.requested_at, day, request.start_minute)
        _book(session, request, promised.location, slot.places, now, by, elsewhere)


def confirm_with_code(uid: str, round: int, right: bool, now: datetime) -> None:
    """Confirm by the code from the mail of `round`; `right` says whether the typed one was it.

    Raises:
        WrongCode: with the tries that are left; with none left even the right code is refused.
        RequestUnknown, Superseded, Late, NoPlace, AlreadyBooked, Cancelled: as `confirm`.
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


def _book(
    session: Session,
    request: Request,
    location: LocationView,
    places: int,
    now: datetime,
    by: Actor | None,
    elsewhere: bool,
) -> None:
    case_id = _case_of(request, now)
    if request.draft_id is not None:
        drafts.close(request.draft_id)
    booked = rows.book(request, case_id, location.zone, now)
    rows.take_place(booked, places)
    starts_at = booked.starts_at.isoformat()
    how = {"requested": True} if by else {"elsewhere": True} if elsewhere else {}
    records.of_booking(session, case_id, booked, "booked", by=by, now=now, starts_at=starts_at, **how)
    notices.send(booked, location, notices.BOOKED, now)


def _case_of(request: Request, now: datetime) -> int:
    """The case the request is for, or the one that an assessment opens, with the photos of the draft."""
    case_id = request.case_id
    if case_id is None:
        case_id = cases.open_case(
            garage_id=request.garage_id,
            location_id=request.location_id,
            answers=Answers(**request.answers),
            now=now,
        )
    elif (other := queries.coming(case_id, request.flow, now)) is not None:
        raise AlreadyBooked(other)
    if request.draft_id is not None:
        added = photos.move_to_case(draft_id=request.draft_id, case_id=case_id)
        if added and request.case_id is not None:
            records.of_photos(case_id, added, now)
    return case_id
