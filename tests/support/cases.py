"""Cases of the garage that repairs, as its own staff would enter and change them, and the repairs booked for them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import select

from portal.core import codes
from portal.db import db, transaction
from portal.domain.booking.models import Booking, State
from portal.domain.cases import queries, service
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


def link(app: Flask, number: str = NUMBER, *, flow: str = "repair") -> str:
    """The signed deep link from which a case gets an appointment."""
    with app.app_context():
        uid = db.session.scalars(select(Case.uid).where(Case.number == number)).one()
        return f"/repairs/{flow}/case/{wired().tokens.sign('case', uid)}"


USUAL = {
    "plate": "1-ABC-234",
    "make": "Volkswagen",
    "model": "Golf",
    "first_name": "Ann",
    "last_name": "Peeters",
    "mail": "ann@example.com",
    "phone": "0470 12 34 56",
    "damage": "A post in a car park.",
    "language": "en",
}


@dataclass(frozen=True)
class Known:
    """A case as its customer knows it; `token` is in all its links."""

    app: Flask
    garage: GarageView
    number: str
    token: str

    @property
    def row(self) -> Case:
        """The case as it is now. An app context must be open."""
        return queries.by_number(self.garage.id, self.number).case

    @property
    def status(self) -> str:
        """The address of its status page."""
        return f"/{self.garage.slug}/status/{self.token}"

    @property
    def repair(self) -> str:
        """The address of the page from which its repair is booked."""
        return f"/{self.garage.slug}/repair/case/{self.token}"

    @property
    def assessment(self) -> str:
        """The address of the page from which its assessment is booked."""
        return f"/{self.garage.slug}/assessment/case/{self.token}"

    @property
    def test_token(self) -> str:
        """What is in the links of test letters about it instead."""
        with self.app.app_context():
            return wired().tokens.sign("case_test", self.row.uid)

    def change(self, now: datetime, **given: str) -> None:
        """Staff change it."""
        with self.app.app_context():
            service.update(self.garage, self.number, given, now)

    def booked(self, day: date, minute: int = 540, *, flow: str = "repair", state: str = State.BOOKED) -> str:
        """It has an appointment; the address of its personal page."""
        uid = codes.uid()
        with self.app.app_context(), transaction() as session:
            place = next(each for each in self.garage.locations if each.id == self.row.location_id)
            starts = datetime.combine(day, datetime.min.time(), ZoneInfo(place.zone)) + timedelta(
                minutes=minute
            )
            work = place.damage_flow(self.row.damage_flow) if flow == "repair" else None
            session.add(
                Booking(
                    uid=uid,
                    garage_id=self.garage.id,
                    location_id=place.id,
                    flow=flow,
                    damage_flow=work.slug if work else "",
                    day=day,
                    start_minute=minute,
                    end_minute=minute + 30,
                    starts_at=starts,
                    ends_at=starts + timedelta(minutes=30),
                    state=state,
                    requested_at=starts,
                    held_until=starts,
                    case_id=self.row.id,
                    email="ann@example.com",
                    phone="",
                    plate_key="",
                    language="en",
                )
            )
            return f"/{self.garage.slug}/booking/{wired().tokens.sign('booking', uid)}"


def opened(app: Flask, garage: GarageView, now: datetime, **given: str) -> Known:
    """A new case of an ordinary customer, but for what is `given`."""
    with app.app_context():
        number = service.create(garage, USUAL | given, now)
        token = wired().tokens.sign("case", queries.by_number(garage.id, number).case.uid)
        return Known(app, garage, number, token)
