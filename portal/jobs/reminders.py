"""Every minute: what is due by the clock alone. Reminders to customers, and the list of the day to each location."""

import logging

from portal import clock
from portal.domain.booking import daylists, reminders

log = logging.getLogger(__name__)


def remind() -> None:
    """See to all that is due; what fails is logged and does not keep the rest from being done."""
    for chore in (reminders.remind, daylists.announce):
        try:
            chore(clock.now())
        except Exception:
            log.exception("%s failed; it is tried again in a minute", chore.__module__)
