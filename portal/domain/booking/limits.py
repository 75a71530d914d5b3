"""How many coming appointments one customer may have at a garage, by address, phone and plate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.core.normalise import emails
from portal.domain.booking import load
from portal.domain.booking.errors import TooManyOpen
from portal.domain.booking.models import Booking
from portal.domain.garage.profile import GarageProfile
from portal.domain.mailing import strangers


@dataclass(frozen=True)
class Customer:
    """By what a customer is known again; an empty value is not known."""

    email: str
    phone: str
    plate_key: str

    @property
    def mailbox(self) -> str:
        return emails.mailbox(self.email)


def locks(garage_id: int, garage: GarageProfile, customer: Customer) -> list[str]:
    """The names of the locks under which the appointments of `customer`, and letters to them, are counted.

    Always in the same order. That of the mailbox is one for all garages.
    """
    mailbox = [strangers.lock(customer.mailbox)] if customer.email else []
    counted = [(column, value) for column, value, _ in _limited(garage, customer)]
    return mailbox + [
        f"{column.key} {value} at {garage_id}" for column, value in counted if column is not Booking.mailbox
    ]


def check(session: Session, garage_id: int, garage: GarageProfile, customer: Customer, now: datetime) -> None:
    """Refuse one more appointment where a limit is reached. What the request gives up must be released before.

    Raises:
        TooManyOpen: a limit is reached.
    """
    for column, value, most in _limited(garage, customer):
        if _count(session, garage_id, column == value, now) >= most:
            raise TooManyOpen(column.key)


def _limited(
    garage: GarageProfile, customer: Customer
) -> Iterator[tuple[InstrumentedAttribute[str], str, int]]:
    limits = garage.limits
    for column, value, most in (
        (Booking.mailbox, customer.mailbox, limits.per_address),
        (Booking.phone, customer.phone, limits.per_phone),
        (Booking.plate_key, customer.plate_key, limits.per_plate),
    ):
        if value and most is not None:
            yield column, value, most


def _count(session: Session, garage_id: int, theirs: ColumnElement[bool], now: datetime) -> int:
    coming = select(func.count()).where(
        theirs, Booking.garage_id == garage_id, Booking.ends_at > now, load.is_open_at(now)
    )
    return session.scalar(coming) or 0
