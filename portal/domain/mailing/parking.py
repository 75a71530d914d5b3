"""Parked mail: a restored copy sends nothing until the operator says so, for the original may have sent it already."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from portal.adapters import queue as job_queue
from portal.db import after_commit, db, transaction
from portal.domain.mailing.models import Message, ParkedMail, State
from portal.domain.mailing.service import GIVE_UP_AFTER

# What parks the mail of rows while they are put back, in the same transaction.
PARK = (
    "DELETE FROM parked_mail",
    "INSERT INTO parked_mail (id, since, finished) VALUES (1, CURRENT_TIMESTAMP, false)",
)

_WAITING = Message.state.in_((State.QUEUED, State.SENDING))


def parked() -> ParkedMail | None:
    """What keeps mail from leaving; None: nothing does."""
    return db.session.scalar(select(ParkedMail).limit(1))


def waiting() -> int:
    """How many letters have not left yet."""
    return db.session.scalar(select(func.count()).select_from(Message).where(_WAITING)) or 0


def finish() -> None:
    """The restore that parked the mail came to its end."""
    with transaction() as session:
        session.execute(update(ParkedMail).values(finished=True))


def release(now: datetime) -> int:
    """Let mail leave again; how many letters wait. The worker skips and lists those that are of no use any more."""
    with transaction() as session:
        session.execute(delete(ParkedMail))
        # Nobody tried them while they were parked, so that time does not count.
        session.execute(update(Message).where(_WAITING).values(give_up_at=now + GIVE_UP_AFTER))
        after_commit(job_queue.wake)
    return waiting()
