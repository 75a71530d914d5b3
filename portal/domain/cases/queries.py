"""Asking for cases."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, func, select
from sqlalchemy.orm import aliased

from portal.core.normalise import case_numbers, plates
from portal.db import ask, db
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.models import Case, CaseEvent
from portal.domain.customers.models import Consent, Customer, Vehicle


@dataclass(frozen=True)
class CaseView:
    """A case with the person and the car it is about."""

    case: Case
    customer: Customer
    vehicle: Vehicle


class CaseOutline(NamedTuple):
    """What tells where a repair is done and what kind it is."""

    uid: str
    location_id: int
    damage_flow: str | None


WHOLE = (
    select(Case, Customer, Vehicle)
    .join(Customer, Customer.id == Case.customer_id)
    .join(Vehicle, Vehicle.id == Case.vehicle_id)
)

# Of every page of a walk; made once, because putting a statement together costs more than the database does.
_OUTLINE = select(Case.uid, Case.location_id, Case.damage_flow).where(Case.id == bindparam("id"))

_Kept = aliased(Case)

# One statement that finds both or nothing: a wrong plate, a wrong number and two wrongs take the same way.
_LOOK_UP = (
    select(func.coalesce(_Kept.uid, Case.uid))
    .select_from(Case)
    .join(Vehicle, Vehicle.id == Case.vehicle_id)
    .outerjoin(_Kept, _Kept.id == Case.merged_into)
    .where(
        Case.garage_id == bindparam("garage_id"),
        Case.number_key == bindparam("number_key"),
        Vehicle.plate_key == bindparam("plate_key"),
    )
)

_ADDRESS = (
    select(Customer.email).join(Case, Case.customer_id == Customer.id).where(Case.id == bindparam("asked"))
)


def by_id(case_id: int) -> CaseView:
    """The case of a row that points at it."""
    return CaseView(*db.session.execute(WHOLE.where(Case.id == case_id)).one())


def outline(case_id: int) -> CaseOutline:
    """The little that most pages need of the case of a row that points at it."""
    return CaseOutline(*ask(_OUTLINE, id=case_id).one())


def address_of(case_id: int) -> str:
    """The mail address of the customer of a case; empty if it has none."""
    return str(ask(_ADDRESS, asked=case_id).scalar())


def by_number(garage_id: int, number: str) -> CaseView:
    """The case with this number, under any spelling of it.

    Raises:
        CaseUnknown: if the garage has none.
    """
    key = case_numbers.key(number)
    row = db.session.execute(WHOLE.where(Case.garage_id == garage_id, Case.number_key == key)).first()
    if row is None:
        raise CaseUnknown(number)
    return CaseView(*row)


def named(garage_id: ColumnElement[int] | int, uid: ColumnElement[str] | str) -> ScalarSelect[int]:
    """The id of the case that `uid` leads to: a merged one leads to the one it was merged into."""
    asked = aliased(Case)
    return (
        select(func.coalesce(asked.merged_into, asked.id))
        .where(asked.garage_id == garage_id, asked.uid == uid)
        .scalar_subquery()
    )


def by_uid(garage_id: int, uid: str) -> CaseView:
    """The case that a signed link names, or the one that it was merged into.

    Raises:
        CaseUnknown: if the garage has none.
    """
    row = db.session.execute(WHOLE.where(Case.id == named(garage_id, uid))).first()
    if row is None:
        raise CaseUnknown(uid)
    return CaseView(*row)


def look_up(garage_id: int, plate: str, number: str) -> str | None:
    """The uid of the case with this plate and number, both under any spelling, or None."""
    keys = {"plate_key": plates.key(plate), "number_key": case_numbers.key(number)}
    return ask(_LOOK_UP, garage_id=garage_id, **keys).scalar()


def newest(garage_id: int, limit: int) -> list[CaseView]:
    """The newest cases of a garage, at most `limit`."""
    rows = db.session.execute(WHOLE.where(Case.garage_id == garage_id).order_by(Case.id.desc()).limit(limit))
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
