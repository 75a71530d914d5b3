"""Carrosserie Claes as the desk meets it: a case in Aalst, and who sits there."""

from datetime import date
from typing import Any

from flask import Flask

from portal.adapters.images import Picture
from portal.core import codes
from portal.domain.audit.service import Actor
from portal.domain.booking import behalf
from portal.domain.casework import photos
from portal.domain.correspondence import service as correspondence
from portal.domain.garage import queries as garages
from portal.domain.garage.reach import Reach
from portal.domain.team.rights import Role
from portal.wiring import wired
from tests.support import garages as folder
from tests.support.cases import Known, opened
from tests.support.clocks import StoppedClock
from tests.support.desk import at_desk
from tests.support.visitor import Visitor

WIM = Actor("Wim")
TUESDAY = date(2026, 12, 1)
EIGHT = 8 * 60
PICTURE = Picture(width=4, height=3, large=b"large", thumb=b"thumb")
URL = "https://portal.example.com"


def sit_down(app: Flask, role: Role = Role.OWNER, **more: Any) -> Visitor:
    """A browser in which a new member of Claes is signed in."""
    return at_desk(app, URL, "repairs", role, **more)


def reach(*slugs: str) -> Reach:
    """All of Claes, or only these locations."""
    garage = garages.known("repairs")
    assert garage is not None
    places = tuple(each for each in garage.locations if not slugs or each.slug in slugs)
    return Reach(garage, places, whole=not slugs)


def case(app: Flask, clock: StoppedClock, **given: str) -> Known:
    """A case in Aalst, of a garage that is there from now on."""
    garage = folder.apply(app, "repairs")
    return opened(app, garage, clock.now(), **({"location": "aalst"} | given))


def book(
    app: Flask,
    known: Known,
    clock: StoppedClock,
    *,
    flow: str = "repair",
    day: date = TUESDAY,
    minute: int = EIGHT,
) -> str:
    """Book an appointment for a case at the desk; its uid."""
    with app.app_context():
        return behalf.book(
            reach(),
            known.number,
            flow,
            day=day,
            minute=minute,
            by=WIM,
            now=clock.now(),  # type: ignore[arg-type]
        )


def add_photo(app: Flask, known: Known, clock: StoppedClock) -> None:
    """Give a case a photo, whose files are no real pictures."""
    with app.app_context():
        pictures = [("a.jpg", PICTURE)]
        photos.add(wired().storage, reach(), known.number, pictures, label="other", by=WIM, now=clock.now())


def write_letter(app: Flask, known: Known, clock: StoppedClock) -> None:
    """Write to the customer of a case."""
    with app.app_context():
        correspondence.send(
            reach(),
            known.number,
            uid=codes.uid(),
            letter="repair",
            language="en",
            subject="For [FirstName]",
            words="Dear [FirstName]",
            values={"FirstName": "Ann"},
            by=WIM,
            now=clock.now(),
        )
