"""The demo's inbox: the mails the portal would have sent, to be read in a browser. Only there if a setting says so."""

from portal.web.inbox.routes import blueprint

__all__ = ["blueprint"]
