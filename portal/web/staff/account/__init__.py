"""One's own account: name, language, where one is signed in; and the way in for who was invited."""

from portal.web.staff.account.routes import blueprint

__all__ = ["blueprint"]
