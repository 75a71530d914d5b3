"""Customers, their vehicles, and what they agreed to."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Model


class Customer(Model):
    """A person as they named themselves for one case."""

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


class Vehicle(Model):
    """A car. `plate` is as people write it, `plate_key` finds it under any spelling."""

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
