"""A life in which every letter is written that the product knows, in one language."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.adapters.mailer import Letter, MemoryMailer, Outgoing
from portal.core import codes
from portal.db import db, transaction
from portal.domain.audit.service import COMMAND_LINE, Actor
from portal.domain.booking import by_garage, changes, service
from portal.domain.booking.models import Booking
from portal.domain.cases import queries as cases_known
from portal.domain.cases import service as cases
from portal.domain.correspondence import ready
from portal.domain.correspondence import service as correspondence
from portal.domain.garage import queries as garages
from portal.domain.garage import service as garage_service
from portal.domain.garage.file import read
from portal.domain.garage.profile import GarageFile
from portal.domain.garage.reach import Reach
from portal.domain.garage.views import GarageView
from portal.domain.mailing.models import Message
from portal.jobs import mail, reminders
from portal.letters import values
from portal.wiring import wired
from tests.support import bookings
from tests.support.clocks import StoppedClock
from tests.support.garages import FOLDER

DAY = date(2026, 12, 1)  # whatever is booked first moves to the next, and then comes back to this one
EIGHT, NINE = 8 * 60, 9 * 60


@dataclass(frozen=True)
class Written:
    """One letter as it left, and what for."""

    purpose: str
    flow: str  # empty: of no booking, or of more than one
    outgoing: Outgoing

    @property
    def letter(self) -> Letter:
        return self.outgoing.letter

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.letter.html, "html.parser")

    @property
    def links(self) -> set[str]:
        """Every address a reader can press."""
        return {str(link["href"]) for link in self.page.select('a[href^="http"]')}


def every(app: Flask, mailer: MemoryMailer, clock: StoppedClock, language: str) -> list[Written]:
    """All letters of both flows to a customer and a garage who speak `language`, as they left in turn."""
    garage = workshop(app, language)
    with app.app_context():
        number = case(garage, clock.now(), plate="2-DEF-567", language=language)

        def assess() -> str:
            return bookings.request(garage, clock.now(), day=DAY, minute=NINE, language=language)

        def repair() -> str:
            return bookings.request_repair(garage, number, clock.now(), day=DAY, language=language)

        kept: list[str] = []
        for ask, minute in ((assess, NINE + 30), (repair, EIGHT + 30)):
            uid = ask()
            mail.deliver()
            service.confirm(uid, 1, clock.now())
            mail.deliver()
            changes.move(uid, DAY + timedelta(days=1), minute, clock.now())
            mail.deliver()
            changes.cancel(uid, "Sick.", clock.now())
            mail.deliver()
            again = ask()
            service.confirm(again, 1, clock.now())
            changes.cancel(again, "Our lift is broken.", clock.now(), by=COMMAND_LINE)
            mail.deliver()
            last = ask()
            service.confirm(last, 1, clock.now())
            mail.deliver()
            kept.append(last)
        for purpose in ready.PURPOSES:
            write_to_customer(garage, number, purpose, language, clock.now())
            mail.deliver()
        for moment in ("2026-11-30 09:00", "2026-12-01 06:00"):
            clock.at(moment)
            reminders.remind()
            mail.deliver()
        for do in (by_garage.ask_for_another_time, by_garage.call_off):
            with transaction() as session:
                for uid in kept:
                    do(session, uid, by=COMMAND_LINE, now=clock.now())
            mail.deliver()
        return [_written(outgoing) for outgoing in mailer.sent]


def write_to_customer(
    garage: GarageView, number: str, purpose: str, language: str, now: datetime, *, words: str = ""
) -> str:
    """Somebody at the desk sends the ready-made letter of `purpose` from a case, or other `words`; its uid."""
    reach, uid = Reach(garage, garages.every_location(garage)), codes.uid()
    usual = ready.words(purpose, language)
    correspondence.send(
        reach,
        number,
        uid=uid,
        letter=purpose,
        language=language,
        subject=usual.subject,
        words=words or usual.words,
        values=values.of_case(garage, cases_known.by_number(garage.id, number), language, now),
        by=Actor("Rita"),
        now=now,
    )
    return uid


def workshop(app: Flask, language: str) -> GarageView:
    """Carrosserie Claes, whose people speak `language` first, with all that a letter can tell."""
    garage = read(FOLDER / "repairs.toml").model_dump(mode="json")
    garage["languages"] = sorted(garage["languages"], key=lambda spoken: spoken != language)
    garage["bring"] = {spoken: ["€ 100"] for spoken in garage["languages"]}
    garage["mail"]["reply_to"] = "desk@claes.example.com"
    with app.app_context():
        garage_service.apply(
            GarageFile.model_validate(garage), folder=FOLDER, storage=wired().storage, now=clock.now()
        )
        return garages.find("repairs")


def case(garage: GarageView, now: datetime, **given: str) -> str:
    """A case in Aalst that staff opened; its number."""
    usual = {
        "location": "aalst",
        "plate": "1-ABC-234",
        "make": "Volkswagen",
        "model": "Golf",
        "first_name": "Ann",
        "last_name": "Peeters",
        "mail": "ann@example.com",
        "phone": "0470 12 34 56",
        "language": "en",
    }
    return cases.create(garage, usual | given, now)


def _written(outgoing: Outgoing) -> Written:
    message = db.session.scalars(select(Message).where(Message.uid == outgoing.uid)).one()
    flow = db.session.scalar(select(Booking.flow).where(Booking.uid == message.about))
    return Written(message.purpose, flow or "", outgoing)
