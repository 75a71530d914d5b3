"""One case as the desk asks for it: within a reach, by any spelling of its number."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.core.normalise import case_numbers
from portal.db import db
from portal.domain.cases import rows
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.models import Case
from portal.domain.cases.rows import Known
from portal.domain.customers.models import Vehicle
from portal.domain.garage.reach import Reach


class OfCar(NamedTuple):
    """The little of a case by which it is told from others of the same car."""

    id: int
    number: str
    collected_on: date | None


def case(session: Session, reach: Reach, number: str, *, locked: bool = False) -> Known:
    """The case with this number; if `locked`, nobody changes it until the running transaction ends.

    Raises:
        CaseUnknown: if there is none within reach.
    """
    found = rows.known(session, reach.garage, [number], locked=locked).get(case_numbers.key(number))
    if found is None or reach.by_id(found.case.location_id) is None:
        raise CaseUnknown(number)
    return found


def find(reach: Reach, number: str) -> Known:
    """The case with this number, to be looked at.

    Raises:
        CaseUnknown: if there is none within reach.
    """
    return case(db.session(), reach, number)


def open_case(session: Session, reach: Reach, number: str) -> Known:
    """The case with this number, locked.

    Raises:
        CaseUnknown: if there is none within reach, or it was merged into another one.
    """
    found = case(session, reach, number, locked=True)
    if found.case.merged_into is not None:
        raise CaseUnknown(number)
    return found


def number_of(reach: Reach, case_id: int) -> str | None:
    """The number of a case, if it is within reach."""
    return db.session.scalar(
        select(Case.number).where(
            Case.id == case_id, Case.garage_id == reach.garage_id, Case.location_id.in_(reach.location_ids)
        )
    )


def of_same_car(session: Session, reach: Reach, known: Known) -> list[str]:
    """The numbers of the other cases of the same plate or chassis number, the newest first."""
    car = Vehicle.plate_key == known.vehicle.plate_key
    if known.vehicle.vin:
        car = car | (Vehicle.vin == known.vehicle.vin)
    return [each.number for each in of_cars(session, reach, car) if each.id != known.case.id]


def of_cars(session: Session, reach: Reach, car: ColumnElement[bool]) -> list[OfCar]:
    """The cases whose `car` this is, but for merged ones, the newest first."""
    cars = select(Vehicle.id).where(Vehicle.garage_id == reach.garage_id, car)
    # Of one car there are few. Asked for their order or their location as well, SQLite walks through all cases.
    rows = session.execute(
        select(Case.id, Case.number, Case.collected_on, Case.location_id, Case.merged_into).where(
            Case.vehicle_id.in_(cars)
        )
    )
    here = (each for each in rows if each.location_id in reach.location_ids and each.merged_into is None)
    return sorted((OfCar(each.id, each.number, each.collected_on) for each in here), reverse=True)
