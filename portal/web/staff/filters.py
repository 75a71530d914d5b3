"""Days and times in templates of the desk, as the clock at the garage shows them, and who did something."""

from datetime import date, datetime

from flask import Flask, g

from portal.core import dates
from portal.domain.audit.service import COMMAND_LINE
from portal.domain.privacy.retention import NIGHT
from portal.web.words import gettext as _


def init_app(app: Flask) -> None:
    """Give the templates of `app` the filters of this module."""
    app.jinja_env.filters.update(moment=moment, day=day, clock=clock_of, minute=dates.clock_time, who=who)


def moment(value: datetime, zone: str | None = None) -> str:
    """`Tuesday 1 December 2026, 14:05`, in `zone` or that of the garage's first location."""
    return dates.local_moment(value, zone or _zone(), g.language)


def clock_of(value: datetime, zone: str | None = None) -> str:
    """`14:05`, in `zone` or that of the garage's first location."""
    return dates.local_clock(value, zone or _zone())


def day(value: date) -> str:
    """`Tuesday 1 December 2026`."""
    return dates.long_day(value, g.language)


def who(name: str) -> str:
    """Somebody by name; the command line and the night's work have one in every language."""
    return {COMMAND_LINE.name: _("Command line"), NIGHT.name: _("Retention times")}.get(name, name)


def _zone() -> str:
    return str(g.desk.garage.locations[0].zone) if "desk" in g else "UTC"
