"""Finding a person: the cases, requests and letters of one mail address, or one case where there is no address."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from portal.core.normalise import case_numbers, phones, plates
from portal.db import db
from portal.domain.booking.models import Booking
from portal.domain.cases.models import Case
from portal.domain.cases.queries import WHOLE, CaseView
from portal.domain.correspondence.service import TEST
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.garage.views import GarageView
from portal.domain.mailing.models import Message
from portal.domain.privacy.errors import PersonUnknown

MOST_FOUND = 20
TO_TEAM = ("staff_", "garage_", TEST)  # how the purposes of letters to whoever works at the garage begin
SHORTEST_PHONE = 6  # digits that say who is meant


@dataclass(frozen=True)
class Person:
    """Whom the rows of a garage are about. `uid` is that of one of them, and names the person in addresses.

    Cases of one mail address are one person's; a case without an address stands for itself. `requests` have no case.
    """

    garage: GarageView
    uid: str
    email: str
    cases: list[CaseView] = field(default_factory=list)
    requests: list[Booking] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As the newest row says it; empty if none does."""
        return next((name for name in self.names if name), "")

    @property
    def names(self) -> list[str]:
        """Every spelling, newest first."""
        told = [(view.customer.first_name, view.customer.last_name) for view in reversed(self.cases)]
        told += [
            (row.answers.get("first_name", ""), row.answers.get("last_name", "")) for row in self.requests
        ]
        return _once(f"{first} {last}".strip() for first, last in told)

    @property
    def phones(self) -> list[str]:
        """As E.164."""
        return _once([*(view.customer.phone for view in self.cases), *(row.phone for row in self.requests)])

    @property
    def plates(self) -> list[str]:
        """As written."""
        told = (row.answers.get("plate", "") for row in self.requests)
        return _once([*(view.vehicle.plate for view in self.cases), *told])


def find(garage: GarageView, words: str) -> list[Person]:
    """Who has this mail address, phone, plate, name or case number, at most MOST_FOUND; the newest first."""
    words = " ".join(words.split())
    if not words:
        return []
    found: dict[str, Person] = {}
    views = db.session.execute(
        WHOLE.where(Case.garage_id == garage.id, _fits(garage, words))
        .order_by(Case.id.desc())
        .limit(5 * MOST_FOUND)
    )
    for view in (CaseView(*row) for row in views):
        key = view.customer.email.casefold() or view.case.uid
        if key not in found:
            found[key] = _of_case(garage, view)
    for row in _requests(garage, words):
        if row.email.casefold() not in found:
            found[row.email.casefold()] = _of_address(garage, row.uid, row.email)
    if not found and (message := _letter(garage, Message.recipient, words)) is not None:
        found[words] = _of_address(garage, message.uid, message.recipient)
    return list(found.values())[:MOST_FOUND]


def named(garage: GarageView, uid: str) -> Person:
    """The person whom the case, the request or the letter `uid` is about.

    Raises:
        PersonUnknown: the garage has nothing of that name.
    """
    # A request that became a booking meanwhile leads to its case.
    booking = db.session.execute(
        select(Booking.email, Booking.case_id).where(Booking.garage_id == garage.id, Booking.uid == uid)
    ).first()
    its_own = Case.uid == uid if booking is None else Case.id == booking.case_id
    row = db.session.execute(WHOLE.where(Case.garage_id == garage.id, its_own)).first()
    if row is not None:
        return _of_case(garage, CaseView(*row))
    if booking is not None and booking.email:
        return _of_address(garage, uid, booking.email)
    message = _letter(garage, Message.uid, uid)
    if message is not None and message.recipient:
        return _of_address(garage, uid, message.recipient)
    raise PersonUnknown(uid)


def alike(person: Person) -> list[Person]:
    """Others with the same phone or the same plate: perhaps the same person under another address."""
    asked = []
    if person.phones:
        asked.append(Customer.phone.in_(person.phones))
    keys = [plates.key(plate) for plate in person.plates]
    if keys:
        asked.append(Vehicle.plate_key.in_(keys))
    if not asked:
        return []
    mine = [view.case.id for view in person.cases]
    rows = db.session.execute(
        WHOLE.where(Case.garage_id == person.garage.id, or_(*asked), Case.id.not_in(mine)).limit(MOST_FOUND)
    )
    found: dict[str, Person] = {}
    for view in (CaseView(*row) for row in rows):
        found.setdefault(view.customer.email.casefold() or view.case.uid, _of_case(person.garage, view))
    return list(found.values())


def same_address(column: Any, email: str) -> ColumnElement[bool]:
    """Whether a column holds this mail address, however it is written."""
    return and_(column != "", func.lower(column) == email.lower())


def is_to_customer() -> ColumnElement[bool]:
    """Whether a letter goes to a customer: who works at the garage is no person of whom it knows something."""
    return and_(*(~Message.purpose.startswith(team, autoescape=True) for team in TO_TEAM))


def _of_case(garage: GarageView, view: CaseView) -> Person:
    if view.customer.email:
        return _of_address(garage, view.case.uid, view.customer.email)
    return Person(garage, view.case.uid, "", [view])


def _of_address(garage: GarageView, uid: str, email: str) -> Person:
    mine = WHOLE.where(Case.garage_id == garage.id, same_address(Customer.email, email)).order_by(Case.id)
    requests = (
        select(Booking)
        .where(Booking.garage_id == garage.id, Booking.case_id.is_(None), same_address(Booking.email, email))
        .order_by(Booking.id.desc())
    )
    return Person(
        garage,
        uid,
        email,
        [CaseView(*row) for row in db.session.execute(mine)],
        list(db.session.scalars(requests)),
    )


def _fits(garage: GarageView, words: str) -> ColumnElement[bool]:
    whole_name = Customer.first_name + " " + Customer.last_name
    fitting = [
        and_(*(whole_name.icontains(word, autoescape=True) for word in words.split())),
        Customer.email.icontains(words, autoescape=True),
    ]
    if key := plates.key(words):
        fitting.append(Vehicle.plate_key.contains(key, autoescape=True))
    if key := case_numbers.key(words):
        fitting.append(Case.number_key == key)
    if (digits := _phone(garage, words)) is not None:
        fitting.append(Customer.phone.endswith(digits, autoescape=True))
    return or_(*fitting)


def _phone(garage: GarageView, words: str) -> str | None:
    """The end of the number that is meant, whoever's country it is written in."""
    number = phones.normalise(words, garage.locations[0].profile.country)
    digits = number or "".join(sign for sign in words if sign.isdigit()).lstrip("0")
    return digits if len(digits) >= SHORTEST_PHONE else None


def _requests(garage: GarageView, words: str) -> list[Booking]:
    """Requests without a case live a day or so, so all of them are looked at."""
    open_ones = select(Booking).where(
        Booking.garage_id == garage.id, Booking.case_id.is_(None), Booking.email != ""
    )
    parts = words.casefold().split()
    number, key = _phone(garage, words), plates.key(words)

    def fits(row: Booking) -> bool:
        told = (
            f"{row.answers.get('first_name', '')} {row.answers.get('last_name', '')} {row.email}".casefold()
        )
        meant = (number and row.phone.endswith(number)) or (key and row.plate_key == key)
        return bool(meant) or all(part in told for part in parts)

    return [row for row in db.session.scalars(open_ones.order_by(Booking.id.desc())) if fits(row)]


def _letter(garage: GarageView, column: Any, value: str) -> Message | None:
    """A letter to a customer."""
    return db.session.scalar(
        select(Message)
        .where(
            Message.garage_id == garage.id,
            func.lower(column) == value.lower() if column is Message.recipient else column == value,
            is_to_customer(),
        )
        .order_by(Message.id.desc())
        .limit(1)
    )


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
