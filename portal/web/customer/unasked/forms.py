"""What is answered to stop mails."""

from wtforms import BooleanField

from portal.web.fields import Form, required
from portal.web.words import lazy_gettext as _


class UnaskedForm(Form):
    """A tick, because programs that look through mails press buttons, but tick nothing."""

    sure = BooleanField(
        _("I did not ask for this appointment"), [required(_("Tick the box if this was not you."))]
    )
