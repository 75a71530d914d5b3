"""How the garage looks and what it says: logo, colour, contact, words, languages."""

from portal.web.staff.brand import languages, logo, preview, words
from portal.web.staff.brand.routes import blueprint

__all__ = ["blueprint", "languages", "logo", "preview", "words"]  # which add their pages to the room
