"""Booking rows as decisions read them: locked, and as they are now.

Whoever decides takes the locks in one order: place (location and day), case or customer, garage, draft, booking,
row of the case. Some decisions need only some of them, none takes them the other way round.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    bindparam,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from portal.core.scheduling import Refusal, moment
from portal.db import ask, locks_rows
from portal.domain.booking.errors import NoPlace, RequestUnknown
from portal.domain.booking.models import REQUESTED, Booking, State
from portal.domain.cases import queries as cases
from portal.domain.drafts.models import Draft

# Made once, because putting a statement together costs more than the database does.
_PLACE = select(Booking.garage_id, Booking.location_id, Booking.day, Booking.case_id).where(
    Booking.uid == bindparam("asked")
)
_DRAFT = (
    select(Draft.id)
    .join(Booking, Booking.draft_id == Draft.id)
    .where(Booking.uid == bindparam("asked"))
    .with_for_update(of=Draft)
)
_LOCKED = select(Booking).order_by(Booking.id).with_for_update().execution_options(populate_existing=True)
_BY_UID = _LOCKED.where(Booking.uid == bindparam("asked"))
_OPEN_OF_CASE = _LOCKED.where(
    Booking.case_id == bindparam("case"), Booking.state.in_((*REQUESTED, State.BOOKED))
)
_NEW = insert(Booking.__table__)
_SLOT = ("location_id", "day", "start_minute", "flow", "damage_flow")
_RELEASE = update(Booking.__table__).values(state=State.RELEASED)
_BOOK = (
    update(Booking.__table__)
    .where(Booking.id == bindparam("request"))
    .values(
        state=State.BOOKED,
        booked_at=bindparam("now"),
        case_id=bindparam("of_case"),
        starts_at=bindparam("first"),
        ends_at=bindparam("last"),
        answers={},
    )
)


def _of_slot(other: Any) -> list[ColumnElement[bool]]:
    slot = [getattr(other, name) == bindparam(f"slot_{name}") for name in _SLOT]
    return [*slot, other.state == State.BOOKED, other.place_number.is_not(None)]


def _free_number() -> ScalarSelect[int]:
    """The smallest number that no booking of a timeslot has."""
    before, after = aliased(Booking), aliased(Booking)
    next_ones = select((before.place_number + 1).label("number")).where(*_of_slot(before))
    numbers = union_all(select(literal(1).label("number")), next_ones).subquery()
    taken = select(after.place_number).where(*_of_slot(after))
    return select(func.min(numbers.c.number)).where(numbers.c.number.not_in(taken)).scalar_subquery()


_NUMBER = (
    update(Booking.__table__)
    .where(Booking.uid == bindparam("booked"), _free_number() <= bindparam("places"))
    .values(place_number=_free_number())
)


class Request(NamedTuple):
    """A request, or what became of it, as it is read to be booked or let go; the fields are columns of `Booking`."""

    id: int
    uid: str
    round: int
    state: str
    garage_id: int
    location_id: int
    flow: str
    damage_flow: str
    day: date
    start_minute: int
    end_minute: int
    starts_at: datetime
    requested_at: datetime
    held_until: datetime
    draft_id: int | None
    case_id: int | None
    email: str
    language: str
    answers: dict[str, Any]

    def waits(self, now: datetime) -> bool:
        """Whether this is a request that can still be confirmed at `now`, with a place kept or not."""
        return self.state in REQUESTED and now < self.held_until


_REQUESTS = (
    select(*(getattr(Booking, name) for name in Request._fields)).order_by(Booking.id).with_for_update()
)
_OF_DRAFT = _REQUESTS.where(Booking.draft_id == bindparam("draft"))
_REQUEST = _REQUESTS.where(Booking.uid == bindparam("asked"))


class Place(NamedTuple):
    """What the locks of a decision about a booking are named after."""

    garage_id: int
    location_id: int
    day: date
    case_id: int | None


class Asked(NamedTuple):
    """Of whom something is asked, and by whom."""

    garage_id: int
    email: str


def place_lock(location_id: int, day: date) -> str:
    """The name of the lock under which places of one location and day are given away."""
    return f"place {location_id} {day}"


def case_lock(case_id: int) -> str:
    """The name of the lock under which appointments of one case are requested and booked."""
    return f"appointments of case {case_id}"


def place_of(uid: str) -> Place:
    """Garage, location, local day and case of a booking; those of a request stay as they are.

    Raises:
        RequestUnknown: if there is none.
    """
    row = ask(_PLACE, asked=uid).first()
    if row is None:
        raise RequestUnknown(uid)
    return Place(*row)


def asked_by(uid: str) -> Asked:
    """The garage of a booking, and the address as it is now, on the case if it has one; only to name locks after.

    Raises:
        RequestUnknown: if there is none.
    """
    found = ask(select(Booking.garage_id, Booking.email, Booking.case_id).where(Booking.uid == uid)).first()
    if found is None:
        raise RequestUnknown(uid)
    return Asked(found.garage_id, (found.case_id and cases.address_of(found.case_id)) or found.email)


def locked(session: Session, uid: str) -> Booking:
    """The booking `uid` and its draft, ours until the running transaction ends.

    Raises:
        RequestUnknown: if there is none.
    """
    _lock_draft(uid)
    found = session.scalar(_BY_UID, {"asked": uid})
    if found is None:
        raise RequestUnknown(uid)
    return found


def locked_request(uid: str) -> Request:
    """The same as plain values, for the confirmation: to read and write an object takes longer than to book.

    Raises:
        RequestUnknown: if there is none.
    """
    _lock_draft(uid)
    row = ask(_REQUEST, asked=uid).first()
    if row is None:
        raise RequestUnknown(uid)
    return Request(*row)


def locked_of_draft(draft_id: int) -> list[Request]:
    """All requests and bookings of a draft that is locked already, ours until the running transaction ends."""
    return [Request(*row) for row in ask(_OF_DRAFT, draft=draft_id)]


def add(**values: object) -> None:
    """A new booking in the running transaction; `values` are the columns of `Booking`."""
    ask(_NEW, **values)


def book(request: Request, case_id: int, zone: str, now: datetime) -> Request:
    """What a request becomes as the booking of a case, in the running transaction; its answers are the case's now.

    Its moments are those of its times in `zone`, which may have been put right since it was asked for.
    """
    first, last = (moment(request.day, minute, zone) for minute in (request.start_minute, request.end_minute))
    ask(_BOOK, request=request.id, of_case=case_id, first=first, last=last, now=now)
    return request._replace(state=State.BOOKED, case_id=case_id, starts_at=first, answers={})


def take_place(booking: Booking | Request, places: int) -> None:
    """Give a booking, written down already, one of the `places` of its timeslot: the second line behind the locks.

    Whoever holds them has counted that one is free. Without them two may both have counted so, and one is refused here.

    Raises:
        NoPlace: if each of them is somebody else's.
    """
    slot = {f"slot_{name}": getattr(booking, name) for name in _SLOT}
    try:
        numbered = ask(_NUMBER, booked=booking.uid, places=places, **slot)
    except IntegrityError:  # somebody took the same one in this moment
        raise NoPlace(Refusal.SLOT_FULL) from None
    if not numbered.rowcount:  # type: ignore[attr-defined]
        raise NoPlace(Refusal.SLOT_FULL)


def release(ids: Sequence[int]) -> None:
    """Let the places of these requests go, in the running transaction."""
    if ids:
        ask(_RELEASE.where(Booking.id.in_(ids)))


def locked_of_case(session: Session, case_id: int) -> list[Booking]:
    """The open requests and bookings of a case that is locked already, ours until the running transaction ends."""
    return list(session.scalars(_OPEN_OF_CASE, {"case": case_id}))


def _lock_draft(uid: str) -> None:
    if locks_rows():
        ask(_DRAFT, asked=uid)
