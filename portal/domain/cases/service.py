"""Opening cases, changing them, and writing their history."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert
from sqlalchemy.orm import Session

from portal.core import codes
from portal.core.normalise import case_numbers
from portal.db import ask, transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import COMMAND_LINE, Actor
from portal.domain.cases import details, rows, terms
from portal.domain.cases.answers import Answers
from portal.domain.cases.details import Values
from portal.domain.cases.errors import CaseUnknown, DetailsRefused, Overtaken, Problem, Reason
from portal.domain.cases.models import Case, CaseEvent
from portal.domain.customers import service as customers
from portal.domain.garage.reach import Reach
from portal.domain.garage.views import GarageView

CONSENT_PURPOSE = "handle the damage case"
ANSWERED = "answered"  # what the garage itself asked; `answers` in the detail
GARAGE = "garage"  # who did it, in the history
ABOUT = "case"  # what it is about, in the audit log

# Of every confirmation; made once, because putting a statement together costs more than the database does.
_EVENT = insert(CaseEvent.__table__)
_CASE = insert(Case.__table__)
_TOUCH = Case.__table__.update().where(Case.id == bindparam("case")).values(changed_at=bindparam("now"))

Changes = dict[str, tuple[str, str]]  # by field: before and after, as text


def open_case(*, garage_id: int, location_id: int, answers: Answers, now: datetime) -> int:
    """A new case with its customer, vehicle and consent, in the running transaction; its id."""
    number = rows.free_number(garage_id)
    person = {
        "first_name": answers.first_name,
        "last_name": answers.last_name,
        "email": answers.email,
        "phone": answers.phone,
    }
    car = {"plate": answers.plate, "vin": answers.vin}
    customer_id = customers.add_customer(
        **person,
        garage_id=garage_id,
        street=answers.street,
        postcode=answers.postcode,
        city=answers.city,
        language=answers.language,
    )
    customers.add_consent(
        customer_id=customer_id,
        purpose=CONSENT_PURPOSE,
        words_version=answers.consent_version,
        language=answers.consent_language,
        given_at=answers.consent_moment,
    )
    opened = ask(
        _CASE,
        uid=codes.uid(),
        garage_id=garage_id,
        location_id=location_id,
        number=number,
        number_key=case_numbers.key(number),
        customer_id=customer_id,
        vehicle_id=customers.add_vehicle(
            **car,
            garage_id=garage_id,
            plate_country=answers.plate_country,
            make=answers.make,
            model=answers.model,
            mileage_km=answers.mileage_km,
        ),
        damage=answers.damage,
        language=answers.language,
        created_at=now,
        changed_at=now,
    )
    case_id: int = opened.inserted_primary_key[0]  # type: ignore[attr-defined]
    terms.add(garage_id, [(case_id, terms.of_values(number=number, **person, **car))])
    if answers.questions:
        record(case_id, ANSWERED, actor="customer", now=now, answers=answers.questions)
    return case_id


def create(
    garage: GarageView,
    given: Mapping[str, str],
    now: datetime,
    *,
    by: Actor = COMMAND_LINE,
    within: Reach | None = None,
) -> str:
    """A case from what the garage knows, text by field; its number, the given one or a new one of ours.

    `within`: how far whoever opens it reaches, None for the whole garage.

    Raises:
        DetailsRefused: with everything that is wrong with `given`.
    """
    values = details.read(given, garage)
    place = garage.by_slug(values["location"])
    if place is None or (within is not None and within.by_id(place.id) is None):
        raise DetailsRefused([Problem("location", Reason.UNKNOWN, values["location"])])
    with transaction(numbers_lock(garage)) as session:
        number = values.get("number", "")
        if rows.taken(session, garage.id, [case_numbers.key(number)] if number else []):
            raise DetailsRefused([Problem("number", Reason.TAKEN, number)])
        (number,) = add(session, garage, [values], now, by=by)
        audit.record(
            session,
            by,
            "opened",
            garage_id=garage.id,
            location_id=place.id,
            about="case",
            subject=number,
            now=now,
        )
        return number


def update(
    garage: GarageView,
    number: str,
    given: Mapping[str, str],
    now: datetime,
    *,
    by: Actor = COMMAND_LINE,
    expected: str | None = None,
) -> Changes:
    """Change the fields given, text by field, of a case; empty text empties a field. What changed.

    `expected` is the fingerprint of these fields as whoever changes them read them; None changes them whatever they are.

    Raises:
        CaseUnknown: if the garage has no case of this number, or it was merged into another one.
        Overtaken: if somebody changed the same fields since.
        DetailsRefused: with everything that is wrong with `given`.
    """
    with transaction(*([numbers_lock(garage)] if "number" in given else [])) as session:
        case = rows.known(session, garage, [number]).get(case_numbers.key(number))
        if case is None or case.case.merged_into is not None:
            raise CaseUnknown(number)
        before = case.values
        if expected is not None and details.fingerprint(before, given) != expected:
            raise Overtaken({name: details.plain(before[name]) for name in given})
        values = details.read(given, garage, before, case.place)
        rows.check_number(session, case.case, values)
        changes = change(session, garage, case, values, now, by)
        if changes:
            told = [{name: texts[side] for name, texts in changes.items()} for side in (0, 1)]
            note(session, case.case, "changed", by=by, now=now, before=told[0], after=told[1])
        return changes


def numbers_lock(garage: GarageView) -> str:
    """The lock under which a garage's own numbers are given to cases."""
    return f"case numbers {garage.id}"


def add(
    session: Session,
    garage: GarageView,
    new: Sequence[Values],
    now: datetime,
    *,
    by: Actor = COMMAND_LINE,
) -> list[str]:
    """Cases with these values, in the running transaction; their numbers, of which we make those not given."""
    made = iter(rows.free_numbers(session, garage.id, sum(not values.get("number") for values in new)))
    whole = [details.EMPTY | values | {"number": values.get("number") or next(made)} for values in new]
    opened = {"at": now, "actor": _named(by), "what": "opened", "detail": {}}
    case_ids = rows.insert_all(session, garage, whole, now)
    rows.insert_many(session, CaseEvent, [opened | {"case_id": case_id} for case_id in case_ids])
    return [values["number"] for values in whole]


def change(
    session: Session,
    garage: GarageView,
    case: rows.Known,
    values: Values,
    now: datetime,
    by: Actor = COMMAND_LINE,
) -> Changes:
    """Give a case these values, in the running transaction; what differs from before."""
    differing = differences(case, values)
    if differing:
        rows.write(session, garage, case, {name: values[name] for name in differing})
        fields = {name: list(texts) for name, texts in differing.items()}
        record(case.case.id, "changed", actor=GARAGE, now=now, fields=fields, **signed(by))
    return differing


def differences(case: rows.Known, values: Values) -> Changes:
    """What would change if a case got these values."""
    before = case.values
    return {
        name: (details.plain(before[name]), details.plain(value))
        for name, value in values.items()
        if value != before[name]
    }


def _named(by: Actor) -> str:
    """Who did it, in the history."""
    return GARAGE if by == COMMAND_LINE else by.name


def record(case_id: int, what: str, *, actor: str, now: datetime, **detail: object) -> None:
    """Add a line to the history of a case, in the running transaction."""
    ask(_EVENT, case_id=case_id, at=now, actor=actor, what=what, detail=detail)
    ask(_TOUCH, case=case_id, now=now)


def signed(by: Actor) -> dict[str, str]:
    """What a line of the history says about a member who did it."""
    return {} if by == COMMAND_LINE else {"by": by.name}


def note(
    session: Session,
    case: Case,
    what: str,
    *,
    by: Actor,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """A line about `case` in the audit log, in the running transaction. Something happened to it: it is kept on."""
    case.changed_at = now
    audit.record(
        session,
        by,
        what,
        garage_id=case.garage_id,
        location_id=case.location_id,
        about=ABOUT,
        subject=case.number,
        now=now,
        before=before,
        after=after,
    )
