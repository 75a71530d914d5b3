"""What the garage does and asks: damage flows, photos, questions, announcements."""

from portal.web.staff.work import announcements, photos, questions
from portal.web.staff.work.routes import blueprint

__all__ = ["announcements", "blueprint", "photos", "questions"]  # which add their pages to the room
