"""The letters that say an appointment is cancelled, by its customer or by the garage; the calendar file removes the event."""

from datetime import datetime

from portal.adapters.mailer import Letter
from portal.domain.booking import notices
from portal.domain.mailing.claims import Claim
from portal.letters import appointments, calendar
from portal.letters.appointments import NothingWaits
from portal.letters.render import render


class Cancelled(NothingWaits):
    """Writes the letter of a cancelled booking."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter with its calendar file.

        Raises:
            Outdated: the time of the appointment is over.
        """
        appointment = appointments.not_over(message, now)
        return render(
            f"{appointment.flow}_cancelled",
            message.language,
            appointment,
            attachments=(calendar.attachment(appointment),),
            again_url=appointments.again_url(appointment),
            added_words=appointments.added_words("cancelled", appointment, message.language, now),
        )


class CalledOff(NothingWaits):
    """Writes the letter of a booking that the garage cancelled."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter with its calendar file, and the reason if the garage gave one.

        Raises:
            Outdated: the time of the appointment is over.
        """
        appointment = appointments.not_over(message, now)
        return render(
            f"{appointment.flow}_called_off",
            message.language,
            appointment,
            attachments=(calendar.attachment(appointment),),
            again_url=appointments.again_url(appointment),
            reason=notices.inside(appointment.uid).reason,
        )
