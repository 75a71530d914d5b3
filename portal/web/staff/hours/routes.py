"""The pages of the room, one module each."""

from portal.web.staff.hours import days, outside, overview, week, why
from portal.web.staff.hours.room import blueprint

PAGES = (overview, week, days, outside, why)

__all__ = ["PAGES", "blueprint"]
