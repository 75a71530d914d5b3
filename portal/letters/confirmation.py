"""The letter that asks to confirm a request. It fixes the deadline that page and server share."""

from contextlib import suppress
from datetime import datetime

from portal.adapters.mailer import Letter
from portal.core.dates import local_clock
from portal.domain.booking import links as booking_links
from portal.domain.booking.errors import AlreadyBooked, Late, RequestUnknown, Superseded
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.errors import Outdated
from portal.letters import links
from portal.letters.render import render


class Confirmation:
    """Writes the confirmation letter of a request."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter, its deadline running from `now`.

        Raises:
            Outdated: there is nothing left to confirm, or the address was mended since.
        """
        try:
            # Whoever reads the link can confirm: it goes to no address but the request's.
            appointment = booking_links.start_link(message.about, now, to=message.recipient)
        except (RequestUnknown, Superseded, Late, AlreadyBooked):
            raise Outdated from None
        return render(
            f"{appointment.flow}_confirmation",
            message.language,
            appointment,
            link=links.confirm(appointment),
            code=links.code(appointment) if appointment.takes_code else "",
            unkept=not appointment.keeps_place,
            unasked_url=links.unasked(appointment.garage, message.uid),
            deadline=local_clock(appointment.held_until, appointment.location.zone),
        )

    def deferred(self, message: Claim, now: datetime) -> None:
        """No letter, no deadline: the place is kept for the next attempt."""
        with suppress(RequestUnknown):
            booking_links.stop_link(message.about, now)
