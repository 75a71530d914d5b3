"""One case as the desk asks for it: within a reach, by any spelling of its number."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.normalise import case_numbers
from portal.db import db
from portal.domain.cases import rows
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.models import Case
from portal.domain.cases.rows import Known
from portal.domain.customers.models import Vehicle
from portal.domain.garage.reach import Reach


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
    return list(
        session.scalars(
            select(Case.number)
            .join(Vehicle, Vehicle.id == Case.vehicle_id)
            .where(
                car,
                Case.garage_id == reach.garage_id,
                Case.location_id.in_(reach.location_ids),
                Case.id != known.case.id,
                Case.merged_into.is_(None),
            )
            .order_by(Case.id.desc())
        )
    )
