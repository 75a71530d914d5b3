"""The outbox: every mail is a row before it leaves the house."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class State(StrEnum):
    """Where a mail is on its way; sent, failed and skipped are ends."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


class Message(Model):
    """One mail to one address.

    No worker touches it before `due_at`. A worker that takes it moves `due_at` on by the lease, so that the mail of
    a worker that died is simply due again. `uid` names the mail for life, also in its Message-ID. `about` is the uid
    of what the letter is about; the letter itself is written when it leaves.

    `tally` is the mailbox by which letters are counted that a stranger can cause; `held_back` says why one of these
    does not leave (see `strangers.py`), `unwanted_at` when its reader said that they asked for nothing.
    """

    __table_args__ = (
        Index("ix_message_sweep", "state", "due_at"),
        Index("ix_message_newest", "garage_id", "id"),  # how the desk lists them
        Index("ix_message_tally", "tally", "queued_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
    purpose: Mapped[str]
    about: Mapped[str] = mapped_column(index=True)
    recipient: Mapped[str]
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    queued_at: Mapped[datetime]
    give_up_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    server_answer: Mapped[str] = mapped_column(default="")
    seen_to_at: Mapped[datetime | None]  # when somebody at the desk did without it, such as by phone
    seen_to_by: Mapped[str] = mapped_column(default="")
    tally: Mapped[str] = mapped_column(default="")
    held_back: Mapped[str] = mapped_column(default="")
    unwanted_at: Mapped[datetime | None]


class ParkedMail(Model):
    """While there is a row, no mail leaves: these rows came from a backup, and nobody released their mail yet.

    `finished`: the restore came to its end, so that whoever was erased is gone again.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    finished: Mapped[bool] = mapped_column(default=False)
