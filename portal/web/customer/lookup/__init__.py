"""Who has no link says which plate and which case number; the way into every flow that is about a case."""

from portal.web.customer.lookup.entrance import entrance
from portal.web.customer.lookup.pages import not_offered, unknown
from portal.web.customer.lookup.tokens import CaseLink, case_link

__all__ = ["CaseLink", "case_link", "entrance", "not_offered", "unknown"]
