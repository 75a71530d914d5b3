"""An appointment for a case the garage knows: whoever has its link types nothing but a time."""

from portal.web.customer.case.routes import add_pages
from portal.web.customer.case.walk import CaseWalk

__all__ = ["CaseWalk", "add_pages"]
