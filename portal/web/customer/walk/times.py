"""The timeslots of a location as a page shows them: plain strings, made once, so that the page is quick."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from flask import get_template_attribute
from flask_babel import gettext, ngettext
from markupsafe import Markup

from portal.core import dates, scheduling
from portal.core.scheduling import Refusal
from portal.domain.booking.offers import Offer

NOON = 12 * 60
FULL = {Refusal.SLOT_FULL, Refusal.DAY_FULL, Refusal.WORK_DAY_FULL}
OVER = {Refusal.PAST, Refusal.TOO_SOON}


@dataclass(frozen=True)
class Chosen:
    """A timeslot as a form names it: `2026-12-01T09:00`."""

    day: date
    minute: int

    @classmethod
    def parse(cls, value: str) -> "Chosen | None":
        """The timeslot a form named, or None if the words are no day and time."""
        day, _, time = value.partition("T")
        hour, _, minute = time.partition(":")
        try:
            return cls(date.fromisoformat(day), int(hour) * 60 + int(minute))
        except ValueError:
            return None


class TimeRow(NamedTuple):
    """A bookable timeslot: what its radio button sends, and what stands on it."""

    value: str
    minute: int
    label: str
    until: str
    checked: bool


class DayRow(NamedTuple):
    """A day of the horizon, in words."""

    url: str
    weekday: str
    number: int
    month: str
    long: str
    free: int
    level: str
    note: str
    selected: bool


class Month(NamedTuple):
    """The days of one month as the strip shows them."""

    title: str
    days: Markup


def days(offer: Offer, language: str, suffix: str) -> list[DayRow]:
    """Every day of the horizon with how full it is."""
    return [_day_row(each, language, suffix, each.day == offer.day) for each in offer.days]


def months(offer: Offer, rows: list[DayRow], language: str) -> list[Month]:
    """The same days by month, ready for the strip."""
    titles = [dates.month(each.day, language) for each in offer.days]
    by_month = groupby(zip(titles, rows, strict=True), key=itemgetter(0))
    return [Month(title, Markup("").join(_strip_day(row) for _, row in both)) for title, both in by_month]


# A page has sixty days, and most of them look as they did on the page before.
@lru_cache(maxsize=8192)
def _day_row(offer: scheduling.DayOffer, language: str, suffix: str, selected: bool) -> DayRow:
    day = offer.day
    return DayRow(
        url=f"?day={day}{suffix}",
        weekday=dates.short_weekday(day, language),
        number=day.day,
        month=dates.short_month(day, language),
        long=dates.long_day(day, language),
        free=offer.slots,
        level=_level(offer),
        note=_note(offer),
        selected=selected,
    )


@lru_cache(maxsize=8192)
def _strip_day(row: DayRow) -> Markup:
    shown: Markup = get_template_attribute("customer/walk/strip_day.html", "strip_day")(row)
    return shown


def times(offer: Offer, checked: str) -> list[TimeRow]:
    """The bookable timeslots of the shown day."""
    rows = []
    for slot in offer.timeslots:
        if slot.refusal is None:
            label = dates.clock_time(slot.start)
            value = f"{slot.day}T{label}"
            rows.append(TimeRow(value, slot.start, label, dates.clock_time(slot.end), value == checked))
    return rows


def parts(rows: list[TimeRow]) -> list[dict[str, object]]:
    """The same, in the morning and in the afternoon."""
    morning = [row for row in rows if row.minute < NOON]
    afternoon = rows[len(morning) :]
    halves = ((gettext("Morning"), morning), (gettext("Afternoon"), afternoon))
    return [{"title": title, "times": half} for title, half in halves if half]


def _note(day: scheduling.DayOffer) -> str:
    """How full a day is, in words of the language that is spoken."""
    if day.refusal is None:
        return ngettext("%(num)s time free", "%(num)s times free", day.slots)
    if day.refusal in FULL:
        return gettext("full")
    return gettext("too late") if day.refusal in OVER else gettext("closed")


def _level(day: scheduling.DayOffer) -> str:
    if not day.slots:
        return "none"
    share = day.free / max(day.capacity, 1)
    return "few" if share < 0.25 else "some" if share < 0.6 else "many"


def next_free(offer: Offer, language: str, view: str) -> dict[str, str] | None:
    """The way to the next day with something free."""
    day = offer.next_free
    return {"url": f"?day={day}&view={view}", "long": dates.long_day(day, language)} if day else None
