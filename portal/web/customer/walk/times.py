"""The timeslots of a location as a page shows them: plain strings, made once, so that the page is quick."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from portal.core import dates, scheduling
from portal.core.scheduling import Refusal
from portal.domain.booking.offers import Offer
from portal.web import words
from portal.web.words import gettext, ngettext

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


class Part(NamedTuple):
    """A half of a day with its times as the page shows them."""

    title: str
    times: Markup


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


def days(offer: Offer, language: str, suffix: str = "") -> list[DayRow]:
    """Every day of the horizon with how full it is."""
    return [_day_row(each, language, suffix, each.day == offer.day) for each in offer.days]


def months(offer: Offer, language: str) -> tuple[Month, ...]:
    """The same days by month, ready for the strip."""
    return _months(tuple(offer.days), offer.day, language)


# Most visitors look at the same days, and what they see of them depends on nothing but these values. Of a page that
# changed, most days look as they did before.
@lru_cache(maxsize=256)
def _months(offers: tuple[scheduling.DayOffer, ...], shown: date | None, language: str) -> tuple[Month, ...]:
    by_month = groupby(offers, key=lambda each: dates.month(each.day, language))
    return tuple(
        Month(title, Markup("").join(_strip_day(each, language, each.day == shown) for each in of_month))
        for title, of_month in by_month
    )


@lru_cache(maxsize=8192)
def _strip_day(offer: scheduling.DayOffer, language: str, selected: bool) -> Markup:
    return _macros(language).strip_day(_day_row(offer, language, "", selected))


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


def times(offer: Offer, checked: str) -> tuple[TimeRow, ...]:
    """The bookable timeslots of the shown day."""
    rows = []
    for slot in offer.timeslots:
        if slot.refusal is None:
            label = dates.clock_time(slot.start)
            value = f"{slot.day}T{label}"
            rows.append(TimeRow(value, slot.start, label, dates.clock_time(slot.end), value == checked))
    return tuple(rows)


@lru_cache(maxsize=1024)
def parts(rows: tuple[TimeRow, ...], language: str) -> list[Part]:
    """The same, in the morning and in the afternoon."""
    morning = tuple(row for row in rows if row.minute < NOON)
    afternoon = rows[len(morning) :]
    halves = ((gettext("Morning"), morning), (gettext("Afternoon"), afternoon))
    return [Part(title, buttons(half, language)) for title, half in halves if half]


@lru_cache(maxsize=1024)
def buttons(rows: tuple[TimeRow, ...], language: str) -> Markup:
    """Times to choose from."""
    return _macros(language).times(rows)


def _macros(language: str) -> Any:
    return words.macros("customer/walk/kept.html", language)


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
