"""Looking after all garages: who gets a portal, and when it opens."""

from portal.web.staff.operator.routes import blueprint

__all__ = ["blueprint"]
