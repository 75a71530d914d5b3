"""The letter that says an appointment is booked, with all one needs on the day."""

from datetime import datetime

from portal.adapters.mailer import Letter
from portal.domain.booking import notices
from portal.domain.mailing.claims import Claim
from portal.letters import appointments, calendar
from portal.letters.appointments import NothingWaits
from portal.letters.render import render


class Booked(NothingWaits):
    """Writes the letter of a new booking."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter with its calendar file.

        Raises:
            Outdated: the appointment is over, was cancelled, or has moved, which a letter of its own tells.
        """
        appointment = appointments.just_booked(message, now, moved=notices.MOVED)
        return render(
            f"{appointment.flow}_booked",
            message.language,
            appointment,
            attachments=(calendar.attachment(appointment),),
            added_words=appointments.added_words("booked", appointment, message.language, now),
            **appointments.facts(appointment, message.language, now),
        )
