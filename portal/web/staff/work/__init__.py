"""What the garage does and asks: damage flows, photos, notices."""

from portal.web.staff.work import notices, photos
from portal.web.staff.work.routes import blueprint

__all__ = ["blueprint", "notices", "photos"]  # which add their pages to the room
