"""What customers hear when the garage's plans change: please choose another time, or we had to cancel."""

from datetime import datetime

from portal.adapters.mailer import Letter
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.errors import Outdated
from portal.letters import appointments, calendar
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


class CalledOff(NothingWaits):
    """Tells a customer that the garage cancelled."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter with its calendar file, which removes the event.

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
        )
