"""How far a repair is, in sentences."""

from dataclasses import dataclass
from datetime import date

from flask import g

from portal.core import dates
from portal.core.stages import Name, Stage, Timeline
from portal.web.words import gettext as _


@dataclass(frozen=True)
class Told:
    """`headline`: what is now. `next`: what comes. `ready_on`: the day the car is expected to be finished."""

    headline: str
    next: str
    ready_on: str | None


@dataclass(frozen=True)
class Visit:
    """A coming assessment, in words."""

    day: str
    time: str


def label(stage: Name) -> str:
    """What a stage is called."""
    match stage:
        case Name.APPOINTMENT:
            return _("Appointment")
        case Name.VEHICLE_IN:
            return _("Car brought in")
        case Name.WORK_STARTED:
            return _("Work started")
        case Name.FINISHED:
            return _("Work finished")
        case Name.COLLECTED:
            return _("Car collected")


def tell(line: Timeline, today: date, *, bookable: bool, visit: Visit | None) -> Told:
    """The heart of the page."""
    finish = line[Name.FINISHED]
    ready_on = finish.on if finish.is_expected else None
    late = ready_on is not None and ready_on < today
    match line.now:
        case None:
            headline, coming = _("No appointment for the repair yet"), _without(bookable, visit)
        case Name.APPOINTMENT if line[Name.APPOINTMENT].done:
            headline, coming = _("We are waiting for your car"), _missed(line[Name.APPOINTMENT])
        case Name.APPOINTMENT:
            headline, coming = _("Your appointment is booked"), _bring(line[Name.APPOINTMENT], today)
        case Name.VEHICLE_IN:
            headline, coming = _("Your car is with us"), _("Next we start the work.")
        case Name.WORK_STARTED:
            headline, coming = _("We are working on your car"), _("Next we finish the work.")
        case Name.FINISHED:
            headline, coming = _("Your car is ready"), _("Next you collect it. Call us to agree on a time.")
        case Name.COLLECTED:
            headline, coming = _("Your car is back with you"), _("Everything is done. Have a good journey!")
    if late and line.now in {Name.VEHICLE_IN, Name.WORK_STARTED}:
        coming = _("It takes longer than planned. Call us, and we tell you when it will be ready.")
    return Told(headline, coming, _day(ready_on) if ready_on and not late else None)


def when(stage: Stage, today: date) -> str | None:
    """The day of a stage, and whether it is a plan."""
    if stage.on is None:
        return None
    day = _day(stage.on)
    if stage.minute is not None:
        return f"{day}, {dates.clock_time(stage.minute)}"
    if stage.done:
        return day
    return _("planned for %(day)s", day=day) if stage.on < today else _("expected on %(day)s", day=day)


def _without(bookable: bool, visit: Visit | None) -> str:
    if visit is not None:
        return _("First we look at the damage: %(day)s, %(time)s.", day=visit.day, time=visit.time)
    if bookable:
        return _("Next you choose a time for the repair.")
    return _("Call us, and we find a time together.")


def _bring(appointment: Stage, today: date) -> str:
    time = dates.clock_time(appointment.minute or 0)
    if appointment.on == today:
        return _("Bring us your car today at %(time)s.", time=time)
    return _("Bring us your car on %(day)s at %(time)s.", day=_day(appointment.on or today), time=time)


def _missed(appointment: Stage) -> str:
    day = _day(appointment.on) if appointment.on else ""
    return _("Your appointment was on %(day)s. Something came up? Call us.", day=day)


def _day(day: date) -> str:
    return dates.long_day(day, g.language)
