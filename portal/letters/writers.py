"""Which letter is written for which purpose."""

from portal.domain.booking.links import CONFIRMATION
from portal.domain.booking.service import BOOKED
from portal.domain.mailing.service import Writer
from portal.letters.assessment_booked import AssessmentBooked
from portal.letters.assessment_confirmation import AssessmentConfirmation

WRITERS: dict[str, Writer] = {CONFIRMATION: AssessmentConfirmation(), BOOKED: AssessmentBooked()}
