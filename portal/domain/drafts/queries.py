"""Asking for drafts."""

from datetime import datetime

from sqlalchemy import bindparam, select

from portal.db import db
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.drafts.models import Draft

# Of every page of a walk; made once, because putting a statement together costs more than the database does.
_BY_UID = select(Draft).where(Draft.uid == bindparam("uid"))


def find(garage_id: int, uid: str, now: datetime) -> Draft:
    """The draft `uid` of this garage.

    Raises:
        DraftUnknown: if there is none, it is another garage's, or its time is over.
    """
    draft = db.session.scalar(_BY_UID, {"uid": uid})
    if draft is None or draft.garage_id != garage_id or draft.expires_at <= now:
        raise DraftUnknown(uid)
    return draft
