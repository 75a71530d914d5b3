"""Days and times in templates of the desk, as the clock at the garage shows them."""

from datetime import date, datetime

from flask import Flask, g

from portal.core import dates


def init_app(app: Flask) -> None:
    """Give the templates of `app` the filters of this module."""
    app.jinja_env.filters.update(moment=moment, day=day, clock=clock_of, minute=dates.clock_time)


def moment(value: datetime, zone: str | None = None) -> str:
    """`Tuesday 1 December 2026, 14:05`, in `zone` or that of the garage's first location."""
    return dates.local_moment(value, zone or _zone(), g.language)


def clock_of(value: datetime, zone: str | None = None) -> str:
    """`14:05`, in `zone` or that of the garage's first location."""
    return dates.local_clock(value, zone or _zone())


def day(value: date) -> str:
    """`Tuesday 1 December 2026`."""
    return dates.long_day(value, g.language)


def _zone() -> str:
    return str(g.desk.garage.locations[0].zone) if "desk" in g else "UTC"
