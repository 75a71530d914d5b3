"""A place in a timeslot: held for a request, then booked, or let go."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model

ASSESSMENT = "assessment"  # an activity: what a place is taken for


class State(StrEnum):
    """Held for a request, booked by its confirmation, or released by a change of mind."""

    HELD = "held"
    BOOKED = "booked"
    RELEASED = "released"


class Booking(Model):
    """One place in one timeslot, from the request on.

    A hold is a booking whose `state` is held; it stops being load the moment `held_until` passes, without a job.
    `held_until` is the one deadline that page, mail and server share. `round` counts the addresses the link went
    to: mending the address makes older links worthless. `answers` is what the customer checked before sending; it
    becomes the case, and is wiped when the request comes to nothing.
    """

    __table_args__ = (
        # Covers the one query that counts load; see docs/adr/0005.
        Index(
            "ix_booking_load",
            "location_id",
            "day",
            "start_minute",
            "end_minute",
            "activity",
            "state",
            "held_until",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    activity: Mapped[str]
    day: Mapped[date]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[str]
    requested_at: Mapped[datetime]
    held_until: Mapped[datetime]
    booked_at: Mapped[datetime | None]
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id", ondelete="SET NULL"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    email: Mapped[str]
    language: Mapped[str]
    answers: Mapped[dict] = mapped_column(JSON, default=dict)
    round: Mapped[int] = mapped_column(default=1)
    code_tries: Mapped[int] = mapped_column(default=0)

    def is_held(self, now: datetime) -> bool:
        """Whether the place is kept for a request at `now`."""
        return self.state == State.HELD and now < self.held_until
