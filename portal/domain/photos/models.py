"""Photos: rows that point at two stored files each, first of a draft, then of its case."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model
from portal.domain.garage.profile import PHOTO_LABELS

# What a photo shows, in the order customers are asked for it unless their garage has one of its own.
LABELS = PHOTO_LABELS


class Photo(Model):
    """`client_key` is the browser's own name for the upload, so a retry is never stored twice."""

    __table_args__ = (UniqueConstraint("draft_id", "client_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    client_key: Mapped[str]
    label: Mapped[str]
    name: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime]
