"""People with everything the portal can know about somebody."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from portal.adapters.images import Picture
from portal.adapters.mailer import MemoryMailer, RefusedForGood
from portal.db import db, transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.booking import changes, service
from portal.domain.booking.models import Booking
from portal.domain.cases import service as cases
from portal.domain.cases.models import Case
from portal.domain.garage.views import GarageView
from portal.domain.photos import service as photos
from portal.jobs import mail
from portal.wiring import wired
from tests.support import bookings
from tests.support.clocks import StoppedClock

PICTURE = Picture(width=4, height=3, large=b"large", thumb=b"thumb")
DESK = Actor("Olga")


@dataclass(frozen=True)
class Life:
    """A person; `values` are all they ever told, and what was mistyped of it."""

    first_name: str
    last_name: str
    mistyped: str
    email: str
    phone: str
    plate: str
    vin: str
    damage: str

    @property
    def values(self) -> list[str]:
        spoken = f"{self.phone[:3]} {self.phone[3:6]} {self.phone[6:8]} {self.phone[8:10]} {self.phone[10:]}"
        told = [self.first_name, self.last_name, self.mistyped, self.email, self.phone, spoken]
        return [*told, self.plate, self.plate.replace("-", ""), self.vin, self.damage]


ZOE = Life(
    "Zoë-Wilhelmina",
    "Quaghebeur",
    "zoe.quagebeur@exmaple.org",
    "zoe.quaghebeur@example.org",
    "+32471998877",
    "1-ZQW-987",
    "WVWZZZ1KZAW123987",
    "Ein Reh, à côté de l'étang.",
)
BOB = Life(
    "Bob-Wolfgang",
    "Oosterlynck",
    "bob.oosterlink@exmaple.org",
    "bob.oosterlynck@example.org",
    "+32472112233",
    "1-BOB-321",
    "WVWZZZ1KZAW321321",
    "Hail all over.",
)


def lived(
    app: Flask, garage: GarageView, clock: StoppedClock, mailer: MemoryMailer, life: Life, day: date
) -> str:
    """Everything happens to `life` that can; the uid of the case, which has an appointment on `day`."""
    now = clock.now()
    told = {
        name: getattr(life, name) for name in ("first_name", "last_name", "phone", "plate", "vin", "damage")
    }
    with app.app_context():
        uid = bookings.request(garage, now, day=day, email=life.mistyped, **told)
        draft_id = _booking(uid).draft_id
        photos.add(
            wired().storage,
            PICTURE,
            draft_id=draft_id,
            label="other",
            name=f"{life.last_name}.jpg",
            client_key="1",
            now=now,
        )
        mailer.trouble = RefusedForGood(f"550 <{life.mistyped}> unknown here")
        mail.deliver()
        mailer.trouble = None
        service.confirm(uid, 1, now)
        number, case_uid = db.session.execute(
            select(Case.number, Case.uid).where(Case.id == _booking(uid).case_id)
        ).one()
        cases.update(garage, number, {"mail": life.email, "city": "Gent"}, now)
        with transaction() as session:
            audit.record(
                session,
                DESK,
                "changed",
                garage_id=garage.id,
                about="case",
                subject=number,
                now=now,
                before={"mail": life.mistyped, "last_name": life.last_name},
                after={"mail": life.email, "last_name": life.last_name.upper()},
            )
            audit.record(
                session,
                DESK,
                "called",
                garage_id=garage.id,
                about="phone call",
                subject=f"{life.first_name} {life.last_name}",
                now=now,
                after={"words": [f"asked for {life.email}", life.plate]},
            )
        changes.move(uid, day, 10 * 60, now)
        changes.cancel(uid, f"{life.first_name} is sick", now)
        again = bookings.request(garage, now, day=day, email=life.email, **told)
        mail.deliver()
        service.confirm(again, 1, now)
        bookings.request(garage, now, day=day + timedelta(days=1), email=life.email, **told)
        mail.deliver()
        db.session.remove()
    return str(case_uid)


def _booking(uid: str) -> Booking:
    return db.session.scalars(select(Booking).where(Booking.uid == uid)).one()
