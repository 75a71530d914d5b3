"""Retention times: what is older than the garage wants goes in the night, by the function that also shows it before.

A time ends with a day: what was last touched on 15 January and is kept for a month is gone on 15 February.
"""

import calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session

from portal.adapters.storage import Storage
from portal.db import db, transaction
from portal.domain.audit import service as audit
from portal.domain.audit.models import AuditEntry
from portal.domain.audit.service import Actor
from portal.domain.booking import load
from portal.domain.booking.models import REQUESTED, Booking, State
from portal.domain.cases.models import Case
from portal.domain.garage import queries as garages
from portal.domain.garage.limits import Retention
from portal.domain.garage.views import GarageView, LocationView
from portal.domain.mailing.models import Message
from portal.domain.privacy import erasing, removal

NIGHT = Actor("retention times")
AT_ONCE = 50  # cases in one transaction
SLACK = timedelta(days=5)  # between days of a month and zones, before each case is looked at by itself


@dataclass(frozen=True)
class Old:
    """A case whose time is over; `last_on` is the day on which something last happened with it."""

    id: int
    number: str
    place: LocationView
    last_on: date


@dataclass(frozen=True)
class Due:
    """What goes: cases, the oldest first, and the ids of requests and of lines in the log."""

    cases: Sequence[Old]
    requests: Sequence[int]
    entries: Sequence[int]

    def __bool__(self) -> bool:
        return bool(self.cases or self.requests or self.entries)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {"cases": len(self.cases), "requests": len(self.requests), "entries": len(self.entries)}


def tonight(garage: GarageView, retention: Retention, now: datetime) -> Due:
    """What goes in the coming night if `retention` holds."""
    return due(garage, retention, now, ahead=1)


def due(garage: GarageView, retention: Retention, now: datetime, *, ahead: int = 0) -> Due:
    """What goes on the day it is at `now`, or so many days `ahead` of it; each location has its own day."""
    return Due(
        _cases(garage, retention.case_months, now, ahead),
        _requests(garage, retention.request_days, now, ahead),
        _entries(garage, retention.log_months, now, ahead),
    )


def enforce(storage: Storage, now: datetime) -> Counter[str]:
    """Take away whatever is due at every garage; how many of what. Doing it again finds nothing."""
    done: Counter[str] = Counter()
    for garage in garages.every():
        waiting = due(garage, garage.profile.retention, now)
        if not waiting:
            continue
        here = Counter(
            cases=_remove_cases(storage, garage, waiting.cases, now),
            requests=len(waiting.requests),
            entries=len(waiting.entries),
        )
        _remove_rest(storage, garage, waiting)
        _note(garage, here, now)
        done.update(here)
    return done


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _remove_cases(storage: Storage, garage: GarageView, old: Sequence[Old], now: datetime) -> int:
    """Take these cases away, some in each transaction; one with which something happened meanwhile stays."""
    done = 0
    for start in range(0, len(old), AT_ONCE):
        some = [each.id for each in old[start : start + AT_ONCE]]
        with transaction(f"erase at {garage.id}") as session:
            still = _cases(garage, garage.profile.retention.case_months, now, 0, only=some)
            removed = erasing.remove_cases(session, garage.id, [each.id for each in still], now)
        erasing.leave_nothing(storage, removed.photos)
        done += len(still)
    return done


def _remove_rest(storage: Storage, garage: GarageView, waiting: Due) -> None:
    with transaction(f"erase at {garage.id}") as session:
        _remove_requests(session, garage.id, waiting.requests)
        removal.remove(session, AuditEntry, waiting.entries, Counter())
    erasing.leave_nothing(storage, ())


def _remove_requests(session: Session, garage_id: int, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), removal.AT_ONCE):
        some = ids[start : start + removal.AT_ONCE]
        uids = select(Booking.uid).where(Booking.id.in_(some))
        letters = select(Message.id).where(Message.garage_id == garage_id, Message.about.in_(uids))
        removal.remove(session, Message, session.scalars(letters).all(), Counter())
        removal.remove(session, Booking, some, Counter())


def _note(garage: GarageView, done: Counter[str], now: datetime) -> None:
    with transaction() as session:
        audit.record(
            session,
            NIGHT,
            "removed",
            garage_id=garage.id,
            about="retention",
            subject=garage.slug,
            now=now,
            after=dict(+done),
        )


def _cases(
    garage: GarageView, months: int, now: datetime, ahead: int, *, only: Sequence[int] | None = None
) -> list[Old]:
    latest = months_later(now.date(), -months) + SLACK
    before = datetime.combine(latest, time(), UTC)
    visits = (
        select(Booking.case_id, func.max(Booking.ends_at, type_=Booking.ends_at.type).label("ends_at"))
        .where(Booking.garage_id == garage.id, load.is_open_at(now), Booking.case_id.is_not(None))
        .group_by(Booking.case_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Case.id, Case.number, Case.location_id, Case.changed_at, Case.collected_on, visits.c.ends_at)
        .outerjoin(visits, visits.c.case_id == Case.id)
        .where(
            Case.garage_id == garage.id,
            Case.merged_into.is_(None),  # what was merged into another one goes with it
            Case.changed_at < before,
            or_(Case.collected_on.is_(None), Case.collected_on <= latest),
            or_(visits.c.ends_at.is_(None), visits.c.ends_at < before),
            true() if only is None else Case.id.in_(only),
        )
    ).all()
    old = []
    for row in rows:
        place = garages.location(garage, row.location_id)
        zone = ZoneInfo(place.zone)
        moments = [moment for moment in (row.changed_at, row.ends_at) if moment is not None]
        days = [_day(moment, zone) for moment in moments]
        last_on = max([*days, row.collected_on] if row.collected_on else days)
        if months_later(last_on, months) <= _day(now, zone, ahead):
            old.append(Old(row.id, row.number, place, last_on))
    return sorted(old, key=lambda each: (each.last_on, each.id))


def _requests(garage: GarageView, days: int, now: datetime, ahead: int) -> list[int]:
    """Those that nobody confirmed; a draft that is still worked on keeps its own."""
    rows = db.session.execute(
        select(Booking.id, Booking.location_id, Booking.requested_at).where(
            Booking.garage_id == garage.id,
            Booking.state.in_((*REQUESTED, State.RELEASED)),
            Booking.held_until < now,
            Booking.draft_id.is_(None),
            Booking.requested_at < now - timedelta(days=days) + SLACK,
        )
    ).all()
    found = []
    for row in rows:
        zone = ZoneInfo(garages.location(garage, row.location_id).zone)
        if _day(row.requested_at, zone, days) <= _day(now, zone, ahead):
            found.append(row.id)
    return found


def _entries(garage: GarageView, months: int, now: datetime, ahead: int) -> list[int]:
    zone = ZoneInfo(garage.locations[0].zone)
    latest = datetime.combine(months_later(now.date(), -months) + SLACK, time(), UTC)
    rows = db.session.execute(
        select(AuditEntry.id, AuditEntry.at).where(AuditEntry.garage_id == garage.id, AuditEntry.at < latest)
    ).all()
    today = _day(now, zone, ahead)
    return [row.id for row in rows if months_later(_day(row.at, zone), months) <= today]


def _day(moment: datetime, zone: ZoneInfo, later: int = 0) -> date:
    """The local day of a moment, or one so many days later."""
    return moment.astimezone(zone).date() + timedelta(days=later)
