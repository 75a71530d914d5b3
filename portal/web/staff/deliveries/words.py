"""Letters, what became of them, and why one is not sent again, in words."""

from typing import Any, NamedTuple

from portal.domain.booking.daylists import LIST
from portal.domain.booking.links import CONFIRMATION
from portal.domain.booking.notices import ANOTHER_TIME, BOOKED, CALLED_OFF, CANCELLED, MOVED, to_garage
from portal.domain.booking.reminders import REMINDER
from portal.domain.correspondence.service import FROM_CASE, TEST
from portal.domain.deliveries.errors import Reason
from portal.domain.deliveries.queries import Delivery
from portal.domain.mailing.models import State
from portal.domain.mailing.strangers import HeldBack
from portal.domain.team.invitations import INVITATION
from portal.domain.team.service import PASSWORD_RESET
from portal.web.staff.brief import moment
from portal.web.words import gettext
from portal.web.words import lazy_gettext as _

PURPOSES: dict[str, Any] = {
    CONFIRMATION: _("Please confirm"),
    BOOKED: _("Booked"),
    MOVED: _("Moved"),
    CANCELLED: _("Cancelled"),
    CALLED_OFF: _("Appointment cancelled by us"),
    ANOTHER_TIME: _("Please choose another time"),
    REMINDER: _("Reminder"),
    FROM_CASE: _("Letter written at the desk"),
    TEST: _("Test of a letter"),
    to_garage(BOOKED): _("To the garage: booked"),
    to_garage(MOVED): _("To the garage: moved"),
    to_garage(CANCELLED): _("To the garage: cancelled"),
    LIST: _("List of the day"),
    INVITATION: _("Invitation to the team"),
    PASSWORD_RESET: _("New password"),
}
STATES: dict[str, tuple[Any, tuple[State, ...]]] = {
    "waiting": (_("On their way"), (State.QUEUED, State.SENDING)),
    "sent": (_("Sent"), (State.SENT,)),
    "failed": (_("Failed"), (State.FAILED,)),
    "skipped": (_("Not needed any more"), (State.SKIPPED,)),
}
HELD_BACK: dict[HeldBack, Any] = {
    HeldBack.OFTEN: _("Requests came for this address too often, and this letter was not sent."),
    HeldBack.UNWANTED: _("Whoever reads this address said that they asked for nothing."),
}
REASONS: dict[Reason, Any] = {
    Reason.ON_ITS_WAY: _("A letter that says this is on its way already; it is tried again by itself."),
    Reason.OVER: _("What this letter is about is over, so it would help nobody any more."),
    Reason.TOLD_OTHERWISE: _("This is no longer so, and another letter tells what is."),
    Reason.TOO_MANY: _("This letter was sent as often as it may be. Please call instead."),
    Reason.NOT_HERE: _("Letters of this kind are not sent again from here."),
    Reason.NO_ADDRESS: _("Nobody knows an address for this letter."),
}


class Told(NamedTuple):
    """What became of a letter: a word, how it looks, and what more there is to say."""

    word: str
    look: str
    more: str


def letter(purpose: str) -> str:
    """What a letter is called."""
    return str(PURPOSES.get(purpose) or gettext("Letter"))


def state(delivery: Delivery) -> Told:
    """What became of a letter."""
    zone = delivery.place.zone if delivery.place else None
    match delivery.state:
        case State.SENT:
            at = moment(delivery.sent_at, zone) if delivery.sent_at else ""
            return Told(gettext("Sent"), "good", at)
        case State.FAILED if delivery.seen_to_at:
            told = gettext(
                "%(name)s, %(when)s", name=delivery.seen_to_by, when=moment(delivery.seen_to_at, zone)
            )
            return Told(gettext("Seen to"), "good", told)
        case State.FAILED:
            return Told(gettext("Failed"), "bad", gettext("It is not tried any more."))
        case State.SKIPPED if delivery.held_back:
            return Told(gettext("Held back"), "warn", str(HELD_BACK[HeldBack(delivery.held_back)]))
        case State.SKIPPED:
            return Told(gettext("Not needed any more"), "quiet", "")
        case State.SENDING:
            return Told(gettext("Leaving now"), "quiet", "")
    if delivery.attempts or delivery.server_answer:
        next_try = gettext("Next try: %(when)s", when=moment(delivery.due_at, zone))
        return Told(gettext("Tried again"), "warn", next_try)
    return Told(gettext("On its way"), "quiet", "")
