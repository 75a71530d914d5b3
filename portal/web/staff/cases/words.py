"""Cases in words: where a car is, which appointment, in which order, and what is wrong with what was typed."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from flask import g
from flask_babel import lazy_gettext

from portal.core import dates
from portal.core.stages import Name as Stage
from portal.domain.booking.finding.search import Coming, Line, Sort
from portal.domain.cases.errors import Problem, Reason
from portal.domain.garage.profile import DamageFlow
from portal.web.words import gettext as _

STAGES = {
    Stage.APPOINTMENT: lazy_gettext("Expected"),
    Stage.VEHICLE_IN: lazy_gettext("In the workshop"),
    Stage.WORK_STARTED: lazy_gettext("Work started"),
    Stage.FINISHED: lazy_gettext("Work finished"),
    Stage.COLLECTED: lazy_gettext("Collected"),
}
APPOINTMENTS = {
    Coming.TODAY: lazy_gettext("Appointment today"),
    Coming.TOMORROW: lazy_gettext("Appointment tomorrow"),
    Coming.THIS_WEEK: lazy_gettext("Appointment this week"),
    Coming.NEXT_WEEK: lazy_gettext("Appointment next week"),
    Coming.ANY: lazy_gettext("Appointment to come"),
    Coming.NONE: lazy_gettext("No appointment to come"),
}
SORTS = {
    Sort.NEWEST: lazy_gettext("Newest first"),
    Sort.APPOINTMENT: lazy_gettext("Next appointment"),
    Sort.PLANNED_END: lazy_gettext("Expected end"),
    Sort.PLATE: lazy_gettext("Plate"),
    Sort.NAME: lazy_gettext("Name"),
}

_NOT_A_DAY = lazy_gettext("Enter a day, for example 31/12/2026.")
_MALFORMED: dict[str, Any] = {
    "number": lazy_gettext("A case number has at least one letter or digit."),
    "plate": lazy_gettext("Enter a licence plate, for example 1-ABC-234."),
    "plate_country": lazy_gettext("Enter a country in two letters, for example BE."),
    "vin": lazy_gettext("A chassis number has 17 letters and digits, without I, O and Q."),
    "mileage": lazy_gettext("Enter the mileage in whole kilometres, for example 45000."),
    "mail": lazy_gettext("Enter a mail address like name@example.com."),
    "phone": lazy_gettext("Enter a phone number, for example +32 470 12 34 56."),
    "activities": lazy_gettext(
        "Write each piece of work on a line of its own, such as Painting, or with the day it started: "
        "Painting=31/12/2026."
    ),
}
_MISSING: dict[str, Any] = {
    "plate": _MALFORMED["plate"],
    "location": lazy_gettext("Choose a location."),
}
_DISORDER = {
    ("finished", "vehicle_in"): lazy_gettext("The work cannot be finished before the car came in."),
    ("collected", "vehicle_in"): lazy_gettext("The car cannot be collected before it came in."),
    ("collected", "finished"): lazy_gettext("The car cannot be collected before the work was finished."),
}


def sentence(problem: Problem) -> str:
    """What is wrong with a field, to whoever filled it in."""
    match problem.reason:
        case Reason.MISSING:
            return str(_MISSING[problem.field])
        case Reason.TOO_LONG:
            return _("Use at most %(max)d characters.", max=int(problem.detail))
        case Reason.TAKEN:
            return _("Another case has this number.")
        case Reason.TWICE:
            return _("%(name)s is there twice.", name=problem.value)
        case Reason.TOO_EARLY | Reason.TOO_LATE:
            pair = (problem.field, problem.detail)
            return str(_DISORDER[pair if pair in _DISORDER else (pair[1], pair[0])])
        case Reason.UNKNOWN:
            return _("Choose one of the list.")
        case Reason.ACCENTED:
            return _("Enter a mail address without accents before the @, like name@example.com.")
        case Reason.UNREADABLE:
            return _("This contains a character we cannot keep. Please type it again.")
        case _:
            return str(_MALFORMED.get(problem.field, _NOT_A_DAY))


class Said(NamedTuple):
    """The words of the list in one language."""

    stages: dict[Stage, str]
    appointments: dict[Coming, str]
    sorts: dict[Sort, str]
    opened: str


@lru_cache(maxsize=16)
def said(_language: str) -> Said:
    """The words of the list in the language that is spoken now; looked up once, not once a row."""
    return Said(
        {each: str(name) for each, name in STAGES.items()},
        {each: str(name) for each, name in APPOINTMENTS.items()},
        {each: str(name) for each, name in SORTS.items()},
        _("opened %(day)s"),
    )


class Row(NamedTuple):
    """A case as the list says it; empty where there is nothing to say."""

    url: str
    plate: str
    name: str
    car: str
    number: str
    opened: str
    stage: str
    at: str
    appointment: str
    end: str
    place: str


def rows(lines: Iterable[Line], today: date, address_of: Callable[[str], str]) -> list[Row]:
    """Cases as the list says them."""
    stages, opened = said(g.language).stages, said(g.language).opened
    return [
        Row(
            address_of(line.number),
            line.plate,
            line.name,
            line.car,
            line.number,
            opened % {"day": local_day(line.created_at, line.place.zone, today)},
            stages[line.stage],
            line.stage,
            moment(line.appointment, line.place.zone, today) if line.appointment else "",
            day(line.planned_end_on, today) if line.planned_end_on else "",
            line.place.name,
        )
        for line in lines
    ]


def flow_name(flow: DamageFlow | None) -> str:
    """The name of a damage flow in the language of the page."""
    if flow is None:
        return ""
    return flow.name.get(g.language) or flow.name[g.desk.garage.languages[0]]


def day(value: date, today: date) -> str:
    """`Wed 25 Nov`, or `25 Nov 2025` of another year."""
    return _day(value, g.language, value.year == today.year)


def local_day(value: datetime, zone: str, today: date) -> str:
    """The day of a moment at a location."""
    return day(value.astimezone(ZoneInfo(zone)).date(), today)


def moment(value: datetime, zone: str, today: date) -> str:
    """`Wed 25 Nov, 09:00` at a location."""
    return f"{local_day(value, zone, today)}, {dates.local_clock(value, zone)}"


@lru_cache(maxsize=4096)
def _day(value: date, language: str, this_year: bool) -> str:
    # English has the day first, as every long day here; "en" alone would write as in America
    locale = "en_GB" if language == "en" else language
    return format_skeleton("MMMEd" if this_year else "yMMMd", value, locale=locale)
