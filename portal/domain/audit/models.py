"""The audit log: one row a change, written in the transaction that makes it."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class AuditEntry(Model):
    """`what` happened to `about` (a kind of thing) named `subject`; `before` and `after` hold what differs.

    `who` is the name of the person at that time; `member_id` is None for the command line and for what was done by
    a customer.
    """

    __table_args__ = (Index("ix_audit_entry_newest", "garage_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    at: Mapped[datetime]
    who: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    about: Mapped[str]
    subject: Mapped[str]
    what: Mapped[str]
    before: Mapped[dict] = mapped_column(JSON, default=dict)
    after: Mapped[dict] = mapped_column(JSON, default=dict)
