"""What other rows still say of a person: the log of the desk, other cases' histories, answers of mail servers, drafts."""

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, or_, select
from sqlalchemy.orm import Session

from portal.core.normalise import phones, plates
from portal.domain.audit.models import AuditEntry
from portal.domain.booking.models import Booking
from portal.domain.cases.models import Case, CaseEvent
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.drafts.models import Draft
from portal.domain.mailing.models import Message
from portal.domain.privacy import people
from portal.domain.privacy.people import Person

ERASED = "…"  # what stands where something was taken out


@dataclass(frozen=True)
class Marks:
    """By what a person would still be known: `values` wherever they stand, `names` of their cases and bookings."""

    garage_id: int
    email: str
    values: frozenset[str]
    names: frozenset[str]


def of(session: Session, person: Person, bookings: Collection[Booking]) -> Marks:
    """The marks of a person whose rows are still there. What others have too, such as a family's phone, is theirs."""
    cases = [view.case.id for view in person.cases]
    values = {person.email, *(name for name in person.names if " " in name)}
    values |= {view.vehicle.vin for view in person.cases}
    for plate in person.plates:
        if not _others(session, person, cases, Vehicle.plate_key == plates.key(plate)):
            values |= {plate, plates.key(plate)}
    for phone in person.phones:
        if not _others(session, person, cases, Customer.phone == phone):
            values |= {phone, phones.spoken(phone)}
    names = {view.case.number for view in person.cases} | {view.case.uid for view in person.cases}
    return Marks(
        person.garage.id,
        person.email,
        frozenset(value for value in values if value),
        frozenset(names | {booking.uid for booking in bookings}),
    )


def drafts(session: Session, marks: Marks) -> list[int]:
    """The ids of drafts in which something of the person was typed."""
    if not marks.values:
        return []
    found = select(Draft.id).where(Draft.garage_id == marks.garage_id, _holds([Draft.answers], marks.values))
    return list(session.scalars(found))


def wipe(session: Session, marks: Marks) -> Counter[str]:
    """Take the marks out of whatever is left in the garage; how many rows were changed, by table."""
    return Counter(
        {
            "audit_entry": _wipe_log(session, marks),
            "case_event": _wipe_histories(session, marks),
            "message": _wipe_answers(session, marks),
        }
    )


def _wipe_log(session: Session, marks: Marks) -> int:
    texts = [AuditEntry.subject, AuditEntry.before, AuditEntry.after]
    found = select(AuditEntry).where(
        AuditEntry.garage_id == marks.garage_id,
        or_(AuditEntry.subject.in_(marks.names), _holds(texts, marks.values | marks.names)),
    )
    entries = session.scalars(found).all()
    for entry in entries:
        if entry.subject in marks.names:  # all of it is about them
            entry.subject, entry.before, entry.after = ERASED, {}, {}
        else:
            every = marks.values | marks.names
            entry.subject = _without(entry.subject, every)
            entry.before, entry.after = _without(entry.before, every), _without(entry.after, every)
    return len(entries)


def _wipe_histories(session: Session, marks: Marks) -> int:
    if not marks.values:
        return 0
    found = (
        select(CaseEvent)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(Case.garage_id == marks.garage_id, _holds([CaseEvent.detail], marks.values))
    )
    events = session.scalars(found).all()
    for event in events:
        event.detail = _without(event.detail, marks.values)
    return len(events)


def _wipe_answers(session: Session, marks: Marks) -> int:
    if not marks.email:
        return 0
    found = select(Message).where(
        Message.garage_id == marks.garage_id, _holds([Message.server_answer], [marks.email])
    )
    messages = session.scalars(found).all()
    for message in messages:
        message.server_answer = _without(message.server_answer, [marks.email])
    return len(messages)


def _others(session: Session, person: Person, mine: list[int], same: ColumnElement[bool]) -> bool:
    asked = (
        select(Case.id)
        .join(Customer, Customer.id == Case.customer_id)
        .join(Vehicle, Vehicle.id == Case.vehicle_id)
        .where(Case.garage_id == person.garage.id, Case.id.not_in(mine), same)
    )
    if person.email:
        asked = asked.where(~people.same_address(Customer.email, person.email))
    return session.scalar(asked.limit(1)) is not None


def _holds(texts: Iterable[Any], values: Iterable[str]) -> ColumnElement[bool]:
    """Whether one of `texts` contains one of `values`; JSON is looked at as it is stored, beyond ASCII in escapes."""
    spelled = {spelling for value in values for spelling in (value, json.dumps(value)[1:-1])}
    return or_(*(cast(text, String).icontains(value, autoescape=True) for text in texts for value in spelled))


def _without(value: Any, marks: Iterable[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(each, marks) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, marks) for each in value]
    if isinstance(value, str) and any(mark.casefold() in value.casefold() for mark in marks):
        return ERASED
    return value
