"""Hours in words: why a time is refused, what is wrong with a row, and what a week says."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from babel.dates import get_day_names
from flask import g

from portal.core import dates
from portal.core.scheduling import Problem, Refusal
from portal.web.staff.hours.fields import hhmm
from portal.web.words import gettext as _
from portal.web.words import lazy_gettext, ngettext

REFUSALS = {
    Refusal.CLOSED: lazy_gettext("It lies within a closure."),
    Refusal.CLOSED_THAT_DAY: lazy_gettext("An exception closes that day."),
    Refusal.PUBLIC_HOLIDAY: lazy_gettext("That day is a public holiday. An exception would open it."),
    Refusal.OUTSIDE_HOURS: lazy_gettext("It lies outside the hours of that day."),
    Refusal.BETWEEN_SLOTS: lazy_gettext("The hours are open then, but no appointment starts at this minute."),
    Refusal.CLOCK_CHANGE: lazy_gettext("The clock is changed that night, and this time does not exist."),
    Refusal.PAST: lazy_gettext("It is over."),
    Refusal.TOO_SOON: lazy_gettext("It is too soon: the notice is longer than the time that is left."),
    Refusal.TOO_FAR: lazy_gettext("It is too far ahead: customers cannot book that far."),
    Refusal.DAY_FULL: lazy_gettext("The location has as many appointments that day as its limit allows."),
    Refusal.WORK_DAY_FULL: lazy_gettext("This work has as many appointments that day as its limit allows."),
    Refusal.SLOT_FULL: lazy_gettext("All places of this time are taken."),
}
# In few words, where many stand below each other.
SHORT_REFUSALS = {
    Refusal.CLOSED: lazy_gettext("closed"),
    Refusal.CLOSED_THAT_DAY: lazy_gettext("closed that day"),
    Refusal.PUBLIC_HOLIDAY: lazy_gettext("public holiday"),
    Refusal.OUTSIDE_HOURS: lazy_gettext("outside the hours"),
    Refusal.BETWEEN_SLOTS: lazy_gettext("between two times"),
    Refusal.CLOCK_CHANGE: lazy_gettext("clock change"),
    Refusal.PAST: lazy_gettext("over"),
    Refusal.TOO_SOON: lazy_gettext("too soon"),
    Refusal.TOO_FAR: lazy_gettext("too far ahead"),
    Refusal.DAY_FULL: lazy_gettext("day full"),
    Refusal.WORK_DAY_FULL: lazy_gettext("limit of the work reached"),
    Refusal.SLOT_FULL: lazy_gettext("full"),
}
# Each broken rule: the field of the row it is told at, and how to mend it.
PROBLEMS = {
    Problem.NO_WEEKDAY: ("mon", lazy_gettext("Choose at least one day of the week.")),
    Problem.OUTSIDE_DAY: ("end", lazy_gettext("A day goes from 00:00 to 24:00.")),
    Problem.ENDS_BEFORE_START: ("end", lazy_gettext("These hours end before they begin.")),
    Problem.SLOT_TOO_SHORT: ("slot_minutes", lazy_gettext("An appointment takes at least 5 minutes.")),
    Problem.SLOT_TOO_LONG: ("slot_minutes", lazy_gettext("One appointment is longer than these hours.")),
    Problem.NO_PLACES: ("places", lazy_gettext("There must be at least one place.")),
    Problem.VALIDITY_REVERSED: ("valid_until", lazy_gettext("The last day lies before the first.")),
    Problem.OVERLAP: ("start", lazy_gettext("These hours overlap other hours of the same day.")),
}


def weekdays(width: Literal["abbreviated", "wide"] = "abbreviated") -> list[str]:
    """The days of the week in the language of the page, Monday first."""
    names = get_day_names(width, "stand-alone", g.language)
    return [names[number].rstrip(".") for number in range(7)]


def some_days(numbers: Iterable[int]) -> str:
    """`Mon–Fri, Sun`."""
    names = weekdays()
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        names[run[0]] if len(run) == 1 else f"{names[run[0]]}{'–' if len(run) > 2 else ', '}{names[run[-1]]}"
        for run in runs
    )


def spans(pairs: Iterable[Iterable[int]]) -> str:
    """`09:00–12:00, 13:00–17:00`."""
    return ", ".join("–".join(hhmm(minute) for minute in pair) for pair in pairs)


def each(minutes: int, places: int) -> str:
    """What fits into hours: `every 30 minutes, 2 places`."""
    return ngettext(
        "every %(minutes)s minutes, %(num)s place",
        "every %(minutes)s minutes, %(num)s places",
        places,
        minutes=minutes,
    )


def row(hours: Mapping[str, Any], work: Mapping[str, Any]) -> str:
    """One line of a week, from stored values; `work` has what the line leaves open."""
    told = _(
        "%(days)s %(times)s, %(each)s",
        days=some_days(hours["days"]),
        times=spans(hours["open"]),
        each=each(*_fits(hours, work)),
    )
    first, last = hours.get("valid_from"), hours.get("valid_until")
    if first and last:
        return _("%(row)s, from %(first)s until %(last)s", row=told, first=_day(first), last=_day(last))
    if first:
        return _("%(row)s, from %(first)s on", row=told, first=_day(first))
    if last:
        return _("%(row)s, until %(last)s", row=told, last=_day(last))
    return told


def exception(one: Mapping[str, Any], work: Mapping[str, Any]) -> str:
    """One exceptional day."""
    if not one["open"]:
        return _("%(day)s: closed", day=_day(one["day"]))
    return _(
        "%(day)s: %(times)s, %(each)s",
        day=_day(one["day"]),
        times=spans(one["open"]),
        each=each(*_fits(one, work)),
    )


def closure(one: Mapping[str, Any]) -> str:
    """The days of a closure."""
    if one["first"] == one["last"]:
        return _day(one["first"])
    return _("%(first)s to %(last)s", first=_day(one["first"]), last=_day(one["last"]))


def duration(minutes: int) -> str:
    """Minutes in the largest unit that says them whole."""
    if minutes and minutes % 1440 == 0:
        return ngettext("%(num)s day", "%(num)s days", minutes // 1440)
    if minutes and minutes % 60 == 0:
        return ngettext("%(num)s hour", "%(num)s hours", minutes // 60)
    return ngettext("%(num)s minute", "%(num)s minutes", minutes)


def _fits(hours: Mapping[str, Any], work: Mapping[str, Any]) -> tuple[int, int]:
    return hours.get("slot_minutes") or work["slot_minutes"], hours.get("places") or work["places"]


def _day(iso: str) -> str:
    return dates.long_day(date.fromisoformat(iso), g.language)
