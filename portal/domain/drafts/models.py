"""What a customer has typed so far, kept on the server so that nothing depends on cookies."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class Draft(Model):
    """Answers by step, each a `drafts.service.Answered`. `uid` in the address is the only key.

    A draft that became a booking is `closed`: it takes no more answers. `case_id`: it is about a
    case the garage knows, whose customer is asked for nothing that the case says."""

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
    flow: Mapped[str] = mapped_column(default="assessment")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"))
    entry_location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    language: Mapped[str]
    answers: Mapped[dict] = mapped_column(JSON, default=dict)
    closed: Mapped[bool] = mapped_column(default=False)
    expires_at: Mapped[datetime] = mapped_column(index=True)
