"""What is answered to cancel."""

from wtforms import BooleanField

from portal.web.fields import Form, Lines, at_most, required
from portal.web.words import lazy_gettext as _


class CancelForm(Form):
    """A tick that nobody makes by accident, and a reason for whoever wants to give one.

    Programs that look through mails press buttons, but tick nothing.
    """

    sure = BooleanField(
        _("Yes, cancel my appointment"), [required(_("Tick the box if you want to cancel the appointment."))]
    )
    reason = Lines(_("Why?"), [at_most(1000)])
