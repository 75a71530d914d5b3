"""What the letters about a booking have in common: whether they still hold, and what they all tell."""

from datetime import datetime
from typing import Any

from portal.core import tags
from portal.core.dates import local_clock, local_moment, long_day
from portal.core.stages import Name
from portal.domain.booking import queries
from portal.domain.booking.errors import RequestUnknown
from portal.domain.booking.queries import Appointment
from portal.domain.cases import queries as cases
from portal.domain.cases import timeline
from portal.domain.garage.profile import AddedTo
from portal.domain.mailing import queries as letters
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.errors import Outdated
from portal.letters import links, values
from portal.letters.values import Value


class NothingWaits:
    """A letter that starts no deadline: if it is deferred, nothing needs to be taken back."""

    def deferred(self, message: Claim, now: datetime) -> None:
        """Nothing waits for this letter."""


def coming(message: Claim, now: datetime) -> Appointment:
    """The booked appointment that `message` is about.

    Raises:
        Outdated: it is over or not booked, or a newer letter says the same of it.
    """
    appointment = not_over(message, now)
    if not appointment.is_booked:
        raise Outdated
    return appointment


def just_booked(message: Claim, now: datetime, *, moved: str) -> Appointment:
    """The same, for a letter that says it is booked; `moved` is the purpose of the letter that tells of a move.

    Not the sequence decides: that rises with a corrected time zone too, and whoever lost the letter of a move may ask for
    this one.

    Raises:
        Outdated: as `coming`, or a letter that was written down since tells that it has moved.
    """
    appointment = coming(message, now)
    if not letters.is_newest(message.id, message.about, moved):
        raise Outdated
    return appointment


def not_over(message: Claim, now: datetime) -> Appointment:
    """The appointment that `message` is about, whatever became of it.

    Raises:
        Outdated: it is over, or a newer letter of this purpose tells of it.
    """
    try:
        appointment = queries.appointment(message.about)
    except RequestUnknown:
        raise Outdated from None
    if appointment.ends_at <= now or not letters.is_newest(message.id, message.about, message.purpose):
        raise Outdated
    return appointment


def added_words(letter: AddedTo, appointment: Appointment, language: str, now: datetime) -> list[str]:
    """The garage's own paragraphs in a letter that writes itself, with what their tags stand for."""
    paragraphs = appointment.garage.added_words(letter, language)
    if not any("[" in each for each in paragraphs) or appointment.case_uid is None:
        return paragraphs
    case = cases.by_uid(appointment.garage.id, appointment.case_uid)
    told = values.of_case(appointment.garage, case, language, now) | {
        Value.APPOINTMENT_DAY: long_day(appointment.day, language),
        Value.APPOINTMENT_TIME: local_clock(appointment.starts_at, appointment.location.zone),
    }
    return [tags.fill(each, told) for each in paragraphs]


def facts(appointment: Appointment, language: str, now: datetime) -> dict[str, Any]:
    """What one needs to come, or to change one's mind."""
    changeable = now <= appointment.change_until
    return {
        "car": car(appointment),
        "case_number": appointment.case_number,
        "expected_end": _expected_end(appointment, language, now),
        "bring": appointment.location.bring(language),
        "map_url": appointment.location.map_url,
        "booking_url": links.booking(appointment),
        "change_url": links.change(appointment),
        "cancel_url": links.cancel(appointment),
        "change_until": _local(appointment, appointment.change_until, language) if changeable else None,
        "track_url": _track_url(appointment),
    }


def car(appointment: Appointment) -> str:
    """Make and model, as far as they are known."""
    return f"{appointment.make} {appointment.model}".strip()


def again_url(appointment: Appointment) -> str | None:
    """Where to book the same once more, unless the location does not take it any more."""
    garage, location = appointment.garage, appointment.location
    if not location.takes(appointment.flow):
        return None
    if appointment.case_uid:
        return links.book(garage, appointment.flow, appointment.case_uid)
    return links.entrance(garage, appointment.flow, location)


def _local(appointment: Appointment, moment: datetime, language: str) -> str:
    return local_moment(moment, appointment.location.zone, language)


def _track_url(appointment: Appointment) -> str | None:
    if appointment.case_uid is None or not appointment.location.takes("status"):
        return None
    return links.status(appointment.garage, appointment.case_uid)


def _expected_end(appointment: Appointment, language: str, now: datetime) -> str | None:
    if appointment.flow != "repair" or appointment.case_uid is None:
        return None
    progress = timeline.progress(appointment.garage.id, appointment.case_uid)
    today = appointment.location.today(now)
    stages = timeline.of(progress, appointment.location, today, appointment_on=appointment.day)
    end = stages[Name.FINISHED].on
    return long_day(end, language) if end else None
