"""One case erased from its page at the desk, with a proof; whatever else is known of its customer stays."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.adapters.storage import Storage
from portal.adapters.tokens import Tokens
from portal.db import transaction
from portal.domain.audit.service import Actor
from portal.domain.booking import rows
from portal.domain.booking.models import Booking, State
from portal.domain.cases import service, within
from portal.domain.cases.models import Case
from portal.domain.customers.models import Vehicle
from portal.domain.garage.reach import Reach
from portal.domain.privacy import erasing, removal, traces
from portal.domain.privacy.erasing import Removed
from portal.domain.privacy.errors import StillComing
from portal.domain.privacy.models import Erasure

SEAL = "erased case"  # what the seal of such an erasure is for: the uid of the case


def erase_case(
    storage: Storage, tokens: Tokens, reach: Reach, number: str, *, by: Actor, now: datetime
) -> None:
    """Erase a case and those that were merged into it. The audit log keeps who erased which number.

    Places that were taken stay taken, by nobody. Letters that have not left yet never will.

    Raises:
        CaseUnknown: if there is no such case within reach.
        StillComing: if an appointment of it is still to come; it is to be cancelled first.
    """
    garage_id, case_id = reach.garage_id, within.find(reach, number).case.id
    with transaction(f"erase at {garage_id}", rows.case_lock(case_id)) as session:
        case = within.open_case(session, reach, number).case
        _refuse_if_coming(session, case.id, now)
        service.note(session, case, "erased", by=by, now=now)
        merged = select(Case.uid).where(Case.id.in_(removal.whole(session, Case, [case.id])))
        # An older backup brings them back as cases of their own, so that each has a proof.
        seals = [tokens.seal(SEAL, uid) for uid in session.scalars(merged.order_by(Case.id))]
        removed = remove(session, garage_id, [case.id], now)
        for seal in seals:
            session.add(
                Erasure(
                    garage_id=garage_id,
                    at=now,
                    who=by.name,
                    member_id=by.member_id,
                    seal=seal,
                    counts=dict(removed.counts),
                )
            )
    erasing.leave_nothing(storage, removed.photos)


def remove(session: Session, garage_id: int, case_ids: Sequence[int], now: datetime) -> Removed:
    """Take cases away, and what the log says of them but for who did what, in the running transaction."""
    ids = removal.whole(session, Case, case_ids)
    told = session.execute(
        select(Case.number, Vehicle.plate, Vehicle.plate_key)
        .join(Vehicle, Vehicle.id == Case.vehicle_id)
        .where(Case.id.in_(ids))
    ).all()
    names = {row.number for row in told} | set(removal.names(session, Case, ids))
    cars = {plate for row in told for plate in (row.plate, row.plate_key)}
    emptied = traces.empty_entries(session, garage_id, names, cars)
    removed = erasing.remove_cases(session, garage_id, case_ids, now)
    removed.counts["audit_entry"] += emptied
    return Removed(+removed.counts, removed.photos)


def _refuse_if_coming(session: Session, case_id: int, now: datetime) -> None:
    coming = select(Booking.id).where(
        Booking.case_id == case_id, Booking.state == State.BOOKED, Booking.ends_at > now
    )
    if session.scalar(coming.limit(1)) is not None:
        raise StillComing
