"""The letter that says an appointment has another time; its calendar file moves the event."""

from datetime import datetime

from portal.adapters.mailer import Letter
from portal.domain.mailing.claims import Claim
from portal.letters import appointments, calendar
from portal.letters.appointments import NothingWaits
from portal.letters.render import render


class Moved(NothingWaits):
    """Writes the letter of the time a booking has now."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter with its calendar file.

        Raises:
            Outdated: the appointment is over, was cancelled, or has moved once more.
        """
        appointment = appointments.coming(message, now)
        return render(
            f"{appointment.flow}_moved",
            message.language,
            appointment,
            attachments=(calendar.attachment(appointment),),
            added_words=appointments.added_words("moved", appointment, message.language, now),
            **appointments.facts(appointment, message.language, now),
        )
