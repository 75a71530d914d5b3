"""Garages of the tests with other hours than in their files, and people who take their places."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.db import db
from portal.domain.booking import offers, service
from portal.domain.booking.models import Booking
from portal.domain.garage import file
from portal.domain.garage import queries as garages
from portal.domain.garage import service as garage_service
from portal.domain.garage.offerings import assessments
from portal.domain.garage.profile import GarageFile
from portal.domain.garage.views import GarageView
from portal.wiring import wired
from tests.support.bookings import request
from tests.support.garages import FOLDER

NINE = 9 * 60


def document(slug: str) -> dict[str, Any]:
    """The file of a garage as a document, to be changed."""
    return file.read(FOLDER / f"{slug}.toml").model_dump(mode="json")


def set_up(app: Flask, garage: dict[str, Any]) -> GarageView:
    """The garage of a document, applied."""
    with app.app_context():
        garage_service.apply(
            GarageFile.model_validate(garage), folder=FOLDER, storage=wired().storage, now=clock.now()
        )
        return next(view for view in garages.every() if view.slug == garage["slug"])


def change(app: Flask, slug: str, *, place: dict[str, Any] | None = None, **garage: Any) -> GarageView:
    """The garage `slug` with other values, and its first location with those of `place`."""
    changed = document(slug) | garage
    changed["locations"][0] |= place or {}
    return set_up(app, changed)


def opens(app: Flask, **hours: Any) -> GarageView:
    """Peeters, from now on open every day from 09:00 to 12:00 for one car each half hour, but for `hours`."""
    usual = {"hours": [{"days": "mon-sun", "open": ["09:00-12:00"]}], "notice_minutes": 0}
    return change(app, "peeters", place={"public_holidays": False, "assessment": usual | hours})


def always_open(app: Flask, *, places: int) -> GarageView:
    """Peeters, from now on open day and night for so many cars each half hour."""
    hours = {"hours": [{"days": "mon-sun", "open": ["00:00-24:00"]}], "notice_minutes": 0}
    return change(app, "peeters", place={"public_holidays": False, "assessment": {**hours, "places": places}})


def waiting(app: Flask, many: int, *, places: int) -> list[str]:
    """The uids of requests that `many` people made just now, at a Peeters that is always open."""
    garage, now = always_open(app, places=places), clock.now()
    with app.app_context():
        return [
            request(
                garage,
                now,
                day=now.date() + timedelta(days=2 + number // 500),
                minute=30 * (number % 40),
                email=f"person{number}@example.com",
                phone=f"+3247{number:07d}",
                plate=f"1-{number:03d}-ABC",
            )
            for number in range(many)
        ]


def somebody_takes(app: Flask, garage: GarageView, now: datetime, timeslot: str) -> str:
    """Another customer books `timeslot` (`2026-12-01T09:00`) at the first location; the booking's uid."""
    day, _, time = timeslot.partition("T")
    minute = int(time[:2]) * 60 + int(time[3:])
    with app.app_context():
        uid = request(garage, now, day=date.fromisoformat(day), minute=minute, email="other@example.com")
        service.confirm(uid, 1, now)
    return uid


def somebody_takes_everything(app: Flask, garage: GarageView, now: datetime) -> None:
    """Other customers book every timeslot of the first location."""
    with app.app_context():
        place = garage.locations[0]
        days = [each.day for each in offers.offer(assessments(place), now).days if each.slots]
        free = [
            slot
            for day in days
            for slot in offers.offer(assessments(place), now, day).timeslots
            if slot.refusal is None
        ]
    for slot in free:
        somebody_takes(app, garage, now, f"{slot.day}T{slot.start // 60:02d}:{slot.start % 60:02d}")


def bookings(app: Flask) -> list[Booking]:
    """All requests and bookings, oldest first."""
    with app.app_context():
        return list(db.session.scalars(select(Booking).order_by(Booking.id)))
