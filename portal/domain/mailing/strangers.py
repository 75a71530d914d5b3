"""Letters a stranger can cause by typing somebody else's address: how many of them reach one mailbox.

Whether a letter is held back is decided by the statement that writes it down, under `lock`, so the count is right over
any number of web servers. Held back, it goes the way of every other letter and is skipped where that would leave:
nothing a visitor sees tells the two apart, and the desk sees which is which.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from portal.domain.mailing.models import Message, State

MOST_AN_HOUR = 3
MOST_A_DAY = 5
UNWANTED_FOR = timedelta(days=7)  # once somebody said that they asked for nothing


class HeldBack(StrEnum):
    """Why a letter does not leave."""

    OFTEN = "often"
    UNWANTED = "unwanted"


def lock(tally: str) -> str:
    """The name of the lock under which letters of one tally are written down."""
    return f"mail to {tally}"


def asked(tally: str, now: datetime) -> dict[str, object]:
    """What `VERDICT` is about: the next letter of `tally`."""
    return {
        "of_tally": tally,
        "hour_ago": now - timedelta(hours=1),
        "day_ago": now - timedelta(days=1),
        "unwanted_since": now - UNWANTED_FOR,
        "most_an_hour": MOST_AN_HOUR,
        "most_a_day": MOST_A_DAY,
    }


def refuse(session: Session, uid: str, now: datetime) -> Message | None:
    """The reader of the letter `uid` wants no more of the kind; the letter, or None if nobody knows whose it was."""
    letter = session.scalar(select(Message).where(Message.uid == uid, Message.tally != ""))
    if letter is not None:
        session.execute(update(Message).where(Message.id == letter.id).values(unwanted_at=now))
    return letter


def _verdict() -> ColumnElement[str]:
    theirs = Message.tally == bindparam("of_tally")
    reached = and_(theirs, Message.held_back == "", Message.state != State.SKIPPED)
    unwanted = select(Message.id).where(theirs, Message.unwanted_at > bindparam("unwanted_since")).exists()
    often = or_(
        _count(and_(reached, Message.queued_at > bindparam("hour_ago"))) >= bindparam("most_an_hour"),
        _count(and_(reached, Message.queued_at > bindparam("day_ago"))) >= bindparam("most_a_day"),
    )
    return case((unwanted, HeldBack.UNWANTED), (often, HeldBack.OFTEN), else_="")


def _count(which: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(Message).where(which).scalar_subquery()


# Why the next letter of a tally is held back, or nothing: a part of the statement that writes it down.
VERDICT = _verdict()
