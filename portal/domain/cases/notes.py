"""Notes: what the desk writes down about a case, for itself."""

from datetime import datetime

from sqlalchemy import select

from portal.db import db, transaction
from portal.domain.audit.service import Actor
from portal.domain.cases import service, within
from portal.domain.cases.models import CaseNote
from portal.domain.garage.reach import Reach


def add(reach: Reach, number: str, words: str, *, by: Actor, now: datetime) -> None:
    """Write a note about a case. The words stand in the note alone, not in the audit log.

    Raises:
        CaseUnknown: if there is no such case within reach.
    """
    with transaction() as session:
        case = within.open_case(session, reach, number).case
        session.add(CaseNote(case_id=case.id, at=now, who=by.name, member_id=by.member_id, words=words))
        service.note(session, case, "noted", by=by, now=now)


def of_case(case_id: int) -> list[CaseNote]:
    """The notes about a case, the newest first."""
    asked = select(CaseNote).where(CaseNote.case_id == case_id)
    return list(db.session.scalars(asked.order_by(CaseNote.at.desc(), CaseNote.id.desc())))
