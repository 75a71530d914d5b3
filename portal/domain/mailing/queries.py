"""Asking what became of letters."""

from sqlalchemy import func, select

from portal.db import db
from portal.domain.mailing.models import Message, State


def count(about: str, purpose: str) -> int:
    """How many letters of this purpose were written about the booking `about`."""
    written = (
        select(func.count()).select_from(Message).where(Message.about == about, Message.purpose == purpose)
    )
    return db.session.scalar(written) or 0


def newest_state(about: str, purpose: str) -> State | None:
    """What became of the newest letter of this purpose about the booking `about`."""
    state = db.session.scalar(
        select(Message.state)
        .where(Message.about == about, Message.purpose == purpose)
        .order_by(Message.id.desc())
        .limit(1)
    )
    return State(state) if state else None
