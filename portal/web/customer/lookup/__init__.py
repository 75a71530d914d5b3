"""Who has no link says which plate and which case number; the way into every flow that is about a case."""

from portal.web.customer.lookup.entrance import entrance
from portal.web.customer.lookup.pages import not_offered

__all__ = ["entrance", "not_offered"]
