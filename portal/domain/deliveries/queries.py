"""Asking what became of letters, within a reach."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from portal.db import db
from portal.domain.booking.daylists import LIST, read
from portal.domain.booking.links import CONFIRMATION
from portal.domain.booking.models import REQUESTED, Booking
from portal.domain.booking.models import State as Place
from portal.domain.booking.notices import ANOTHER_TIME, CALLED_OFF, CANCELLED, to_garage
from portal.domain.cases.models import Case
from portal.domain.correspondence.models import WrittenLetter
from portal.domain.correspondence.service import TEST
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.deliveries.errors import DeliveryUnknown
from portal.domain.garage.reach import Reach
from portal.domain.garage.views import LocationView
from portal.domain.mailing.models import Message, State

PAGE = 50
LATE = timedelta(minutes=5)  # a letter leaves within seconds, or at the latest with the next sweep
TO_TEAM, TO_GARAGE = "staff_", "garage_"  # how the purposes of such letters begin
ON_THEIR_WAY = (State.QUEUED, State.SENDING)


@dataclass(frozen=True)
class Delivery:
    """A letter, what became of it, and what it is about as far as that is known."""

    uid: str
    purpose: str
    about: str
    recipient: str  # empty: wiped, as the letter left long ago
    language: str
    state: State
    attempts: int
    queued_at: datetime
    due_at: datetime  # of a queued letter: the next attempt
    give_up_at: datetime
    sent_at: datetime | None
    server_answer: str
    seen_to_at: datetime | None
    seen_to_by: str
    held_back: str  # why it did not leave, see mailing.strangers
    place: LocationView | None
    flow: str
    starts_at: datetime | None
    name: str
    plate: str
    number: str
    day: date | None  # of a list of the day

    @property
    def to_team(self) -> bool:
        return self.purpose.startswith(TO_TEAM)

    @property
    def to_customer(self) -> bool:
        return self.purpose != TEST and not self.purpose.startswith((TO_TEAM, TO_GARAGE))

    @property
    def is_on_its_way(self) -> bool:
        return self.state in ON_THEIR_WAY


@dataclass(frozen=True)
class Wanted:
    """Which letters: of these states and of this purpose, to addresses that begin with `address`."""

    states: tuple[State, ...] = ()
    purpose: str = ""
    address: str = ""


# Whether a letter about an appointment says what is so: a request that was confirmed needs no link any more.
_STILL_SO = case(
    (Message.purpose == CONFIRMATION, Booking.state.in_(REQUESTED)),
    (Message.purpose.in_((CANCELLED, to_garage(CANCELLED), CALLED_OFF)), Booking.state == Place.CANCELLED),
    (
        Message.purpose == ANOTHER_TIME,
        and_(Booking.state == Place.BOOKED, Booking.move_asked_at.is_not(None)),
    ),
    else_=Booking.state == Place.BOOKED,
)


def page(
    reach: Reach, wanted: Wanted, *, team: bool, before_id: int | None = None
) -> tuple[list[Delivery], int | None]:
    """The newest letters, older than the one with `before_id`, and the id to go on with if there are more.

    `team`: also those to the people at the desk.
    """
    found = _letters(reach, team).where(*_fitting(wanted))
    if before_id is not None:
        found = found.where(Message.id < before_id)
    rows = db.session.execute(found.order_by(Message.id.desc()).limit(PAGE + 1)).all()
    older = rows[PAGE - 1].Message.id if len(rows) > PAGE else None
    return [_delivery(reach, row) for row in rows[:PAGE]], older


def in_need(reach: Reach, now: datetime, *, team: bool) -> list[Delivery]:
    """Letters that failed while somebody could still do with them, and that nobody saw to yet; newest first."""
    newer = aliased(Message)
    sent_again = (
        select(newer.id)
        .where(newer.about == Message.about, newer.purpose == Message.purpose, newer.id > Message.id)
        .exists()
    )
    found = _letters(reach, team).where(
        Message.state == State.FAILED,
        Message.seen_to_at.is_(None),
        Message.purpose != TEST,  # whoever tried a letter out sees that it did not come
        Message.recipient != "",
        ~sent_again,
        or_(Booking.id.is_(None), and_(Booking.ends_at > now, _STILL_SO)),
    )
    rows = db.session.execute(found.order_by(Message.id.desc()).limit(PAGE)).all()
    return [_delivery(reach, row) for row in rows]


def stuck(reach: Reach, now: datetime) -> tuple[int, str]:
    """How many letters should have left a while ago and did not, and what the mail server last said to one of them."""
    asked = (
        Message.garage_id == reach.garage_id,
        Message.state.in_(ON_THEIR_WAY),
        Message.queued_at < now - LATE,
    )
    count = db.session.scalar(select(func.count()).select_from(Message).where(*asked)) or 0
    said = select(Message.server_answer).where(*asked, Message.server_answer != "")
    return count, db.session.scalar(said.order_by(Message.id.desc()).limit(1)) or ""


def one(reach: Reach, uid: str, *, team: bool) -> Delivery:
    """One letter.

    Raises:
        DeliveryUnknown: there is none within reach.
    """
    row = db.session.execute(_letters(reach, team).where(Message.uid == uid)).first()
    if row is None:
        raise DeliveryUnknown(uid)
    return _delivery(reach, row)


def siblings(reach: Reach, delivery: Delivery, *, team: bool) -> list[Delivery]:
    """The letters about the same thing, newest first."""
    rows = db.session.execute(
        _letters(reach, team).where(Message.about == delivery.about).order_by(Message.id.desc()).limit(PAGE)
    )
    return [_delivery(reach, row) for row in rows]


def _letters(reach: Reach, team: bool) -> Select:
    found = (
        select(Message, Booking, Case, Customer, Vehicle)
        .outerjoin(Booking, and_(Booking.uid == Message.about, Booking.garage_id == Message.garage_id))
        .outerjoin(
            WrittenLetter,
            and_(WrittenLetter.uid == Message.about, WrittenLetter.garage_id == Message.garage_id),
        )
        .outerjoin(
            Case,
            and_(
                Case.garage_id == Message.garage_id,
                or_(
                    Case.id == Booking.case_id,
                    Case.id == WrittenLetter.case_id,
                    Case.uid == Message.about,
                ),
            ),
        )
        .outerjoin(Customer, Customer.id == Case.customer_id)
        .outerjoin(Vehicle, Vehicle.id == Case.vehicle_id)
        .where(Message.garage_id == reach.garage_id)
    )
    if not team:
        found = found.where(~Message.purpose.startswith(TO_TEAM, autoescape=True))
    return found if reach.whole else found.where(_at(reach, team))


def _at(reach: Reach, team: bool) -> ColumnElement[bool]:
    """About something at one of these locations."""
    lists = [Message.about.startswith(f"day {each} ", autoescape=True) for each in reach.location_ids]
    here = [
        Booking.location_id.in_(reach.location_ids),
        and_(Booking.id.is_(None), Case.location_id.in_(reach.location_ids)),
        and_(Message.purpose == LIST, or_(*lists)),
    ]
    if team:
        here.append(Message.purpose.startswith(TO_TEAM, autoescape=True))
    return or_(*here)


def _fitting(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states:
        found.append(Message.state.in_(wanted.states))
    if wanted.purpose:
        found.append(Message.purpose == wanted.purpose)
    if wanted.address:
        found.append(Message.recipient.istartswith(wanted.address, autoescape=True))
    return found


def _delivery(reach: Reach, row: Row[*tuple[Any, ...]]) -> Delivery:
    message, booking, about, customer, vehicle = row
    told = booking.answers if booking is not None and about is None else {}
    location_id = booking.location_id if booking else about.location_id if about else None
    day = None
    if message.purpose == LIST:
        location_id, day = read(message.about)
    person = (
        (customer.first_name, customer.last_name)
        if customer
        else (told.get("first_name", ""), told.get("last_name", ""))
    )
    return Delivery(
        uid=message.uid,
        purpose=message.purpose,
        about=message.about,
        recipient=message.recipient,
        language=message.language,
        state=State(message.state),
        attempts=message.attempts,
        queued_at=message.queued_at,
        due_at=message.due_at,
        give_up_at=message.give_up_at,
        sent_at=message.sent_at,
        server_answer=message.server_answer,
        seen_to_at=message.seen_to_at,
        seen_to_by=message.seen_to_by,
        held_back=message.held_back,
        place=None if location_id is None else reach.by_id(location_id),
        flow=booking.flow if booking else "",
        starts_at=booking.starts_at if booking else None,
        name=" ".join(person).strip(),
        plate=vehicle.plate if vehicle else told.get("plate", ""),
        number=about.number if about else "",
        day=day,
    )
