"""Which letter is written for which purpose."""

from portal.domain.booking.daylists import LIST
from portal.domain.booking.links import CONFIRMATION
from portal.domain.booking.notices import ANOTHER_TIME, BOOKED, CALLED_OFF, CANCELLED, MOVED, to_garage
from portal.domain.booking.reminders import REMINDER
from portal.domain.correspondence.service import FROM_CASE, TEST
from portal.domain.mailing.service import Writer
from portal.domain.team.invitations import INVITATION
from portal.domain.team.service import PASSWORD_RESET
from portal.letters.booked import Booked
from portal.letters.by_garage import AnotherTime
from portal.letters.cancelled import CalledOff, Cancelled
from portal.letters.confirmation import Confirmation
from portal.letters.garage import GarageBooked, GarageCancelled, GarageMoved
from portal.letters.garage_day import GarageDay
from portal.letters.moved import Moved
from portal.letters.reminder import Reminder
from portal.letters.team import Invited, NewPassword
from portal.letters.written import Written

WRITERS: dict[str, Writer] = {
    CONFIRMATION: Confirmation(),
    BOOKED: Booked(),
    MOVED: Moved(),
    CANCELLED: Cancelled(),
    ANOTHER_TIME: AnotherTime(),
    CALLED_OFF: CalledOff(),
    REMINDER: Reminder(),
    to_garage(BOOKED): GarageBooked(),
    to_garage(MOVED): GarageMoved(),
    to_garage(CANCELLED): GarageCancelled(),
    LIST: GarageDay(),
    INVITATION: Invited(),
    PASSWORD_RESET: NewPassword(),
    FROM_CASE: Written(),
    TEST: Written(),
}
