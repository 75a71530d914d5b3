"""What every answer tells the browser about safety."""

from flask import Flask, Response, g
from flask_talisman import Talisman

from portal.config import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
)
# A mail shown on a page may look as it likes and do nothing, and only the page around it may show it.
MAIL_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


class _Talisman(Talisman):
    """Talisman without what it works out for every page and ours have no use for."""

    def _force_https(self) -> None:
        """The proxy in front does that."""

    def _make_nonce(self) -> None:
        """No script or style stands in a page."""

    def _parse_policy(self, policy: str) -> str:
        return policy  # written as it is sent


def init_app(app: Flask, settings: Settings) -> None:
    """Set the headers on every answer of `app`. Only booking pages may be framed, and only by the garage's own sites."""
    # Talisman runs last, so it is registered first: Flask calls these in reverse order.
    app.after_request(_frame_ancestors)
    _Talisman(
        app,
        force_https=False,  # the proxy in front does that
        session_cookie_secure=settings.secure,
        strict_transport_security=True,
        content_security_policy=CONTENT_SECURITY_POLICY,
        frame_options=None,  # frame-ancestors says it better
        referrer_policy="same-origin",
        permissions_policy="camera=(), microphone=(), geolocation=(), browsing-topics=()",
    )


def _frame_ancestors(response: Response) -> Response:
    policy = response.headers["Content-Security-Policy"]
    if "frame-ancestors" not in policy:  # the demo's inbox has rules of its own
        garage = g.get("garage")
        sites = garage.profile.allowed_sites if garage else ()
        ancestors = " ".join(("'self'", *sites)) if sites else "'none'"
        response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors {ancestors}"
    return response
