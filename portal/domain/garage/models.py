"""Garages and their locations as rows.

What a garage decides (brand, hours, words) is one validated document a row (see docs/adr/0004): it is always read
whole, edited whole, and cached by its revision.
"""

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class Garage(Model):
    """The tenant. `revision` changes whenever the garage or any of its locations does."""

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[str]
    profile: Mapped[dict] = mapped_column(JSON)


class Location(Model):
    """One workshop. A location that left the garage's file is kept, `listed` false: old bookings point at it."""

    public = True  # no secret from other garages, see `portal.db.apart`

    __table_args__ = (UniqueConstraint("garage_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
    slug: Mapped[str]
    position: Mapped[int]
    listed: Mapped[bool] = mapped_column(default=True)
    profile: Mapped[dict] = mapped_column(JSON)
