"""What the pages of Flask-Security say, in our words: its messages by their keys, its labels by its own words for them."""

from typing import Any

from flask_babel.speaklater import LazyString
from flask_security.babel import FsDomain

from portal.web.words import lazy_gettext as _

ERROR, INFO, SUCCESS = "error", "info", "success"

MESSAGES: dict[str, tuple[Any, str]] = {
    # Whether there is such a member is told by neither.
    "GENERIC_AUTHN_FAILED": (_("That did not let you in. Check the mail address and the password."), ERROR),
    "PASSWORD_RESET_REQUEST": (_("If somebody signs in with %(email)s, the link is on its way."), INFO),
    "UNAUTHENTICATED": (_("Please sign in first."), ERROR),
    "REAUTHENTICATION_REQUIRED": (_("Please show once more that it is you."), ERROR),
    "REAUTHENTICATION_SUCCESSFUL": (_("Thank you. You can go on."), INFO),
    "DISABLED_ACCOUNT": (_("This account is closed."), ERROR),
    "API_ERROR": (_("That did not work. Please try once more."), ERROR),
    "EMAIL_NOT_PROVIDED": (_("Enter a mail address."), ERROR),
    "INVALID_EMAIL_ADDRESS": (_("Enter a mail address like name@example.com."), ERROR),
    # Passwords
    "PASSWORD_NOT_PROVIDED": (_("Enter the password."), ERROR),
    "INVALID_PASSWORD": (_("This is not your password."), ERROR),
    "PASSWORD_INVALID_LENGTH": (_("Use %(length)s to 128 characters."), ERROR),
    "RETYPE_PASSWORD_MISMATCH": (_("The two passwords are not the same."), ERROR),
    "PASSWORD_IS_THE_SAME": (_("Choose another password than the one you have."), ERROR),
    "PASSWORD_CHANGE": (_("Your password is changed."), SUCCESS),
    "PASSWORD_RESET_NO_LOGIN": (_("Your password is changed. Sign in with it."), SUCCESS),
    "PASSWORD_RESET_EXPIRED": (_("This link is over: it worked for %(within)s. Ask for a new one."), ERROR),
    "INVALID_RESET_PASSWORD_TOKEN": (_("This link does not work any more. Ask for a new one."), ERROR),
    # The second step
    "TWO_FACTOR_INVALID_TOKEN": (_("This code does not work. Type the one that the app shows now."), ERROR),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_("You are signed in."), SUCCESS),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (_("From now on you sign in with a code from your app."), SUCCESS),
    "TWO_FACTOR_DISABLED": (_("The code from an app is switched off."), SUCCESS),
    "TWO_FACTOR_SETUP_EXPIRED": (_("That took longer than %(within)s. Please begin anew."), ERROR),
    "TWO_FACTOR_PERMISSION_DENIED": (_("Please sign in first."), ERROR),
    "INVALID_RECOVERY_CODE": (_("This recovery code does not work. Each works once."), ERROR),
    "NO_RECOVERY_CODES_SETUP": (_("You have no recovery codes yet."), INFO),
    # Passkeys
    "WEBAUTHN_EXPIRED": (_("That took longer than %(within)s. Please begin anew."), ERROR),
    "WEBAUTHN_NAME_REQUIRED": (_("Give the passkey a name."), ERROR),
    "WEBAUTHN_NAME_INUSE": (_("You have a passkey with the name %(name)s already."), ERROR),
    "WEBAUTHN_NAME_NOT_FOUND": (_("You have no passkey with the name %(name)s."), ERROR),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": (_("Use letters, digits and common signs only."), ERROR),
    "WEBAUTHN_REGISTER_SUCCESSFUL": (_("The passkey %(name)s is made."), INFO),
    "WEBAUTHN_CREDENTIAL_DELETED": (_("The passkey %(name)s is removed."), INFO),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": (_("This passkey is known here already."), ERROR),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": (_("This passkey is not known here."), ERROR),
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": (_("This passkey is not known here."), ERROR),
    "WEBAUTHN_MISMATCH_USER_HANDLE": (_("This passkey is not known here."), ERROR),
    "WEBAUTHN_NO_VERIFY": (_("The passkey could not be checked. Please try once more."), ERROR),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": (_("This passkey was made for the other step of signing in."), ERROR),
}
LABELS: dict[str, Any] = {
    "Email Address": _("Mail address"),
    "Identity": _("Mail address"),
    "Password": _("Password"),
    "New Password": _("New password"),
    "Retype Password": _("The new password once more"),
    "Authentication Code": _("Code"),
    "Recovery Code": _("Recovery code"),
    "Nickname": _("Name"),
}


class Words(FsDomain):
    """Where Flask-Security looks its words up: ours if there are any, else its own."""

    def gettext(self, string: Any, **values: Any) -> str:
        """What is said for `string`, one of its own texts or one of ours."""
        ours = LABELS.get(string, string) if isinstance(string, str) else string
        if not isinstance(ours, LazyString):
            return str(super().gettext(ours, **values))
        return str(ours) % values if values else str(ours)


def settings() -> dict[str, tuple[Any, str]]:
    """The messages as Flask-Security is told them, without its prefix."""
    return {f"MSG_{name}": message for name, message in MESSAGES.items()}
