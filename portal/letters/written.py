"""Letters that somebody at the desk wrote: to a customer about a case, or to themselves as a test."""

from datetime import datetime

from portal.adapters.mailer import Letter
from portal.domain.cases import queries as cases
from portal.domain.correspondence import queries
from portal.domain.garage import queries as garages
from portal.domain.mailing.claims import Claim
from portal.domain.mailing.errors import Outdated
from portal.letters import draft
from portal.letters.appointments import NothingWaits
from portal.letters.tags import TagRefused, addresses


class Written(NothingWaits):
    """Writes the words that were kept when the letter was sent."""

    def write(self, message: Claim, now: datetime) -> Letter:
        """The letter, its addresses as they are now.

        Raises:
            Outdated: it is gone, or one of its tags has no address any more.
        """
        kept = queries.written(message.about)
        if kept is None:
            raise Outdated
        garage = garages.by_id(kept.garage_id)
        case = cases.by_id(kept.case_id).case if kept.case_id is not None else None
        try:
            links = addresses(kept.words, garage, case=case, test=kept.test)
        except TagRefused:
            raise Outdated from None
        return draft.compose(
            garage,
            garages.location(garage, case.location_id) if case else garage.locations[0],
            kept.language,
            subject=kept.subject,
            words=kept.words,
            values=kept.values,
            addresses=links,
            test=kept.test,
        )
