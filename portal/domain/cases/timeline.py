"""How far a repair is, as its customer may see it: the stages, and nothing personal but the car."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select

from portal.core import stages
from portal.db import ask
from portal.domain.cases import queries as cases
from portal.domain.cases.errors import CaseUnknown
from portal.domain.cases.models import Activity, Case
from portal.domain.customers.models import Vehicle
from portal.domain.garage.offerings import repairs
from portal.domain.garage.views import LocationView

WEEK = frozenset(range(5))  # days a workshop works, whether cars are taken in on them or not


@dataclass(frozen=True)
class Progress:
    """What is known of one repair."""

    case_id: int
    location_id: int
    changed_at: datetime
    language: str
    plate: str
    make: str
    model: str
    damage_flow: str | None
    vehicle_in_on: date | None
    ready_on: date | None
    first_activity_on: date | None
    planned_end_on: date | None
    finished_on: date | None
    collected_on: date | None


# Both are asked again and again by open pages; made once, because putting a statement together costs more than
# the database does.
_NAMED = Case.id == cases.named(bindparam("garage_id"), bindparam("uid"))
_CHANGED = select(Case.changed_at, Case.location_id).where(_NAMED)
_PROGRESS = (
    select(
        Case.id.label("case_id"),
        Case.location_id,
        Case.changed_at,
        Case.language,
        Vehicle.plate,
        Vehicle.make,
        Vehicle.model,
        Case.damage_flow,
        Case.vehicle_in_on,
        Case.ready_on,
        select(func.min(Activity.started_on))
        .where(Activity.case_id == Case.id)
        .scalar_subquery()
        .label("first_activity_on"),
        Case.planned_end_on,
        Case.finished_on,
        Case.collected_on,
    )
    .join(Vehicle, Vehicle.id == Case.vehicle_id)
    .where(_NAMED)
)


def progress(garage_id: int, uid: str) -> Progress:
    """What is known of the repair of the case `uid`.

    Raises:
        CaseUnknown: if the garage has no such case.
    """
    row = ask(_PROGRESS, garage_id=garage_id, uid=uid).first()
    if row is None:
        raise CaseUnknown(uid)
    return Progress(**row._mapping)


def changed(garage_id: int, uid: str) -> tuple[datetime, int]:
    """When the case `uid` last changed, and the id of its location.

    Raises:
        CaseUnknown: if the garage has no such case.
    """
    row = ask(_CHANGED, garage_id=garage_id, uid=uid).first()
    if row is None:
        raise CaseUnknown(uid)
    return row.changed_at, row.location_id


def of(
    progress: Progress,
    location: LocationView,
    today: date,
    *,
    appointment_on: date | None = None,
    appointment_minute: int | None = None,
) -> stages.Timeline:
    """The stages of a repair at `location` as of its local `today`; the appointment is the booked one, if any."""
    facts = stages.Facts(
        appointment_on=appointment_on,
        appointment_minute=appointment_minute,
        vehicle_in_on=progress.vehicle_in_on,
        ready_on=progress.ready_on,
        first_activity_on=progress.first_activity_on,
        planned_end_on=progress.planned_end_on,
        finished_on=progress.finished_on,
        collected_on=progress.collected_on,
        job_days=_job_days(location, progress.damage_flow),
    )
    return stages.timeline(
        facts,
        work_starts_when=location.garage.work_starts_when,
        is_worked=working_days(location, progress.damage_flow, today),
        today=today,
    )


def working_days(location: LocationView, damage_flow: str | None, today: date) -> Callable[[date], bool]:
    """Which days around `today` the location works: weekdays, and days with hours for such repairs.

    Closures are never worked, public holidays only where an exception opens them.
    """
    schedule = repairs(location, damage_flow).schedule(today.year)
    weekdays = WEEK | {window.weekday for window in schedule.windows}
    exceptions = {exception.day: bool(exception.windows) for exception in schedule.exceptions}

    def is_worked(day: date) -> bool:
        if any(closure.first <= day <= closure.last for closure in schedule.closures):
            return False
        return exceptions.get(day, day.weekday() in weekdays and day not in schedule.holidays)

    return is_worked


def _job_days(location: LocationView, damage_flow: str | None) -> int | None:
    job = location.damage_flow(damage_flow)
    if job is None:
        return None
    return job.days or 0  # a job of hours ends the day it begins
