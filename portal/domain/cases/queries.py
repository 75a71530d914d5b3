"""Asking for cases."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.db import db
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.models import Case, CaseEvent
from portal.domain.customers.models import Consent, Customer, Vehicle


@dataclass(frozen=True)
class CaseView:
    """A case with the person and the car it is about."""

    case: Case
    customer: Customer
    vehicle: Vehicle


_WHOLE = (
    select(Case, Customer, Vehicle)
    .join(Customer, Customer.id == Case.customer_id)
    .join(Vehicle, Vehicle.id == Case.vehicle_id)
)


def by_id(case_id: int) -> CaseView:
    """The case of a row that points at it."""
    return CaseView(*db.session.execute(_WHOLE.where(Case.id == case_id)).one())


def by_number(garage_id: int, number: str) -> CaseView:
    """The case with this number, in any case of its letters.

    Raises:
        CaseUnknown: if the garage has none.
    """
    row = db.session.execute(_WHOLE.where(Case.garage_id == garage_id, Case.number == number.upper())).first()
    if row is None:
        raise CaseUnknown(number)
    return CaseView(*row)


def newest(garage_id: int, limit: int) -> list[CaseView]:
    """The newest cases of a garage, at most `limit`."""
    rows = db.session.execute(_WHOLE.where(Case.garage_id == garage_id).order_by(Case.id.desc()).limit(limit))
    return [CaseView(*row) for row in rows]


def history(case_id: int) -> list[CaseEvent]:
    """The history of a case, oldest first."""
    return list(
        db.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id))
    )


def consents(customer_id: int) -> list[Consent]:
    """What the customer agreed to, oldest first."""
    return list(
        db.session.scalars(select(Consent).where(Consent.customer_id == customer_id).order_by(Consent.id))
    )
