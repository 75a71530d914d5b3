"""What is typed about oneself."""

from flask_security import current_user
from flask_security.utils import hash_password
from wtforms import PasswordField, SelectField
from wtforms.validators import Length

from portal.core.dates import NATIVE_NAMES
from portal.web.fields import Form, Line, at_most, choices, required
from portal.web.words import lazy_gettext as _

SHORTEST_PASSWORD = 10


class NameForm(Form):
    """How colleagues see a member, and the language of the member's own pages."""

    name = Line(_("Your name"), [required(_("Enter your name.")), at_most(80)])
    language = SelectField(_("Language"), choices=choices(NATIVE_NAMES))

    @classmethod
    def filled(cls) -> "NameForm":
        """With what is known."""
        return cls(name=current_user.name, language=current_user.language)


class JoinForm(NameForm):
    """Who was invited becomes a member with a name and a password."""

    password = PasswordField(
        _("Choose a password"),
        [
            required(_("Choose a password.")),
            Length(
                SHORTEST_PASSWORD,
                200,
                message=_(
                    "Use at least %(count)d characters; a short sentence is good.", count=SHORTEST_PASSWORD
                ),
            ),
        ],
    )

    def password_hash(self) -> str:
        """The password as it is kept."""
        return str(hash_password(self.password.data))
