"""The proofs of erasures, and doing erasures again where a restored backup brought somebody back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.adapters.storage import Storage
from portal.adapters.tokens import Tokens
from portal.db import db, transaction
from portal.domain.audit.service import COMMAND_LINE
from portal.domain.booking.models import Booking
from portal.domain.cases.models import Case
from portal.domain.customers.models import Customer
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView
from portal.domain.mailing.models import Message
from portal.domain.privacy import case_erasing, erasing, people
from portal.domain.privacy.errors import ErasureUnknown
from portal.domain.privacy.models import Erasure

Document = dict[str, Any]


def newest(garage_id: int, limit: int = 50) -> list[Erasure]:
    """The newest proofs of a garage."""
    found = select(Erasure).where(Erasure.garage_id == garage_id).order_by(Erasure.id.desc())
    return list(db.session.scalars(found.limit(limit)))


def one(garage_id: int, erasure_id: int) -> Erasure:
    """One of them.

    Raises:
        ErasureUnknown: the garage has no such proof.
    """
    found = db.session.scalar(select(Erasure).where(Erasure.garage_id == garage_id, Erasure.id == erasure_id))
    if found is None:
        raise ErasureUnknown(erasure_id)
    return found


def documents() -> Iterator[Document]:
    """Every proof, to be kept beside the backups."""
    slugs = {garage.id: garage.slug for garage in garages.every()}
    for proof in db.session.scalars(select(Erasure).order_by(Erasure.id)):
        yield {
            "garage": slugs[proof.garage_id],
            "at": proof.at.isoformat(),
            "who": proof.who,
            "seal": proof.seal,
            "counts": proof.counts,
        }


def replay(storage: Storage, tokens: Tokens, kept: Iterable[Document], now: datetime) -> int:
    """Erase once more what is there again of the people and cases that the proofs `kept` are about; how many of them.

    What somebody brought to the garage after being erased stays.
    """
    done = 0
    for document in kept:
        garage = garages.known(document["garage"])
        if garage is not None:
            done += _erase_again(storage, tokens, garage, document, now)
            _keep(garage, document)
    return done


def _erase_again(
    storage: Storage, tokens: Tokens, garage: GarageView, document: Document, now: datetime
) -> bool:
    at = datetime.fromisoformat(document["at"])
    rows = db.session.execute(
        select(Case.id, Case.uid, Case.created_at, Case.number, Customer.email, Customer.phone)
        .join(Customer, Customer.id == Case.customer_id)
        .where(Case.garage_id == garage.id)
    ).all()
    cases = [row.id for row in rows if tokens.is_seal(document["seal"], case_erasing.SEAL, row.uid)]
    if cases:
        with transaction(f"erase at {garage.id}") as session:
            removed = case_erasing.remove(session, garage.id, cases, now)
        erasing.leave_nothing(storage, removed.photos)
        return True
    back = [
        row
        for row in rows
        if tokens.is_seal(document["seal"], erasing.SEAL, erasing.known_by(row.email, row.phone, row.number))
    ]
    old = [row.id for row in back if row.created_at <= at]
    if not back and (uid := _without_case(tokens, garage, document["seal"], at)) is not None:
        erasing.erase(storage, tokens, garage, uid, by=COMMAND_LINE, now=now)
        return True
    if not old:
        return False
    if len(old) == len(back):
        erasing.erase(storage, tokens, garage, back[0].uid, by=COMMAND_LINE, now=now)
    else:
        with transaction(f"erase at {garage.id}") as session:
            removed = erasing.remove_cases(session, garage.id, old, now)
        erasing.leave_nothing(storage, removed.photos)
    return True


def _without_case(tokens: Tokens, garage: GarageView, seal: str, at: datetime) -> str | None:
    """The uid of a request or letter of the person of a seal; None if there is none, or one that came after `at`."""
    requests = select(Booking.uid, Booking.email, Booking.requested_at).where(
        Booking.garage_id == garage.id, Booking.case_id.is_(None), Booking.email != ""
    )
    letters = select(Message.uid, Message.recipient, Message.queued_at).where(
        Message.garage_id == garage.id, Message.recipient != "", people.is_to_customer()
    )
    by_address: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for uid, email, since in (*db.session.execute(requests), *db.session.execute(letters)):
        by_address[erasing.known_by(email, "", "")].append((uid, since))
    theirs = next(
        (rows for known, rows in by_address.items() if tokens.is_seal(seal, erasing.SEAL, known)), []
    )
    return theirs[0][0] if theirs and all(since <= at for _, since in theirs) else None


def _keep(garage: GarageView, document: Document) -> None:
    """The proof itself is back too."""
    at = datetime.fromisoformat(document["at"])
    with transaction() as session:
        known = select(Erasure.id).where(
            Erasure.garage_id == garage.id, Erasure.at == at, Erasure.seal == document["seal"]
        )
        if session.scalar(known) is None:
            session.add(
                Erasure(
                    garage_id=garage.id,
                    at=at,
                    who=document["who"],
                    seal=document["seal"],
                    counts=document["counts"],
                )
            )
