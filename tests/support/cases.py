"""Cases of the garage that repairs, as its own staff would enter them."""

from datetime import datetime

from flask import Flask
from sqlalchemy import select

from portal.db import db
from portal.domain.cases import service
from portal.domain.cases.models import Case
from portal.domain.garage.views import GarageView
from portal.wiring import wired

NUMBER, PLATE, EMAIL = "2026-0042", "1-ABC-234", "ann@example.com"


def enter(app: Flask, garage: GarageView, now: datetime, **given: str) -> str:
    """A case of `garage` at its first location; its number."""
    usual = {
        "number": NUMBER,
        "location": garage.locations[0].slug,
        "plate": PLATE,
        "make": "Volvo",
        "model": "V60",
        "first_name": "Ann",
        "last_name": "Peeters",
        "mail": EMAIL,
        "phone": "0470 12 34 56",
        "language": "en",
    }
    with app.app_context():
        return service.create(garage, usual | given, now)


def link(app: Flask, number: str = NUMBER) -> str:
    """The signed deep link to the repair of a case."""
    with app.app_context():
        uid = db.session.scalars(select(Case.uid).where(Case.number == number)).one()
        return f"/repairs/repair/case/{wired().tokens.sign('case', uid)}"
