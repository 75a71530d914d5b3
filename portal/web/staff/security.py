"""Sign-in, by Flask-Security: passwords, second factors, passkeys. Its pages wear ours (`templates/security`)."""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, g, request, session
from flask_login import user_logged_in, user_logged_out
from flask_security import (
    EmailValidateException,
    ForgotPasswordForm,
    MailUtil,
    Security,
    SQLAlchemyUserDatastore,
    WebauthnUtil,
)
from flask_security.signals import password_changed, password_reset
from flask_security.utils import get_message
from markupsafe import Markup
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal import clock
from portal.adapters import qr
from portal.config import Settings
from portal.core.normalise import emails
from portal.db import db, let_go
from portal.domain.team import queries as team
from portal.domain.team import service, sign_ins
from portal.domain.team.models import Member, Passkey
from portal.web.staff import devices, door, guessing, page, sessions, sign_in_words

RESET = "portal_password_reset"


class _Datastore(SQLAlchemyUserDatastore):
    """Members; what they are at a garage is ours alone, so there are no roles here."""

    def __init__(self) -> None:
        super().__init__(db, Member, None, Passkey)  # type: ignore[arg-type]

    def find_user(self, case_insensitive: bool = False, **asked: Any) -> Any:
        """The member asked for; whoever a session names is asked for by every page, so in one short way."""
        if asked.keys() == {"fs_uniquifier"}:
            return team.by_uniquifier(asked["fs_uniquifier"])
        return super().find_user(case_insensitive, **asked)


class _Outbox(MailUtil):
    """Letters of sign-in are rows of the outbox like all others, and written when they leave."""

    def normalize(self, email: str) -> str:
        """The address in its normal form; no name server is asked, for a page must not wait for one."""
        if (clean := emails.normalise(email)) is None:
            raise EmailValidateException(get_message("INVALID_EMAIL_ADDRESS")[0])
        return clean

    validate = normalize

    def send_mail(self, template: str, *_words: Any, user: Member, **_context: Any) -> None:  # type: ignore[override]
        """Queue the one letter there is: the way to a new password."""
        if template == RESET:
            service.ask_for_password(user, clock.now())


class _Forgotten(ForgotPasswordForm):
    """Says so if what was typed is no address; whether an address is known it tells nobody."""

    def validate(self, **extra: Any) -> bool:
        valid: bool = super().validate(**extra)
        typed = self.email.data or ""
        if emails.normalise(typed) is None:  # said by the form, for Flask-Security hides what the field says
            told = "INVALID_EMAIL_ADDRESS" if typed.strip() else "EMAIL_NOT_PROVIDED"
            self.form_errors.append(get_message(told)[0])
        return valid


class _Passkeys(WebauthnUtil):
    """Any device will do, a phone's fingerprint as well as a key on a key ring."""

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        """What replaces the password must know its owner and needs no address typed; a second step need not."""
        if usage != "first":
            return AuthenticatorSelectionCriteria(user_verification=UserVerificationRequirement.DISCOURAGED)
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        """The same when it is used."""
        required, discouraged = UserVerificationRequirement.REQUIRED, UserVerificationRequirement.DISCOURAGED
        return discouraged if "secondary" in usage else required


security = Security(mail_util_cls=_Outbox, webauthn_util_cls=_Passkeys, forgot_password_form=_Forgotten)


def init_app(app: Flask, settings: Settings) -> None:
    """Give `app` sign-in. Sessions must be there already."""
    app.config.update(_settings(settings))
    with _hooks_at_the_desk_alone(app):
        security.init_app(app, _Datastore())
    security.i18n_domain = sign_in_words.Words(app)
    security.context_processor(page.frame)
    app.jinja_env.globals["otp_qr"] = _otp_qr
    user_logged_in.connect(_begin_sign_in, app)
    user_logged_out.connect(_end_sign_in, app)
    for changed in (password_changed, password_reset):
        changed.connect(_end_every_sign_in, app)
    hooks = (_leave_if_ended, _begin_writing, page.speak_to_visitor)
    app.before_request_funcs.setdefault("security", []).extend(hooks)
    guessing.limit(app)


@contextmanager
def _hooks_at_the_desk_alone(app: Flask) -> Iterator[None]:
    """What is hooked into every request meanwhile runs for pages of the desk: customers' pages know nobody."""
    kinds: tuple[dict, ...] = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.template_context_processors,
    )
    known = [list(hooks.get(None, ())) for hooks in kinds]
    yield
    for hooks, before in zip(kinds, known, strict=True):
        elsewhere: Any = {} if hooks is app.template_context_processors else None
        hooks[None] = [hook if hook in before else _at_desk(hook, elsewhere) for hook in hooks[None]]


def _at_desk(hook: Callable[..., Any], elsewhere: Any) -> Callable[..., Any]:
    def run(*response: Response) -> Any:
        if sessions.is_desk(request.path):
            return hook(*response)
        return response[0] if response else elsewhere

    return run


def _settings(settings: Settings) -> dict[str, Any]:
    keys = [*reversed(settings.old_secret_keys), settings.secret_key]
    asked = {
        "URL_PREFIX": f"{sessions.PREFIX}/account",
        "LOGIN_URL": "/sign-in",
        "LOGOUT_URL": "/sign-out",
        "RESET_URL": "/forgotten",
        "CHANGE_URL": "/password",
        "VERIFY_URL": "/again",
        "TWO_FACTOR_SETUP_URL": "/second-factor",
        "TWO_FACTOR_TOKEN_VALIDATION_URL": "/code",
        "TWO_FACTOR_RESCUE_URL": "/rescue",
        "TWO_FACTOR_SELECT_URL": "/second-factor/choose",
        "MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
        "MULTI_FACTOR_RECOVERY_URL": "/recovery",
        "WAN_REGISTER_URL": "/passkeys",
        "WAN_SIGNIN_URL": "/passkey",
        "WAN_DELETE_URL": "/passkeys/remove",
        "WAN_VERIFY_URL": "/again/passkey",
        "POST_LOGIN_VIEW": f"{sessions.PREFIX}/",
        "POST_LOGOUT_VIEW": f"{sessions.PREFIX}/account/sign-in",
        "POST_CHANGE_VIEW": f"{sessions.PREFIX}/account/",
        "POST_RESET_VIEW": f"{sessions.PREFIX}/account/sign-in",
        "LOGOUT_METHODS": ["POST"],
        "RECOVERABLE": True,
        "CHANGEABLE": True,
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_ALWAYS_VALIDATE": True,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "WEBAUTHN": True,
        "WAN_RP_NAME": "Garage portal",
        "TOTP_ISSUER": f"Garage portal ({settings.base_url.host})",
        # Each key keeps its number as long as no older one is dropped, so what it hid stays readable.
        "TOTP_SECRETS": {
            str(number): hmac.digest(key.get_secret_value().encode(), b"portal.totp", hashlib.sha256).hex()
            for number, key in enumerate(keys, 1)
        },
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SINGLE_HASH": {"argon2"},  # argon2 salts each password by itself
        "PASSWORD_SALT": "not used",
        "PASSWORD_LENGTH_MIN": 10,
        "RETURN_GENERIC_RESPONSES": True,
        "API_ENABLED_METHODS": ["session"],
        "JOIN_USER_ROLES": False,
        "DATETIME_FACTORY": clock.now,
        "EMAIL_PLAINTEXT": False,
        "EMAIL_HTML": False,
        "EMAIL_TEMPLATE_PASSWORD_RESET": RESET,
        "SEND_PASSWORD_CHANGE_EMAIL": False,
        "SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        **sign_in_words.settings(),
    }
    return {f"SECURITY_{name}": value for name, value in asked.items()}


def _leave_if_ended() -> None:
    door.is_here()  # signs out whoever is not; the pages of Flask-Security ask for the rest themselves


def _begin_writing() -> None:
    # Flask-Security reads, then writes: on SQLite such a transaction must be the one writer from its start (portal/db.py).
    if request.method == "POST":
        let_go()
        g.pop("_login_user", None)  # whoever was read before would be changed in vain
        db.session.connection(execution_options={"begin": "IMMEDIATE"})


def _begin_sign_in(_app: Flask, user: Member, **_more: Any) -> None:
    sign_in = sign_ins.begin(
        db.session(),
        user.id,
        device=devices.name(request.user_agent.string),
        network=request.remote_addr or "",
        now=clock.now(),
    )
    security.datastore.commit()
    session["sign_in"] = sign_in


def _end_sign_in(_app: Flask, user: Member, **_more: Any) -> None:
    if request.method == "POST":  # else it had ended already, and a look changes nothing
        sign_ins.end(user.id, session.get("sign_in", ""), clock.now())


def _end_every_sign_in(_app: Flask, user: Member, **_more: Any) -> None:
    guessing.forgive(user.email)  # whoever guessed must guess anew, and the member gets in
    # Whoever knew the old password is out everywhere, but for the browser in which the new one was chosen.
    sign_ins.forget(db.session(), user.id, clock.now(), but=session.get("sign_in", ""))


def _otp_qr(issuer: str, name: str, key: str) -> Markup:
    """A drawing that authenticator apps read."""
    secret = key.replace("-", "")
    address = f"otpauth://totp/{quote(issuer)}:{quote(name)}?secret={secret}&issuer={quote(issuer)}"
    return Markup(qr.svg(address).decode())  # noqa: S704 - our own drawing
