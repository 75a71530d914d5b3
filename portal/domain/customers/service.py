"""Writing down customers, their vehicles and what they agreed to, in the running transaction."""

from datetime import datetime

from sqlalchemy import Insert, insert

from portal.core.normalise import plates
from portal.db import ask
from portal.domain.customers.models import Consent, Customer, Vehicle, name_key

# The words of the consent on step "You"; raise it whenever they change, in any language.
CONSENT_VERSION = "2026-11"


# Of every confirmation; made once, because putting a statement together costs more than the database does.
_CUSTOMER, _VEHICLE, _CONSENT = (insert(model.__table__) for model in (Customer, Vehicle, Consent))


def add_customer(*, first_name: str, last_name: str, **values: object) -> int:
    """A person as they named themselves, and their id; `values` are the other columns of Customer."""
    names = {"first_name": first_name, "last_name": last_name}
    return _add(_CUSTOMER, **names, name_key=name_key(**names), **values)


def add_vehicle(*, plate: str, **values: object) -> int:
    """A car, to be found under any spelling of its plate, and its id; `values` are the other columns of Vehicle."""
    return _add(_VEHICLE, plate=plate, plate_key=plates.key(plate), **values)


def add_consent(
    *, customer_id: int, purpose: str, words_version: str, language: str, given_at: datetime
) -> None:
    """What the customer agreed to, in which words, and when."""
    _add(
        _CONSENT,
        customer_id=customer_id,
        purpose=purpose,
        words_version=words_version,
        language=language,
        given_at=given_at,
    )


def _add(new: Insert, **values: object) -> int:
    # Past the unit of work, which costs more than the rest of a confirmation.
    return ask(new, **values).inserted_primary_key[0]  # type: ignore[attr-defined]
