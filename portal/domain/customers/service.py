"""Writing down customers, their vehicles and what they agreed to, in the running transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.normalise import plates
from portal.domain.customers.models import Consent, Customer, Vehicle

# The words of the consent on step "You"; raise it whenever they change, in any language.
CONSENT_VERSION = "2026-11"


def add_customer(session: Session, **values: object) -> Customer:
    """A person as they named themselves; `values` are the columns of Customer."""
    customer = Customer(**values)
    session.add(customer)
    return customer


def add_vehicle(session: Session, *, plate: str, **values: object) -> Vehicle:
    """A car, to be found under any spelling of its plate; `values` are the other columns of Vehicle."""
    vehicle = Vehicle(plate=plate, plate_key=plates.key(plate), **values)
    session.add(vehicle)
    return vehicle


def add_consent(
    session: Session, *, customer_id: int, purpose: str, words_version: str, language: str, given_at: datetime
) -> None:
    """What the customer agreed to, in which words, and when."""
    session.add(
        Consent(
            customer_id=customer_id,
            purpose=purpose,
            words_version=words_version,
            language=language,
            given_at=given_at,
        )
    )
