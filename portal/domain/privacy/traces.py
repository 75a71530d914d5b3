"""What other rows still say of a person: the log of the desk, other cases, letters about them, drafts.

Strangers' rows are looked at too, so what is taken out is what can only be meant for this person, and nothing around it.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, false, or_, select, update
from sqlalchemy.orm import Session

from portal.core.normalise import phones, plates
from portal.domain.audit.models import AuditEntry
from portal.domain.booking.models import Booking
from portal.domain.cases import service as cases
from portal.domain.cases.models import Case, CaseEvent, CaseNote
from portal.domain.correspondence.models import WrittenLetter
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.drafts.models import Draft
from portal.domain.mailing.models import Message
from portal.domain.privacy import people, removal
from portal.domain.privacy.people import Person

ERASED = "…"  # what stands where something was taken out
PLATE, NUMBERS = "plate", ("number", "into")  # fields in histories and in the log
SHORTEST = 5  # letters and digits by which a plate or number is known for one in the midst of a sentence

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.+Z-]*)?")
# Where else people are spoken of, and as what a proof counts it.
_TEXTS: tuple[tuple[Any, tuple[str, ...], str], ...] = (
    (CaseEvent, ("detail",), CaseEvent.__tablename__),
    (CaseNote, ("words",), CaseNote.__tablename__),
    (WrittenLetter, ("subject", "words", "values"), WrittenLetter.__tablename__),
    (Case, ("damage",), "damage"),
    (Message, ("server_answer",), Message.__tablename__),
)


@dataclass(frozen=True)
class Marks:
    """By what a person would still be known: `values` wherever they stand as words of their own.

    `fields`: what is theirs where a field of this name holds nothing else, because elsewhere it may be any number or word.
    `names`: how the log calls their cases and bookings.
    """

    garage_id: int
    country: str
    email: str
    phones: frozenset[str]
    values: frozenset[str]
    fields: Mapping[str, frozenset[str]]
    names: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds `values`; a longer address or name of somebody else that holds one of them is another one."""
        ways = [_alone(value) for value in sorted(self.values, key=len, reverse=True)]
        return re.compile("|".join(ways) or r"(?!)", re.IGNORECASE)


def of(session: Session, person: Person, bookings: Collection[Booking]) -> Marks:
    """The marks of a person whose rows are still there. What others have too, such as a family's phone, is theirs."""
    mine = [view.case.id for view in person.cases]
    numbers = {view.case.number for view in person.cases}
    theirs = {phone for phone in person.phones if not _others(session, person, mine, Customer.phone == phone)}
    vins = {view.vehicle.vin for view in person.cases}
    cars: set[str] = set()
    for plate in person.plates:
        if not _others(session, person, mine, Vehicle.plate_key == plates.key(plate)):
            cars |= {plate, plates.key(plate)}
    values = {person.email, *theirs, *map(phones.spoken, theirs)}
    values |= {name for name in person.names if " " in name}
    values |= {vin for vin in vins if vin and not _others(session, person, mine, Vehicle.vin == vin)}
    values |= {each for each in cars | numbers if _is_telling(each)}
    uids = {view.case.uid for view in person.cases} | {booking.uid for booking in bookings}
    return Marks(
        person.garage.id,
        person.garage.locations[0].profile.country,
        person.email,
        frozenset(theirs),
        frozenset(values - {""}),
        {PLATE: frozenset(cars), **dict.fromkeys(NUMBERS, frozenset(numbers))},
        frozenset(numbers | uids),
    )


def drafts(session: Session, marks: Marks) -> list[int]:
    """The ids of drafts in which the mail address or the phone of the person was typed; drafts live for a day."""
    found = select(Draft.id, Draft.answers).where(Draft.garage_id == marks.garage_id)
    return [row.id for row in session.execute(found) if _is_typed_by(row.answers, marks)]


def wipe(session: Session, marks: Marks) -> Counter[str]:
    """Take the marks out of whatever is left in the garage; how many rows were changed or went, by kind."""
    gone: Counter[str] = Counter({AuditEntry.__tablename__: _wipe_log(session, marks)})
    removal.remove(session, WrittenLetter, _written_to(session, marks), gone)
    gone[Booking.__tablename__] += _wipe_appointments(session, marks)
    for model, columns, kind in _TEXTS:
        texts = [getattr(model, column) for column in columns]
        found = select(model).where(_of_garage(model, marks.garage_id), _may_hold(texts, marks))
        gone[kind] += sum(_wipe(row, columns, marks) for row in session.scalars(found).all())
    return gone


def empty_entries(session: Session, garage_id: int, names: Collection[str], cars: Collection[str]) -> int:
    """Empty the lines of the log about cases and bookings of these names; who did what when stays. How many.

    What had no case yet is named after one of the `cars` there: of these not even the name stays.
    """
    no_case_yet = and_(AuditEntry.about.in_(("request", "letter")), AuditEntry.subject.in_(cars))
    found = select(AuditEntry).where(
        AuditEntry.garage_id == garage_id, or_(AuditEntry.subject.in_(names), no_case_yet)
    )
    entries = session.scalars(found).all()
    for entry in entries:
        entry.subject = entry.subject if entry.subject in names else ERASED
        entry.before, entry.after = {}, {}
    return len(entries)


def _wipe_log(session: Session, marks: Marks) -> int:
    texts = [AuditEntry.subject, AuditEntry.before, AuditEntry.after]
    found = select(AuditEntry).where(
        AuditEntry.garage_id == marks.garage_id,
        or_(AuditEntry.subject.in_(marks.names | marks.fields[PLATE]), _may_hold(texts, marks)),
    )
    wiped = 0
    for entry in session.scalars(found).all():
        if entry.subject in marks.names:  # all of it is about them
            entry.subject, entry.before, entry.after = ERASED, {}, {}
            wiped += 1
            continue
        # What has no case is named after the car; a case is named by its number.
        named = "" if entry.about == cases.ABOUT else PLATE
        subject = _without(entry.subject, marks, named)
        changed = _wipe(entry, ("before", "after"), marks) or subject != entry.subject
        entry.subject = subject
        wiped += changed
    return wiped


def _wipe_appointments(session: Session, marks: Marks) -> int:
    """Appointments that became somebody else's, as those of a case that was merged, keep their place alone."""
    theirs = Booking.phone.in_(marks.phones), Booking.case_id.is_not(None)
    found = update(Booking).where(Booking.garage_id == marks.garage_id, *theirs).values(phone="")
    return int(session.execute(found).rowcount)  # type: ignore[attr-defined]


def _written_to(session: Session, marks: Marks) -> list[int]:
    if not marks.email:
        return []
    found = select(WrittenLetter.id).where(
        WrittenLetter.garage_id == marks.garage_id,
        WrittenLetter.test.is_(False),  # somebody at the desk wrote that to themselves
        people.same_address(WrittenLetter.recipient, marks.email),
    )
    return list(session.scalars(found))


def _wipe(row: Any, columns: Iterable[str], marks: Marks) -> bool:
    changed = False
    for column in columns:
        before = getattr(row, column)
        after = _without(before, marks)
        if after != before:
            setattr(row, column, after)
            changed = True
    return changed


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


def _is_telling(mark: str) -> bool:
    """Whether it is no mere number and no short word such as the name of a model."""
    signs = [sign for sign in mark if sign.isalnum()]
    both = any(sign.isdigit() for sign in signs) and not all(sign.isdigit() for sign in signs)
    return both and len(signs) >= SHORTEST


def _is_typed_by(answers: Mapping[str, Any], marks: Marks) -> bool:
    for step in answers.values():
        typed = step.get("typed", {})
        email, phone = (str(typed.get(name) or "").strip() for name in ("email", "phone"))
        if email and email.casefold() == marks.email.casefold():
            return True
        if phone and phones.normalise(phone, marks.country) in marks.phones:
            return True
    return False


def _of_garage(model: Any, garage_id: int) -> ColumnElement[bool]:
    if hasattr(model, "garage_id"):
        return model.garage_id == garage_id
    return model.case_id.in_(select(Case.id).where(Case.garage_id == garage_id))


def _may_hold(texts: Iterable[Any], marks: Marks) -> ColumnElement[bool]:
    """Whether a mark stands in one of `texts` at all; JSON is looked at as it is stored, beyond ASCII in escapes."""
    spelled = {spelling for value in marks.values for spelling in (value, json.dumps(value)[1:-1])}
    spelled |= {json.dumps(value) for some in marks.fields.values() for value in some}
    columns = [cast(text, String) for text in texts]
    return or_(
        false(), *(text.icontains(value, autoescape=True) for text in columns for value in sorted(spelled))
    )


def _alone(value: str) -> str:
    """The pattern of a mark that is not a part of something longer."""
    if "@" in value:
        return rf"(?<![\w.+-]){re.escape(value)}(?![\w-]|\.\w)"
    return rf"(?<![\w-]){re.escape(value)}(?![\w-])"


def _without(value: Any, marks: Marks, field: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _without(each, marks, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, marks, field) for each in value]
    if not isinstance(value, str) or _MOMENT.fullmatch(value):  # a moment is no mark, and is read again
        return value
    if value in marks.fields.get(field, ()):
        return ERASED
    return marks.pattern.sub(ERASED, value)
