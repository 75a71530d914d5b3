"""What the garage hears of a booking, as soon as it happens: who comes when, for what, and how to reach them."""

from datetime import datetime

from flask_babel import force_locale, gettext

from portal.adapters.mailer import Letter
from portal.core.dates import local_moment
from portal.core.normalise import phones
from portal.domain.booking import notices
from portal.domain.booking.notices import to_garage
from portal.domain.booking.queries import Appointment
from portal.domain.garage.views import LocationView
from portal.domain.mailing.claims import Claim
from portal.letters import appointments, harmless
from portal.letters.appointments import NothingWaits
from portal.letters.render import render


class GarageBooked(NothingWaits):
    """Writes the letter of a new booking."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter.

        Raises:
            Outdated: the appointment is over, was cancelled, or has moved, which a letter of its own tells.
        """
        appointment = appointments.just_booked(message, now, moved=to_garage(notices.MOVED))
        return _letter(notices.BOOKED, appointment, message.language)


class GarageMoved(NothingWaits):
    """Writes the letter of a booking that has another time."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter.

        Raises:
            Outdated: the appointment is over, was cancelled, or has moved once more.
        """
        return _letter(notices.MOVED, appointments.coming(message, now), message.language)


class GarageCancelled(NothingWaits):
    """Writes the letter of a cancelled booking."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter.

        Raises:
            Outdated: the time of the appointment is over.
        """
        return _letter(notices.CANCELLED, appointments.not_over(message, now), message.language)


def work(location: LocationView, flow: str, damage_flow: str, language: str) -> str:
    """What is to be done, as the garage calls it."""
    if flow != "repair":
        with force_locale(language):
            return gettext("Damage assessment")
    known = location.damage_flow(damage_flow)
    names = {} if known is None else {str(spoken): name for spoken, name in known.name.items()}
    with force_locale(language):
        return names.get(language) or gettext("Repair")


def _letter(what: str, appointment: Appointment, language: str) -> Letter:
    inside = notices.inside(appointment.uid)
    zone = appointment.location.zone
    moved_from = inside.moved_from if what == notices.MOVED else None
    return render(
        to_garage(what),
        language,
        appointment,
        reply_to=inside.email or None,
        work=work(appointment.location, appointment.flow, appointment.damage_flow, language),
        case_number=appointment.case_number,
        car=harmless.prose(appointments.car(appointment)),
        person=harmless.prose(inside.name),
        phone=phones.spoken(inside.phone) if inside.phone else None,
        phone_href=inside.phone,
        mail=inside.email,
        moved_from=local_moment(moved_from, zone, language) if moved_from else None,
        reason=harmless.prose(inside.reason),
        called_off=appointment.called_off,
    )
