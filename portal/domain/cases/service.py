"""Opening cases and writing their history."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import codes
from portal.domain.cases.answers import Answers
from portal.domain.cases.models import Case, CaseEvent
from portal.domain.customers import service as customers

CONSENT_PURPOSE = "handle the damage case"


def open_case(session: Session, *, garage_id: int, location_id: int, answers: Answers, now: datetime) -> Case:
    """A new case with its customer, vehicle and consent, in the running transaction."""
    customer = customers.add_customer(
        session,
        garage_id=garage_id,
        first_name=answers.first_name,
        last_name=answers.last_name,
        email=answers.email,
        phone=answers.phone,
        street=answers.street,
        postcode=answers.postcode,
        city=answers.city,
        language=answers.language,
    )
    vehicle = customers.add_vehicle(
        session,
        garage_id=garage_id,
        plate=answers.plate,
        plate_country=answers.plate_country,
        make=answers.make,
        model=answers.model,
        vin=answers.vin,
        mileage_km=answers.mileage_km,
    )
    session.flush()
    customers.add_consent(
        session,
        customer_id=customer.id,
        purpose=CONSENT_PURPOSE,
        words_version=answers.consent_version,
        language=answers.consent_language,
        given_at=answers.consent_moment,
    )
    case = Case(
        garage_id=garage_id,
        location_id=location_id,
        number=_free_number(session, garage_id),
        customer_id=customer.id,
        vehicle_id=vehicle.id,
        damage=answers.damage,
        language=answers.language,
        created_at=now,
    )
    session.add(case)
    session.flush()
    return case


def record(session: Session, case: Case, what: str, *, actor: str, now: datetime, **detail: object) -> None:
    """Add a line to the history of `case`."""
    session.add(CaseEvent(case_id=case.id, at=now, actor=actor, what=what, detail=detail))


def _free_number(session: Session, garage_id: int) -> str:
    while True:
        number = codes.case_number()
        if session.scalar(select(Case.id).where(Case.garage_id == garage_id, Case.number == number)) is None:
            return number
