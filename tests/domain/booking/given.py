"""A workshop with exactly as much room as a test wants, and people who ask for it."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select

from portal import clock
from portal.db import db
from portal.domain.booking import links, notices, queries, requests
from portal.domain.booking.models import Booking, State
from portal.domain.cases.models import Case
from portal.domain.drafts import queries as draft_queries
from portal.domain.drafts import service as drafts
from portal.domain.garage import file as garage_files
from portal.domain.garage import queries as garage_queries
from portal.domain.garage import service as garage_service
from portal.domain.garage.offerings import assessments
from portal.domain.garage.profile import GarageFile
from portal.domain.garage.views import GarageView, LocationView
from portal.domain.mailing.models import Message
from portal.wiring import wired
from tests.support import bookings, garages

SLUG = "peeters"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # Monday 09:00 in Leuven
DAY = date(2026, 12, 1)  # the Tuesday of the week after
NINE = 9 * 60
TEN = 10 * 60

CONFIRMATION, BOOKED = links.CONFIRMATION, notices.BOOKED

_names = count(1)


def after(minutes: float) -> datetime:
    """A moment, in minutes after NOW."""
    return NOW + timedelta(minutes=minutes)


def document() -> dict[str, Any]:
    """The file of Garage Peeters as a document, to be changed."""
    return garage_files.read(garages.FOLDER / f"{SLUG}.toml").model_dump(mode="json")


def set_up(garage: dict[str, Any]) -> GarageView:
    """The garage of a document, applied."""
    file = GarageFile.model_validate(garage)
    garage_service.apply(file, folder=garages.FOLDER, storage=wired().storage, now=clock.now())
    return garage_queries.find(file.slug)


def opens(*, place: dict[str, Any] | None = None, **hours: Any) -> LocationView:
    """Peeters, from now on open every day from 09:00 to 12:00 for one car each half hour, but for `hours`."""
    usual = {"hours": [{"days": "mon-sun", "open": ["09:00-12:00"]}], "notice_minutes": 0}
    garage = document()
    garage["locations"][0] |= {"public_holidays": False, "assessment": usual | hours} | (place or {})
    return set_up(garage).locations[0]


def without_its_place() -> None:
    """Peeters leaves Leuven."""
    garage = document()
    garage["locations"][0] |= {"slug": "aarschot", "name": "Peeters Aarschot"}
    set_up(garage)


def without_assessments() -> None:
    """Peeters takes no more assessments in Leuven."""
    opens(place={"flows": []})


def draft(now: datetime = NOW) -> int:
    """The id of a new draft at Peeters."""
    uid, garage_id = f"draft-{next(_names)}", garage_queries.find(SLUG).id
    drafts.begin(
        uid,
        garage_id=garage_id,
        entry_location_id=None,
        language="en",
        step="you",
        answered=drafts.Answered({}, True),
        now=now,
    )
    return draft_queries.find(garage_id, uid, now).id


def ask(
    *, draft_id: int | None = None, day: date = DAY, minute: int = NINE, now: datetime = NOW, **told: Any
) -> str:
    """Ask for an assessment at local `minute` of `day`, from a new draft unless told; the request's uid."""
    garage = garage_queries.find(SLUG)
    return requests.request(
        draft_id=draft_id or draft(now),
        garage_id=garage.id,
        offering=assessments(garage.locations[0]),
        day=day,
        minute=minute,
        answers=bookings.answers(NOW, **told),
        now=now,
    )


def row(uid: str) -> Booking:
    """The request or booking as it is stored now."""
    db.session.rollback()
    return db.session.scalars(select(Booking).where(Booking.uid == uid)).one()


def renewed(uid: str, now: datetime) -> str:
    """Ask once more for the time of `uid`; the uid of the new request."""
    requests.renew(uid, now)
    latest = queries.latest_of_draft(row(uid).draft_id or 0)
    assert latest is not None and latest != uid
    return latest


def states() -> list[str]:
    """The states of all requests and bookings, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(Booking.state).order_by(Booking.id)))


def booked() -> int:
    """How many bookings there are."""
    return states().count(State.BOOKED)


def booked_by_slot() -> dict[tuple[date, int], int]:
    """How many bookings each timeslot has, by day and start minute."""
    db.session.rollback()
    slot = (Booking.day, Booking.start_minute)
    counted = select(*slot, func.count()).where(Booking.state == State.BOOKED).group_by(*slot)
    return {(day, start): count for day, start, count in db.session.execute(counted)}


def cases() -> int:
    """How many cases there are."""
    return _count(select(func.count()).select_from(Case))


def letters(purpose: str) -> int:
    """How many letters of this purpose were written down."""
    return _count(select(func.count()).select_from(Message).where(Message.purpose == purpose))


def _count(query: Any) -> int:
    db.session.rollback()
    return db.session.scalar(query) or 0
