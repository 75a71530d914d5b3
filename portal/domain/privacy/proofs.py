"""The proofs of erasures, and doing erasures again where a restored backup brought somebody back."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.adapters.storage import Storage
from portal.adapters.tokens import Tokens
from portal.db import db, transaction
from portal.domain.audit.service import COMMAND_LINE
from portal.domain.cases.models import Case
from portal.domain.customers.models import Customer
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView
from portal.domain.privacy import case_erasing, erasing
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
    if not old:
        return False
    if len(old) == len(back):
        erasing.erase(storage, tokens, garage, back[0].uid, by=COMMAND_LINE, now=now)
    else:
        with transaction(f"erase at {garage.id}") as session:
            removed = erasing.remove_cases(session, garage.id, old, now)
        erasing.leave_nothing(storage, removed.photos)
    return True


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
