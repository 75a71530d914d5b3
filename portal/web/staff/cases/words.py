"""Cases in words: where a car is, which appointment, in which order."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from flask import g
from flask_babel import lazy_gettext

from portal.core import dates
from portal.core.stages import Name as Stage
from portal.domain.booking.finding.search import Coming, Line, Sort
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
