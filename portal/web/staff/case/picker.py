"""Picking a time at the desk: the days and times there are, and why any other is not given."""

from datetime import date, datetime
from typing import Any, NamedTuple

from flask import g, request, url_for

from portal.core import dates
from portal.core.scheduling import DayOffer, Timeslot
from portal.domain.booking import offers
from portal.domain.garage.offerings import Offering
from portal.web import asked
from portal.web.staff.case import words


class Chosen(NamedTuple):
    """A time as a form names it: `2026-12-01T09:00`."""

    day: date
    minute: int


class Day(NamedTuple):
    """A day of the horizon: how many times are free, or why none is."""

    url: str
    weekday: str
    number: int
    month: str
    long: str
    free: int
    why: str
    here: bool


class Time(NamedTuple):
    """A time of the shown day; with `why` it cannot be chosen."""

    value: str
    label: str
    free: int
    why: str
    checked: bool


def parse(value: str) -> Chosen | None:
    """The time a form names, if it names one."""
    day, _, time = value.partition("T")
    hour, _, minute = time.partition(":")
    try:
        return Chosen(date.fromisoformat(day), int(hour) * 60 + int(minute))
    except ValueError:
        return None


def context(
    offering: Offering,
    now: datetime,
    checked: str,
    *,
    but_booking: str | None = None,
    else_day: date | None = None,
) -> dict[str, Any]:
    """What a page shows: the day asked for in the address, else that of the time that is chosen, else `else_day`."""
    chosen = parse(checked)
    wanted = asked.day() or (chosen.day if chosen else else_day)
    offer = offers.offer(offering, now, wanted, but_booking=but_booking)
    days = [_day(each, each.day == offer.day) for each in offer.days]
    return {
        "days": days,
        "times": [_time(each, checked) for each in offer.timeslots],
        "shown": dates.long_day(offer.day, g.language) if offer.day else "",
        "shown_why": next((each.why for each in days if each.here), ""),
        "next_free": _day_url(offer.next_free) if offer.next_free else "",
        "place": offering.location,
        "open": offering.is_open,
    }


def _day(each: DayOffer, here: bool) -> Day:
    return Day(
        url=_day_url(each.day),
        weekday=dates.short_weekday(each.day, g.language),
        number=each.day.day,
        month=dates.short_month(each.day, g.language),
        long=dates.long_day(each.day, g.language),
        free=each.slots,
        why=str(words.REFUSALS[each.refusal]) if each.refusal else "",
        here=here,
    )


def _time(slot: Timeslot, checked: str) -> Time:
    start = dates.clock_time(slot.start)
    value = f"{slot.day}T{start}"
    return Time(
        value=value,
        label=f"{start} – {dates.clock_time(slot.end)}",
        free=slot.free,
        why=str(words.REFUSALS[slot.refusal]) if slot.refusal else "",
        checked=value == checked,
    )


def _day_url(day: date) -> str:
    return url_for(
        request.endpoint or "", **{**(request.view_args or {}), "day": day.isoformat()}, _anchor="day"
    )
