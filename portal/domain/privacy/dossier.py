"""Everything a garage knows about a person, as JSON values: what their page shows and what is handed over to them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, inspect, or_, select

from portal.core.normalise import case_numbers
from portal.db import db
from portal.domain.audit.models import AuditEntry
from portal.domain.booking.models import Booking
from portal.domain.cases import queries as cases
from portal.domain.cases.models import Activity, Case, CaseEvent, CaseTerm
from portal.domain.cases.queries import CaseView
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.drafts.models import Draft
from portal.domain.garage import queries as garages
from portal.domain.mailing.models import Message
from portal.domain.photos import queries as photos
from portal.domain.photos.models import Photo
from portal.domain.privacy import people
from portal.domain.privacy.people import Person

Document = dict[str, Any]

OURS = frozenset(
    {
        *("id", "garage_id", "location_id", "customer_id", "vehicle_id", "case_id", "draft_id", "round"),
        # Who did something at the desk, and when, is the garage's matter.
        *("member_id", "who", "written_by", "seen_to_by", "seen_to_at"),
    }
)
# Tables that are told of elsewhere, or tell nothing of their own.
TOLD = frozenset(each.__tablename__ for each in (Activity, CaseEvent, CaseTerm, Photo, Draft))


def of(person: Person) -> Document:
    """All of it. Photos are named as they lie in the archive."""
    told = [_case(person, view) for view in person.cases]
    requests = [_row(booking) for booking in person.requests]
    return {
        "garage": person.garage.name,
        "names": person.names,
        "mail": person.email,
        "phones": person.phones,
        "plates": person.plates,
        "cases": told,
        "requests": requests,
        "letters": _letters(person),
        "unfinished": _unfinished(person),
        "changes": _changes(person),
    }


def photo_name(number: str, position: int, photo: Photo) -> str:
    """Where a photo lies in the archive."""
    return f"photos/{case_numbers.file_name(number)}/{position:02d}-{photo.label}.jpg"


def _case(person: Person, view: CaseView) -> Document:
    case = view.case
    place = garages.location(person.garage, case.location_id)
    return {
        **_row(case),
        "location": place.name,
        "customer": _row(view.customer),
        "vehicle": _row(view.vehicle),
        "consents": _rows(cases.consents(view.customer.id)),
        "activities": _rows(
            db.session.scalars(
                select(Activity).where(Activity.case_id == case.id).order_by(Activity.position)
            )
        ),
        "appointments": _rows(
            db.session.scalars(select(Booking).where(Booking.case_id == case.id).order_by(Booking.id))
        ),
        "photos": [
            {**_row(photo), "file": photo_name(case.number, position, photo)}
            for position, photo in enumerate(photos.of_case(case.id), 1)
        ],
        "history": _rows(cases.history(case.id)),
        **_more(case),
    }


def _letters(person: Person) -> list[Document]:
    abouts = [row.uid for row in person.requests]
    case_ids = [view.case.id for view in person.cases]
    bookings = select(Booking.uid).where(Booking.case_id.in_(case_ids))
    theirs: list[ColumnElement[bool]] = [
        Message.about.in_(abouts),
        Message.about.in_(bookings),
        Message.about.in_([view.case.uid for view in person.cases]),
    ]
    if person.email:
        theirs.append(people.same_address(Message.recipient, person.email))
    found = db.session.scalars(
        select(Message)
        .where(
            Message.garage_id == person.garage.id,
            or_(*theirs),
            people.is_to_customer(),
        )
        .order_by(Message.id)
    )
    return _rows(found)


def _unfinished(person: Person) -> list[Document]:
    drafts = [row.draft_id for row in person.requests if row.draft_id is not None]
    return _rows(db.session.scalars(select(Draft).where(Draft.id.in_(drafts)).order_by(Draft.id)))


def _changes(person: Person) -> list[Document]:
    """What the desk changed about them; who did it is the garage's matter."""
    names = [name for view in person.cases for name in (view.case.number, view.case.uid)]
    found = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.garage_id == person.garage.id, AuditEntry.subject.in_(names))
        .order_by(AuditEntry.id)
    )
    told = ("at", "about", "what", "before", "after")
    return [{name: _plain(getattr(entry, name)) for name in told} for entry in found]


def _more(case: Case) -> Document:
    """Rows of whatever other tables point at a case, by table."""
    found: Document = {}
    for table in db.metadata.sorted_tables:
        if table.name in TOLD or table is Booking.__table__:
            continue
        for column in table.columns:
            if any(key.column.table is Case.__table__ for key in column.foreign_keys):
                rows = db.session.execute(select(table).where(column == case.id)).mappings()
                found[table.name] = [_kept(row.items()) for row in rows]
    return found


def _rows(rows: Iterable[Any]) -> list[Document]:
    return [_row(row) for row in rows]


def _row(row: Case | Customer | Vehicle | Any) -> Document:
    return _kept((column.key, getattr(row, column.key)) for column in inspect(type(row)).column_attrs)


def _kept(values: Iterable[tuple[str, Any]] | Any) -> Document:
    return {name: _plain(value) for name, value in values if name not in OURS}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
