"""What the present moment allows: notice and horizon."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .hours import Schedule


@dataclass(frozen=True, slots=True)
class Limits:
    """A start from `earliest` on, until the end of local day `last_day`."""

    now: datetime
    earliest: datetime
    last_day: date


BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
NO_LIMITS = Limits(BEFORE_ALL, BEFORE_ALL, date.max)


def limits(schedule: Schedule, now: datetime) -> Limits:
    """The limits at `now`. Raises ValueError for a naive `now`."""
    now = _utc(now)
    _, last_day = horizon(schedule, now)
    return Limits(now, max(now, now + schedule.notice), last_day)


def horizon(schedule: Schedule, now: datetime) -> tuple[date, date]:
    """First and last local day that may be booked, both included. Raises ValueError for a naive `now`."""
    today = _utc(now).astimezone(schedule.tzinfo).date()
    return today, today + timedelta(days=schedule.horizon_days)


def _utc(now: datetime) -> datetime:
    # Python would take a naive time for the time of this machine's zone.
    if now.tzinfo is None:
        raise ValueError("now without a time zone")
    return now.astimezone(UTC)
