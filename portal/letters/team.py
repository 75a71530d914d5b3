"""Letters to the people at the desk: an invitation, and the way to a new password."""

from datetime import datetime

from flask_security.recoverable import generate_reset_password_token

from portal.adapters.mailer import Letter
from portal.domain.garage import queries as garages
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.errors import Outdated
from portal.domain.team import queries
from portal.domain.team.errors import InvitationUnknown
from portal.letters import links
from portal.letters.appointments import NothingWaits
from portal.letters.render import render_of_location


class Invited(NothingWaits):
    """Asks somebody to join a garage."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter with the way in.

        Raises:
            Outdated: the invitation ended.
        """
        try:
            invitation = queries.invitation(message.about, now)
        except InvitationUnknown:
            raise Outdated from None
        garage = garages.by_id(invitation.garage_id)
        return render_of_location(
            "staff_invitation",
            message.language,
            garage,
            garage.locations[0],
            inviter=invitation.inviter,
            join_url=links.invitation(invitation.uid),
        )


class NewPassword(NothingWaits):
    """Leads a member to a new password."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter with the link, which works for a day and once.

        Raises:
            Outdated: the member's account changed since.
        """
        member = queries.by_uniquifier(message.about)
        if member is None or not member.active:
            raise Outdated
        garage = garages.by_id(message.garage_id)
        return render_of_location(
            "staff_password",
            message.language,
            garage,
            garage.locations[0],
            name=member.name,
            reset_url=links.new_password(generate_reset_password_token(member)),
        )
