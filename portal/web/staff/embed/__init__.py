"""How customers come to the portal: links, buttons, frames, codes, a poster; and what they find there."""

from portal.web.staff.embed import codes, shown
from portal.web.staff.embed.routes import blueprint

__all__ = ["blueprint", "codes", "shown"]  # which add their pages to the room
