"""What the desk can ask of its cases, and a case as a list shows it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.core.stages import Name as Stage
from portal.domain.garage.views import LocationView


class Sort(StrEnum):
    """The orders of a list."""

    NEWEST = "newest"
    APPOINTMENT = "appointment"  # coming ones, soonest first; then the other cases, newest first
    PLANNED_END = "end"  # of cars that are not done, soonest first; then the other cases, newest first
    PLATE = "plate"
    NAME = "name"  # family name first; then those without one, newest first


class Coming(StrEnum):
    """Which appointment a case has."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "week"  # from Monday to Sunday
    NEXT_WEEK = "next_week"
    ANY = "any"  # one that is not over
    NONE = "none"


@dataclass(frozen=True)
class Search:
    """Which cases, in which order. Empty is no condition; days are those at the garage, both included.

    `words`: beginnings of a plate, a case number, a name, a mail address, a phone number or a VIN, in any spelling.
    `stage`: the last one reached, where an appointment means that the car is still expected.
    """

    words: str = ""
    location: LocationView | None = None
    stage: Stage | None = None
    damage_flow: str = ""
    appointment: Coming | None = None
    created_from: date | None = None
    created_to: date | None = None
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True, slots=True)
class Line:
    """A case as a list shows it. `appointment` is its next one, `damage_flow` what the case says of it."""

    case_id: int
    number: str
    plate: str
    name: str
    car: str
    place: LocationView
    stage: Stage
    damage_flow: str | None
    created_at: datetime
    appointment: datetime | None
    planned_end_on: date | None


@dataclass(frozen=True)
class Found:
    """Some lines of a list; `after` is where the next ones begin, None at its end."""

    lines: list[Line]
    after: str | None
