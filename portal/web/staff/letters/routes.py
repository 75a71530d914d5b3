"""The pages about the words of letters, one module each."""

from portal.web.staff.letters import added, templates
from portal.web.staff.letters.templates import blueprint

PAGES = (templates, added)

__all__ = ["PAGES", "blueprint"]
