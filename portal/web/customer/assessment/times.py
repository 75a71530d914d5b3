"""The timeslots of a location as a page shows them: plain strings, made once, so that the page is quick."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask_babel import gettext, ngettext

from portal.core import dates, scheduling
from portal.domain.booking.queries import Offer

NOON = 12 * 60


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
    """A day of the horizon, in words; `new_month` is set on the first day shown of a month."""

    url: str
    weekday: str
    number: int
    month: str
    long: str
    free: int
    level: str
    note: str
    selected: bool
    new_month: str | None
    times: list[TimeRow]


def days(offer: Offer, language: str, listed: list[TimeRow], suffix: str) -> list[DayRow]:
    """Every day of the horizon with how full it is; the shown one carries `listed`."""
    notes = _Notes()
    rows, month = [], 0
    for each in offer.days:
        day, selected = each.day, each.day == offer.day
        rows.append(
            DayRow(
                url=f"?day={day}{suffix}",
                weekday=dates.short_weekday(day, language),
                number=day.day,
                month=dates.short_month(day, language),
                long=dates.long_day(day, language),
                free=each.slots,
                level=_level(each),
                note=notes.of(each),
                selected=selected,
                new_month=dates.month(day, language) if day.month != month else None,
                times=listed if selected else [],
            )
        )
        month = day.month
    return rows


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


class _Notes:
    """How full a day is, in words; each sentence is looked up once a page."""

    def __init__(self) -> None:
        self._free: dict[int, str] = {}
        full, over = gettext("full"), gettext("too late")
        self._none = {
            scheduling.Refusal.SLOT_FULL: full,
            scheduling.Refusal.DAY_FULL: full,
            scheduling.Refusal.PAST: over,
            scheduling.Refusal.TOO_SOON: over,
        }
        self._closed = gettext("closed")

    def of(self, day: scheduling.DayOffer) -> str:
        if day.refusal is not None:
            return self._none.get(day.refusal, self._closed)
        if day.slots not in self._free:
            self._free[day.slots] = ngettext("%(num)s time free", "%(num)s times free", day.slots)
        return self._free[day.slots]


def _level(day: scheduling.DayOffer) -> str:
    if not day.slots:
        return "none"
    share = day.free / max(day.capacity, 1)
    return "few" if share < 0.25 else "some" if share < 0.6 else "many"


def next_free(offer: Offer, language: str, view: str) -> dict[str, str] | None:
    """The way to the next day with something free."""
    day = offer.next_free
    return {"url": f"?day={day}&view={view}", "long": dates.long_day(day, language)} if day else None
