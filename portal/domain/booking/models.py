"""A place in a timeslot: held for a request, then booked, or let go."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.core.normalise import emails
from portal.db import Model


class State(StrEnum):
    """Held for a request, then booked by its confirmation or released; a booking may be cancelled.

    A request that was only asked for keeps no place: its confirmation finds one or not (docs/adr/0020).
    """

    HELD = "held"
    ASKED = "asked"
    BOOKED = "booked"
    RELEASED = "released"
    CANCELLED = "cancelled"


_BOOKED = text("state = 'booked'")
MAX_CODE_TRIES = 5
REQUESTED = (State.HELD, State.ASKED)  # not confirmed


def _mailbox(row: Any) -> str:
    return emails.mailbox(row.get_current_parameters()["email"])


class Booking(Model):
    """One place in one timeslot, from the request on.

    A hold is a booking whose `state` is held; it stops being load the moment `held_until` passes, without a job.
    `held_until` is the one deadline that page, mail and server share. `round` counts the addresses the link went
    to: mending the address makes older links worthless. `answers` is what the customer checked before sending; it
    becomes the case, and is wiped when the request comes to nothing. The request of a customer whose case the garage
    knows has it from the start. A booking that is moved keeps its row and its `uid`; `sequence` counts what calendars must hear of.
    `mailbox` (which follows `email`), `phone` (E.164) and `plate_key` are there to count what one customer has open.
    `place_number` says which of the places of its timeslot a booking has, so that the database refuses to give one away
    twice even if the locks failed (docs/adr/0022); only what is booked has one.
    """

    __table_args__ = (
        # Covers the one query that counts load; see docs/adr/0005.
        Index(
            "ix_booking_load",
            "location_id",
            "day",
            "start_minute",
            "end_minute",
            "flow",
            "damage_flow",
            "state",
            "held_until",
        ),
        Index(
            "ix_booking_coming", "garage_id", "starts_at"
        ),  # reminders and lists of the day look every minute
        Index(
            "uq_booking_place",
            "location_id",
            "day",
            "start_minute",
            "flow",
            "damage_flow",
            "place_number",
            unique=True,
            sqlite_where=_BOOKED,
            postgresql_where=_BOOKED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    flow: Mapped[str]
    damage_flow: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[str]
    place_number: Mapped[int | None]
    requested_at: Mapped[datetime]
    held_until: Mapped[datetime]
    booked_at: Mapped[datetime | None]
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id", ondelete="SET NULL"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    email: Mapped[str] = mapped_column(index=True)
    mailbox: Mapped[str] = mapped_column(index=True, default=_mailbox)
    phone: Mapped[str] = mapped_column(index=True)
    plate_key: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    answers: Mapped[dict] = mapped_column(JSON, default=dict)
    round: Mapped[int] = mapped_column(default=1)
    code_tries: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(default="")
    called_off: Mapped[bool] = mapped_column(default=False)  # it was the garage that cancelled
    kept_at: Mapped[datetime | None]  # when the garage decided to keep it though it stands outside the hours
    move_asked_at: Mapped[datetime | None]  # when the garage asked for another time than the one it has now
    reminded_at: Mapped[datetime | None]  # when the reminder of the time it has now was seen to

    @validates("email")
    def _readdress(self, _column: str, email: str) -> str:
        self.mailbox = emails.mailbox(email)
        return email

    @validates("state")
    def _leave_place(self, _column: str, state: str) -> str:
        if state != State.BOOKED:
            self.place_number = None
        return state

    def waits(self, now: datetime) -> bool:
        """Whether this is a request that can still be confirmed at `now`, with a place kept or not."""
        return self.state in REQUESTED and now < self.held_until
