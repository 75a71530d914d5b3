"""Erasing a person, with a proof that says nothing about who it was."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.adapters.storage import Storage, StorageUnavailable
from portal.adapters.tokens import Tokens
from portal.db import empty_log, transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.booking.models import Booking
from portal.domain.cases import terms
from portal.domain.cases.models import Case
from portal.domain.customers.models import Customer, Vehicle
from portal.domain.drafts.models import Draft
from portal.domain.garage.views import GarageView
from portal.domain.mailing.models import Message
from portal.domain.photos import service as photos
from portal.domain.photos.models import Photo
from portal.domain.privacy import people, removal, traces
from portal.domain.privacy.models import Erasure
from portal.domain.privacy.people import Person

SEAL = "erased person"  # what the seal of an erasure is for


@dataclass(frozen=True)
class Removed:
    """What a transaction took away: how many rows by table, and the photos whose files are to go after it."""

    counts: Counter[str]
    photos: Sequence[str]


def erase(storage: Storage, tokens: Tokens, garage: GarageView, uid: str, *, by: Actor, now: datetime) -> int:
    """Take a person out of every table and file of a garage; the id of the proof.

    Places that are over stay counted and are nobody's; coming appointments are cancelled, and nobody is written to.

    Raises:
        PersonUnknown: the garage knows no such person.
    """
    with transaction(f"erase at {garage.id}") as session:
        person = people.named(garage, uid)
        _lock(session, person)
        person = people.named(garage, uid)  # a request may have become a case while we waited
        removed = _remove_person(session, person, now)
        proof = Erasure(
            garage_id=garage.id,
            at=now,
            who=by.name,
            member_id=by.member_id,
            seal=tokens.seal(SEAL, _known_by(person)),
            counts=dict(removed.counts),
        )
        session.add(proof)
        audit.record(
            session,
            by,
            "erased",
            garage_id=garage.id,
            about="person",
            subject="",
            now=now,
            after=proof.counts,
        )
        session.flush()
        proof_id = proof.id
    leave_nothing(storage, removed.photos)
    return proof_id


def known_by(email: str, phone: str, number: str) -> str:
    """What a person is known by again, should a restored backup bring them back."""
    return email.casefold() or phone or number


def remove_cases(session: Session, garage_id: int, case_ids: Sequence[int], now: datetime) -> Removed:
    """Take cases away with the people and cars they are about and with their letters; the places they had stay."""
    rows = session.execute(
        select(Case.id, Case.customer_id, Case.vehicle_id).where(
            Case.garage_id == garage_id, Case.id.in_(removal.whole(session, Case, case_ids))
        )
    ).all()
    ids = [row.id for row in rows]
    parts_of = select(Case.id).where(
        Case.id.in_(select(Case.merged_into).where(Case.id.in_(ids))), Case.id.not_in(ids)
    )
    left = session.scalars(parts_of).all()
    _lock_drafts(session, Draft.case_id.in_(ids))
    mine = select(Booking).where(Booking.case_id.in_(ids)).order_by(Booking.id)
    bookings = session.scalars(mine.with_for_update()).all()
    abouts = removal.names(session, Case, ids)
    drafts = [booking.draft_id for booking in bookings if booking.draft_id is not None]
    drafts += session.scalars(select(Draft.id).where(Draft.case_id.in_(ids), Draft.id.not_in(drafts)))
    gone: Counter[str] = Counter()
    files = list(
        session.scalars(select(Photo.uid).where(or_(Photo.case_id.in_(ids), Photo.draft_id.in_(drafts))))
    )
    removal.make_nobodys(session, bookings, now)
    gone["booking"] = len(bookings)
    removal.remove(session, Message, _letters(session, garage_id, abouts), gone)
    removal.remove(session, Draft, drafts, gone)
    removal.remove(session, Case, ids, gone)
    terms.renew(session, left)  # they were found by what is gone now as well
    customers = _unused(session, Case.customer_id, [row.customer_id for row in rows])
    removal.remove(session, Customer, customers, gone)
    removal.remove(
        session, Vehicle, _unused(session, Case.vehicle_id, [row.vehicle_id for row in rows]), gone
    )
    gone["files"] = len(files)
    return Removed(+gone, files)


def leave_nothing(storage: Storage, uids: Sequence[str]) -> None:
    """Remove the files of photos whose rows are gone, and what the database still keeps of deleted rows."""
    with suppress(StorageUnavailable):  # the hourly sweep takes files that no row knows
        storage.delete([key for uid in uids for key in photos.keys(uid)])
    empty_log()


def _known_by(person: Person) -> str:
    number = person.cases[0].case.number if person.cases else ""
    return known_by(person.email, next(iter(person.phones), ""), number)


def _lock(session: Session, person: Person) -> None:
    """Nobody confirms, moves or cancels meanwhile: first drafts, then bookings, as everybody does."""
    mine = _bookings_of(person)
    about = Draft.case_id.in_([view.case.id for view in person.cases])
    _lock_drafts(session, or_(about, Draft.id.in_(select(Booking.draft_id).where(mine))))
    session.execute(select(Booking.id).where(mine).order_by(Booking.id).with_for_update())
    session.expire_all()


def _lock_drafts(session: Session, which: ColumnElement[bool]) -> None:
    """No photo is added to them meanwhile, and before bookings, as everybody does."""
    session.execute(select(Draft.id).where(which).order_by(Draft.id).with_for_update())


def _remove_person(session: Session, person: Person, now: datetime) -> Removed:
    garage_id = person.garage.id
    bookings = list(session.scalars(select(Booking).where(_bookings_of(person))))
    marks = traces.of(session, person, bookings)
    removed = remove_cases(session, garage_id, [view.case.id for view in person.cases], now)
    gone, files = removed.counts, list(removed.photos)
    left = [booking for booking in bookings if booking.uid in marks.names]  # of no case, or of another's
    drafts = traces.drafts(session, marks)
    drafts += [booking.draft_id for booking in left if booking.case_id is None and booking.draft_id]
    files += session.scalars(select(Photo.uid).where(Photo.draft_id.in_(drafts)))
    letters = _letters(
        session, garage_id, [booking.uid for booking in left if booking.case_id is None], person.email
    )
    removal.remove(session, Message, letters, gone)
    removal.remove(session, Draft, drafts, gone)
    requests = [booking for booking in left if booking.case_id is None]
    removal.make_nobodys(session, requests, now)
    for booking in left:
        if (
            booking.case_id is not None
        ):  # the address was mended on the case since: that appointment is another's
            booking.email = ""
            booking.phone = "" if booking.phone in marks.phones else booking.phone
    gone["booking"] += len(left)
    gone["files"] = len(set(files))
    session.flush()
    return Removed(+(gone + traces.wipe(session, marks)), sorted(set(files)))


def _bookings_of(person: Person):  # type: ignore[no-untyped-def]
    cases = Booking.case_id.in_([view.case.id for view in person.cases])
    requests = Booking.id.in_([row.id for row in person.requests])
    mine = or_(cases, requests, people.same_address(Booking.email, person.email)) if person.email else cases
    return (Booking.garage_id == person.garage.id) & mine


def _unused(session: Session, column: InstrumentedAttribute[int], ids: Sequence[int]) -> list[int]:
    """Those of `ids` that no case has any more."""
    used = set(session.scalars(select(column).where(column.in_(ids))))
    return [each for each in ids if each not in used]


def _letters(session: Session, garage_id: int, abouts: Sequence[str], email: str = "") -> list[int]:
    theirs: ColumnElement[bool] = Message.about.in_(abouts)
    if email:
        theirs = or_(theirs, people.same_address(Message.recipient, email) & people.is_to_customer())
    return list(
        session.scalars(
            select(Message.id).where(
                Message.garage_id == garage_id, theirs, Message.purpose.not_like("staff\\_%", escape="\\")
            )
        )
    )
