"""The letter that says an assessment is booked, with all one needs on the day."""

from datetime import datetime

from portal.adapters.mailer import Attachment, Letter
from portal.domain.booking import queries
from portal.domain.booking.errors import RequestUnknown
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.errors import Outdated
from portal.letters import calendar
from portal.letters.render import render


class AssessmentBooked:
    """Writes the letter of a new booking."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter with its calendar file.

        Raises:
            Outdated: the appointment is over, or not booked any more.
        """
        try:
            appointment = queries.appointment(message.about)
        except RequestUnknown:
            raise Outdated from None
        if not appointment.is_booked or appointment.ends_at <= now:
            raise Outdated
        return render(
            "assessment_booked",
            message.language,
            appointment,
            attachments=(Attachment(calendar.NAME, calendar.CONTENT_TYPE, calendar.event(appointment)),),
            case_number=appointment.case_number,
            car=f"{appointment.make} {appointment.model}".strip(),
            bring=appointment.location.bring(message.language),
            map_url=appointment.location.map_url,
        )

    def deferred(self, message: Claim, now: datetime) -> None:
        """Nothing waits for this letter."""
