"""What customers hear when the garage's plans change and they are to choose another time."""

from datetime import datetime

from portal.adapters.mailer import Letter
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.errors import Outdated
from portal.letters import appointments
from portal.letters.appointments import NothingWaits
from portal.letters.render import render


class AnotherTime(NothingWaits):
    """Asks a customer to choose another time; the appointment stays until they do."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter with the personal link to change.

        Raises:
            Outdated: the appointment is over, was cancelled, or has moved since.
        """
        appointment = appointments.coming(message, now)
        if appointment.move_asked_at is None or appointment.change_until <= now:
            raise Outdated
        return render(
            f"{appointment.flow}_another_time",
            message.language,
            appointment,
            **appointments.facts(appointment, message.language, now),
        )
