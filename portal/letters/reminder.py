"""The letter that reminds of an appointment."""

from datetime import datetime

from portal.adapters.mailer import Letter
from portal.domain.booking import reminders
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.errors import Outdated
from portal.letters import appointments
from portal.letters.appointments import NothingWaits
from portal.letters.render import render


class Reminder(NothingWaits):
    """Writes the reminder of a booking."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter.

        Raises:
            Outdated: the appointment began, was cancelled, or has moved.
        """
        appointment = appointments.coming(message, now)
        if not reminders.is_wanted(appointment, now):
            raise Outdated
        return render(
            f"{appointment.flow}_reminder",
            message.language,
            appointment,
            added_words=appointments.added_words("reminder", appointment, message.language, now),
            **appointments.facts(appointment, message.language, now),
        )
