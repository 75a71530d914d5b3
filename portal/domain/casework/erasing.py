"""A case erased, as the law wants it: whoever it was about is gone; what was taken of the workshop's day stays, without them."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.adapters.storage import Storage, StorageUnavailable
from portal.core import codes
from portal.db import transaction
from portal.domain.audit.models import AuditEntry
from portal.domain.audit.service import Actor
from portal.domain.booking import rows
from portal.domain.booking.models import Booking, State
from portal.domain.cases import service, within
from portal.domain.cases.models import Activity, Case, CaseEvent, CaseNote
from portal.domain.casework.errors import StillComing
from portal.domain.correspondence.models import WrittenLetter
from portal.domain.customers.models import Consent, Customer, Vehicle
from portal.domain.drafts.models import Draft
from portal.domain.garage.reach import Reach
from portal.domain.mailing.models import Message
from portal.domain.mailing.models import State as Mail
from portal.domain.photos.models import Photo
from portal.domain.photos.service import keys


def erase_case(storage: Storage, reach: Reach, number: str, *, by: Actor, now: datetime) -> None:
    """Erase a case, those that were merged into it, and all that is known of their customers and cars.

    Places that were taken stay taken, by nobody: their rows keep the time and lose person, case and name, so that links in
    old letters lead nowhere. Letters that have not left yet never will. The audit log keeps who erased which number.

    Raises:
        CaseUnknown: if there is no such case within reach.
        StillComing: if an appointment of it is still to come; it is to be cancelled first.
    """
    case_id = within.find(reach, number).case.id
    with transaction(rows.case_lock(case_id)) as session:
        case = within.open_case(session, reach, number).case
        _refuse_if_coming(session, case.id, now)
        merged = list(session.scalars(select(Case).where(Case.merged_into == case.id)))
        service.note(session, case, "erased", by=by, now=now)
        photos = _erase(session, [*merged, case], now)
    with suppress(StorageUnavailable):  # no row knows them any more, so the sweep takes them
        storage.delete([key for uid in photos for key in keys(uid)])


def _refuse_if_coming(session: Session, case_id: int, now: datetime) -> None:
    coming = select(Booking.id).where(
        Booking.case_id == case_id, Booking.state == State.BOOKED, Booking.ends_at > now
    )
    if session.scalar(coming.limit(1)) is not None:
        raise StillComing


def _erase(session: Session, cases: Sequence[Case], now: datetime) -> list[str]:
    """Erase the rows; the uids of the photos whose files are to go."""
    ids = [case.id for case in cases]
    people, cars = [case.customer_id for case in cases], [case.vehicle_id for case in cases]
    bookings = list(session.scalars(select(Booking).where(Booking.case_id.in_(ids)).with_for_update()))
    drafts = {booking.draft_id for booking in bookings if booking.draft_id is not None}
    drafts |= set(session.scalars(select(Draft.id).where(Draft.case_id.in_(ids))))
    written = session.scalars(
        delete(WrittenLetter).where(WrittenLetter.case_id.in_(ids)).returning(WrittenLetter.uid)
    ).all()
    _wipe_letters(session, [*(booking.uid for booking in bookings), *(case.uid for case in cases), *written])
    photos = list(
        session.scalars(
            delete(Photo).where(Photo.case_id.in_(ids) | Photo.draft_id.in_(drafts)).returning(Photo.uid)
        )
    )
    for booking in bookings:
        _forget(booking, now)
    _wipe_log(session, cases)
    session.flush()
    session.execute(delete(Draft).where(Draft.id.in_(drafts)))
    for table in (CaseNote, CaseEvent, Activity):
        session.execute(delete(table).where(table.case_id.in_(ids)))
    # Those that were merged point at the one that was kept, so they go first.
    session.execute(delete(Case).where(Case.merged_into.in_(ids)))
    session.execute(delete(Case).where(Case.id.in_(ids)))
    session.execute(delete(Consent).where(Consent.customer_id.in_(people)))
    session.execute(delete(Customer).where(Customer.id.in_(people)))
    session.execute(delete(Vehicle).where(Vehicle.id.in_(cars)))
    return photos


def _forget(booking: Booking, now: datetime) -> None:
    if booking.state == State.HELD:
        booking.state = State.RELEASED
    booking.uid, booking.case_id, booking.draft_id = codes.uid(), None, None
    booking.email = booking.phone = booking.plate_key = booking.cancel_reason = ""
    booking.answers, booking.reminded_at = {}, booking.reminded_at or now


def _wipe_letters(session: Session, abouts: Sequence[str]) -> None:
    theirs = Message.about.in_(abouts)
    waiting = Message.state.in_((Mail.QUEUED, Mail.SENDING))
    session.execute(update(Message).where(theirs, waiting).values(state=Mail.SKIPPED))
    session.execute(update(Message).where(theirs).values(recipient="", server_answer=""))


def _wipe_log(session: Session, cases: Sequence[Case]) -> None:
    """The log keeps who did what to which number, and when, but not what stood in the fields."""
    entries = update(AuditEntry).where(
        AuditEntry.garage_id == cases[0].garage_id,
        AuditEntry.about == service.ABOUT,
        AuditEntry.subject.in_([case.number for case in cases]),
    )
    session.execute(entries.values(before={}, after={}))
