"""Sessions and protection against forged requests: the desk's alone, for customers' pages know no cookie (docs/adr/0006)."""

from datetime import timedelta

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect

from portal.config import Settings

PREFIX = "/staff"
LIFE = timedelta(hours=14)  # a working day, from the last page

csrf = CSRFProtect()


class DeskSessions(SecureCookieSessionInterface):
    """A session cookie below `/staff` and nowhere else."""

    def open_session(self, app: Flask, asked: Request) -> SecureCookieSession | None:
        """The session of a visitor; elsewhere none, and no cookie is unpacked."""
        if not is_desk(asked.path):
            return self.make_null_session(app)
        session = super().open_session(app, asked)
        if session is not None and not session.permanent:  # saying it again would count as a change
            session.permanent = True
        return session

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Every page gives the session new life; what a page or its scripts fetch for it does not.

        Such an answer may come after that of a form sent meanwhile, and would bring back the session from before it.
        """
        return session.modified or (_is_page() and super().should_set_cookie(app, session))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed, for pages of the desk."""
        if is_desk(request.path):
            super().save_session(app, session, response)


def _is_page() -> bool:
    return "part" not in request.args and request.headers.get("Sec-Fetch-Dest", "document") == "document"


def init_app(app: Flask, settings: Settings) -> None:
    """Give `app` sessions for the desk."""
    app.session_interface = DeskSessions()
    app.config.update(
        SESSION_COOKIE_NAME="desk",
        SESSION_COOKIE_PATH=PREFIX,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        PERMANENT_SESSION_LIFETIME=LIFE,
        SECRET_KEY_FALLBACKS=[key.get_secret_value() for key in settings.old_secret_keys],
        WTF_CSRF_CHECK_DEFAULT=False,  # the door of the desk checks; customers' pages have nothing to forge
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        WTF_CSRF_SSL_STRICT=settings.secure,
    )
    csrf.init_app(app)


def is_desk(path: str) -> bool:
    """Whether an address is behind the door of the desk."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")
