"""A case: one damage on one vehicle, with its number and its history."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Folded, Model


class Case(Model):
    """`damage` is what the customer says happened; `number` is what everybody calls the case, `number_key` finds it.

    `uid` names the case in links. `damage_flow` is a slug of the garage's, or None for its default one. The days are
    local to the location. `changed_at` moves with every line of the history, so that open pages know to look again.
    `damage_zones` says where the car is damaged, as `core/zones` spells it. A case that was `merged_into` another one
    only keeps its number, its links and what was known of its customer: they lead to the other one.
    """

    __table_args__ = (
        UniqueConstraint("garage_id", "number_key"),
        # The orders in which the desk walks through its cases, see `booking/caselist.py`.
        Index("ix_case_newest", "garage_id", "id"),
        Index("ix_case_planned_end", "garage_id", "planned_end_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    number: Mapped[str]
    number_key: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    damage: Mapped[str]
    language: Mapped[str]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    damage_flow: Mapped[str | None]
    vehicle_in_on: Mapped[date | None]
    ready_on: Mapped[date | None]  # for the work to start
    planned_end_on: Mapped[date | None]
    finished_on: Mapped[date | None]
    collected_on: Mapped[date | None]
    damage_zones: Mapped[str] = mapped_column(default="")
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)


class Activity(Model):
    """A piece of the work on a case, such as painting, in the garage's order."""

    __tablename__ = "case_activity"
    __table_args__ = (UniqueConstraint("case_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    position: Mapped[int]
    name: Mapped[str]
    started_on: Mapped[date | None]


class CaseEvent(Model):
    """One line of a case's history; `detail` holds values, never sentences."""

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    what: Mapped[str]
    detail: Mapped[dict] = mapped_column(JSON, default=dict)


class CaseNote(Model):
    """What somebody at the desk wrote down about a case. It stays as it was written; `member_id` says by whom."""

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime]
    who: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    words: Mapped[str]


class CaseTerm(Model):
    """One thing by which a case is found at the desk, see `terms.py`: a search looks for what begins with it."""

    __tablename__ = "case_term"
    __table_args__ = (
        Index("ix_case_term_search", "garage_id", "term", "case_id"),
        {"sqlite_with_rowid": False},
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id", ondelete="CASCADE"), primary_key=True)
    term: Mapped[str] = mapped_column(Folded, primary_key=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
