"""The pages of the room, one module each."""

from portal.web.staff.hours import days, outside, overview, week, whereabouts, why
from portal.web.staff.hours.room import blueprint

PAGES = (overview, week, days, outside, why, whereabouts)

__all__ = ["PAGES", "blueprint"]
