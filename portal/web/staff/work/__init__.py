"""What the garage does and asks: damage flows, photos, questions, notices."""

from portal.web.staff.work import notices, photos, questions
from portal.web.staff.work.routes import blueprint

__all__ = ["blueprint", "notices", "photos", "questions"]  # which add their pages to the room
