"""What the page of a day shows."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, request, url_for

from portal.core import codes, dates
from portal.domain.booking import desk, outside, readiness, week
from portal.domain.booking.desk import Line
from portal.domain.booking.models import State
from portal.domain.deliveries import queries as deliveries
from portal.domain.garage.reach import Reach
from portal.domain.garage.views import LocationView
from portal.domain.team.rights import Right
from portal.letters.garage import work
from portal.web import asked

DAYS = 7
FAR = timedelta(days=3660)  # around the ends of the calendar there is no week


def context(now: datetime) -> dict[str, Any]:
    """Everything about the chosen day, at all locations within reach or at the chosen one."""
    reach = chosen_reach()
    today = _today(reach, now)
    day = _asked_day(today)
    lines = desk.on_days(reach, day, day)
    waiting = desk.waiting(reach, now)
    return {
        "places": _places(),
        "day": day,
        "is_today": day == today,
        "is_past": day < today,
        "before_url": _url(day - timedelta(days=1)),
        "after_url": _url(day + timedelta(days=1)),
        "today_url": _url(None),
        "appointments": [_appointment(line, now) for line in lines],
        "waiting": [_waiting(line, now) for line in waiting],
        "weeks": [_week(place, day, now) for place in reach.listed],
        "undelivered": len(deliveries.in_need(reach, now, team=False)),
        "steps_left": _steps_left(now),
        "several_places": len(reach.locations) > 1,
    }


def to_decide(now: datetime) -> list[dict[str, Any]]:
    """The locations at which appointments stand outside the hours without anybody having decided about them."""
    counts = (
        (place, sum(each.waits for each in outside.standing(place, now))) for place in chosen_reach().listed
    )
    return [
        {"place": place.name, "count": count, "url": url_for("staff.hours.outside", place=place.slug)}
        for place, count in counts
        if count
    ]


def version(shown: dict[str, Any]) -> str:
    """Changes whenever the page would show something else, but not with every minute that passes."""
    still = [{**each, "left": None} for each in shown["waiting"]]
    told = (shown["day"], shown["appointments"], still, shown["weeks"], shown["undelivered"])
    return codes.fingerprint(repr(told).encode())


def chosen_reach() -> Reach:
    """The reach of the member, narrowed to the location the address names."""
    place = g.desk.reach.place(request.args.get("place", ""))
    return Reach(g.desk.garage, (place,), whole=False) if place else g.desk.reach


def _steps_left(now: datetime) -> int:
    """How many first steps a garage still has to take; only owners are told."""
    if not g.desk.may(Right.OWN):
        return 0
    return sum(not each.done for each in readiness.steps(g.desk.garage, now))


def _places() -> list[dict[str, Any]]:
    """The locations one can choose between; none where there is only one."""
    chosen = request.args.get("place")
    listed = g.desk.reach.listed
    if len(listed) < 2:
        return []
    day = request.args.get("day")
    return [
        {"name": None, "url": url_for(".show", day=day), "here": chosen is None},
        *(
            {
                "name": place.name,
                "url": url_for(".show", place=place.slug, day=day),
                "here": chosen == place.slug,
            }
            for place in listed
        ),
    ]


def _today(reach: Reach, now: datetime) -> date:
    zone = reach.locations[0].zone if reach.locations else "UTC"
    return now.astimezone(ZoneInfo(zone)).date()


def _asked_day(today: date) -> date:
    day = asked.day()
    return day if day is not None and abs(day - today) <= FAR else today


def _url(day: date | None) -> str:
    return url_for(".show", day=day.isoformat() if day else None, place=request.args.get("place"))


def _told(line: Line) -> dict[str, Any]:
    return {
        "uid": line.uid,
        "time": dates.clock_time(line.start_minute),
        "plate": line.plate,
        "name": line.name,
        "car": line.car,
        "number": line.number,
        "place": line.place.name,
        "work": work(line.place, line.flow, line.damage_flow, g.language),
    }


def _appointment(line: Line, now: datetime) -> dict[str, Any]:
    local = now.astimezone(ZoneInfo(line.place.zone))
    ended = (line.day, line.end_minute) <= (local.date(), local.hour * 60 + local.minute)
    return {**_told(line), "over": ended}


def _waiting(line: Line, now: datetime) -> dict[str, Any]:
    left = max(1, ceil((line.held_until - now) / timedelta(minutes=1)))
    return {
        **_told(line),
        "day": dates.long_day(line.day, g.language),
        "until": dates.local_clock(line.held_until, line.place.zone),
        "ends": line.held_until.isoformat(),
        "left": left,
        "kept": line.state != State.ASKED,
    }


def _week(place: LocationView, first: date, now: datetime) -> dict[str, Any]:
    days = week.days(place, first, first + timedelta(days=DAYS - 1), now)
    return {"place": place.name, "days": [_day(each, first, place) for each in days]}


def _day(each: week.Day, shown: date, place: LocationView) -> dict[str, Any]:
    return {
        "name": dates.short_weekday(each.day, g.language),
        "number": each.day.day,
        "long": dates.long_day(each.day, g.language),
        "url": _url(each.day),
        "here": each.day == shown,
        "taken": each.taken,
        "capacity": each.capacity,
        "bars": _bars(each.work, each.capacity),
        "work": [
            {
                "name": work(place, part.offering.flow, part.offering.damage_flow, g.language),
                "taken": part.taken,
                "capacity": part.capacity,
            }
            for part in each.work
            if part.taken or part.capacity
        ],
    }


def _bars(parts: Sequence[week.Work], capacity: int) -> list[dict[str, int]]:
    """The places taken by each kind of work, stacked from the bottom, in hundredths of what fits the day."""
    most = max(capacity, sum(part.taken for part in parts), 1)
    bars, below = [], 0
    for number, part in enumerate(parts):
        height = round(100 * part.taken / most)
        if height:
            bars.append({"kind": number % 4, "top": 100 - below - height, "height": height})
        below += height
    return bars
