"""Asking what became of letters."""

from collections.abc import Sequence

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


def is_newest(message_id: int, about: str, purpose: str) -> bool:
    """Whether no letter of this purpose about `about` was written down after that of `message_id`."""
    newer = select(Message.id).where(
        Message.about == about, Message.purpose == purpose, Message.id > message_id
    )
    return db.session.scalar(newer.limit(1)) is None


def written(purpose: str, abouts: Sequence[str]) -> set[str]:
    """About which of `abouts` there is a letter of this purpose, whatever became of it."""
    known = select(Message.about).where(Message.purpose == purpose, Message.about.in_(abouts))
    return set(db.session.scalars(known)) if abouts else set()


def newest(state: State | None, limit: int) -> list[Message]:
    """The newest letters, at most `limit`, of one state or of all."""
    which = select(Message) if state is None else select(Message).where(Message.state == state)
    return list(db.session.scalars(which.order_by(Message.id.desc()).limit(limit)))
