"""How many coming appointments one customer may have at a garage, by address, phone and plate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.core.normalise import emails
from portal.db import ask
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


def check(garage_id: int, garage: GarageProfile, customer: Customer, now: datetime) -> None:
    """Refuse one more appointment where a limit is reached. What the request gives up must be released, and written, before.

    Raises:
        TooManyOpen: a limit is reached.
    """
    limited = {column.key: (value, most) for column, value, most in _limited(garage, customer)}
    if not limited:
        return
    theirs = dict.fromkeys(_COUNTED) | {name: value for name, (value, _) in limited.items()}
    counts = ask(_COMING, garage=garage_id, now=now, **theirs).one()
    for name, (_, most) in limited.items():
        if getattr(counts, name) >= most:
            raise TooManyOpen(name)


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


_COUNTED = {column.key: column for column in (Booking.mailbox, Booking.phone, Booking.plate_key)}


def _coming(name: str) -> ColumnElement[int]:
    """How many appointments one and the same customer has open; of a value that is not known, none."""
    return (
        select(func.count())
        .where(
            _COUNTED[name] == bindparam(name),
            Booking.garage_id == bindparam("garage"),
            Booking.ends_at > bindparam("now"),
            load.is_open_at(bindparam("now")),
        )
        .scalar_subquery()
        .label(name)
    )


# Of every request; made once, because putting a statement together costs more than the database does. Three counts in one
# question, each by an index of its own.
_COMING = select(*map(_coming, _COUNTED))
