"""Moments in few signs, for tables."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import g

from portal import clock
from portal.core import dates


def moment(value: datetime, zone: str | None = None) -> str:
    """`14:05` of today, else `1 Dec, 14:05`, with the year if it is another one; in `zone` or the garage's first one."""
    local = ZoneInfo(zone or g.desk.garage.locations[0].zone)
    day, today = value.astimezone(local).date(), clock.now().astimezone(local).date()
    time = dates.local_clock(value, local.key)
    if day == today:
        return time
    pattern = "d. MMM" if g.language == "de" else "d MMM"
    if day.year != today.year:
        pattern += " y"
    return f"{format_date(day, pattern, locale=g.language)}, {time}"
