"""Asking for drafts."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from portal.db import ask
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.drafts.models import Draft


class DraftView(NamedTuple):
    """A draft as it was when it was asked for; the fields are the columns of `Draft`."""

    id: int
    uid: str
    garage_id: int
    flow: str
    case_id: int | None
    entry_location_id: int | None
    language: str
    answers: dict[str, Any]
    closed: bool
    expires_at: datetime


# Of every page of a walk; made once, because putting a statement together costs more than the database does.
_BY_UID = select(*(getattr(Draft, name) for name in DraftView._fields)).where(Draft.uid == bindparam("uid"))


def find(garage_id: int, uid: str, now: datetime) -> DraftView:
    """The draft `uid` of this garage.

    Raises:
        DraftUnknown: if there is none, it is another garage's, or its time is over.
    """
    row = ask(_BY_UID, uid=uid).first()
    if row is None or row.garage_id != garage_id or row.expires_at <= now:
        raise DraftUnknown(uid)
    return DraftView(*row)
