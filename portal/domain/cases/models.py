"""A case: one damage on one vehicle, with its number and its history."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class Case(Model):
    """`damage` is what the customer says happened; `number` is what everybody calls the case."""

    __table_args__ = (UniqueConstraint("garage_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    number: Mapped[str]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    damage: Mapped[str]
    language: Mapped[str]
    created_at: Mapped[datetime]


class CaseEvent(Model):
    """One line of a case's history; `detail` holds values, never sentences."""

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    what: Mapped[str]
    detail: Mapped[dict] = mapped_column(JSON, default=dict)
