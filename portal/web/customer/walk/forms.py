"""What is typed once the flow is known: a time, a code, another address."""

from wtforms.validators import Regexp

from portal.web.fields import Form, Line, at_most, email_address, required
from portal.web.words import lazy_gettext as _


class TimeslotForm(Form):
    """Which time: local day and start, such as `2026-12-01T09:00`."""

    timeslot = Line(
        _("Time"),
        [
            required(_("Choose a time.")),
            Regexp(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}\Z", message=_("Choose a time.")),
        ],
    )


class CodeForm(Form):
    """The code from the mail."""

    code = Line(
        _("Code from the mail"), [required(_("Enter the code of 6 digits from the mail.")), at_most(20)]
    )


class EmailForm(Form):
    """A mended mail address."""

    email = Line(_("Mail address"), [required(_("Enter your mail address.")), at_most(254), email_address])
