"""How often passwords and codes may be tried: from one network, and for one account from wherever.

Whoever guesses only makes the member wait. A new password, by mail, begins anew, and a passkey is never counted.
"""

from typing import Any

from flask import Flask, request, session
from flask_login import current_user

from portal.core.normalise import emails
from portal.web import limits
from portal.web.limits import limiter

SIGN_IN = "10/minute;60/hour"  # tries from one network
FRESH = "30/hour"
PASSWORD = "password"  # noqa: S105 - what wrong ones are counted under


def limit(app: Flask) -> None:
    """Limit the pages of Flask-Security in `app`."""
    for endpoint, kind in _LIMITS:
        name = f"security.{endpoint}"
        app.view_functions[name] = kind(app.view_functions[name])


def forgive(email: str) -> None:
    """Forget the wrong passwords of a member."""
    limits.forgive(PASSWORD, emails.mailbox(email))


def _typed_address() -> str:
    return emails.mailbox(request.form.get("email", ""))


def _own_address() -> str:
    return emails.mailbox(getattr(current_user, "email", ""))


def _half_signed_in() -> str:
    """Who gave the right password and owes the second step, or sets one up."""
    return str(session.get("tf_user_id") or session.get("_user_id", ""))


def _often(allowed: str) -> Any:
    return limiter.limit(allowed, methods=["POST"])


# Made once, for the limiter remembers each for ever.
_LIMITS: tuple[tuple[str, Any], ...] = (
    ("login", _often(SIGN_IN)),
    ("login", limits.limit_wrong(PASSWORD, _typed_address)),
    ("verify", _often(SIGN_IN)),
    ("verify", limits.limit_wrong(PASSWORD, _own_address)),
    ("two_factor_token_validation", _often(SIGN_IN)),
    ("two_factor_token_validation", limits.limit_wrong("code", _half_signed_in)),
    ("mf_recovery", _often(SIGN_IN)),
    ("forgot_password", _often(FRESH)),
    ("reset_password", _often(FRESH)),
)
