"""Asking for drafts."""

from datetime import datetime

from sqlalchemy import select

from portal.db import db
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.drafts.models import Draft


def find(garage_id: int, uid: str, now: datetime) -> Draft:
    """The draft `uid` of this garage.

    Raises:
        DraftUnknown: if there is none, it is another garage's, or its time is over.
    """
    draft = db.session.scalar(select(Draft).where(Draft.uid == uid))
    if draft is None or draft.garage_id != garage_id or draft.expires_at <= now:
        raise DraftUnknown(uid)
    return draft
