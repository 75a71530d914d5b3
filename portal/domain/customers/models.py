"""Customers, their vehicles, and what they agreed to."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.core.normalise import folding
from portal.db import Folded, Model


def name_key(first_name: str, last_name: str) -> str:
    """By which people are put in order: family name first, accents and capitals aside."""
    return folding.folded(f"{last_name} {first_name}").strip()


def _name_key(row: Any) -> str:
    values = row.get_current_parameters()
    return name_key(values["first_name"], values["last_name"])


class Customer(Model):
    """A person as they named themselves for one case. `name_key` follows the names."""

    __table_args__ = (Index("ix_customer_by_name", "garage_id", "name_key", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"), index=True)
    first_name: Mapped[str]
    last_name: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    phone: Mapped[str]
    street: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    name_key: Mapped[str] = mapped_column(Folded, default=_name_key)

    @validates("first_name", "last_name")
    def _rename(self, column: str, name: str) -> str:
        names = {"first_name": self.first_name or "", "last_name": self.last_name or ""} | {column: name}
        self.name_key = name_key(**names)
        return name


class Vehicle(Model):
    """A car. `plate` is as people write it, `plate_key` finds it under any spelling."""

    __table_args__ = (
        Index("ix_vehicle_by_plate", "garage_id", "plate_key", "id"),
        Index("ix_vehicle_by_vin", "garage_id", "vin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    garage_id: Mapped[int] = mapped_column(ForeignKey("garage.id"))
    plate: Mapped[str]
    plate_key: Mapped[str] = mapped_column(index=True)
    plate_country: Mapped[str]
    make: Mapped[str]
    model: Mapped[str]
    vin: Mapped[str] = mapped_column(default="")
    mileage_km: Mapped[int | None]


class Consent(Model):
    """What a customer agreed to: purpose, version of the words, the language they were read in, and when."""

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    purpose: Mapped[str]
    words_version: Mapped[str]
    language: Mapped[str]
    given_at: Mapped[datetime]
