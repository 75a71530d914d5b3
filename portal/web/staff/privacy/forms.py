"""What is typed about keeping and erasing."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from portal.domain.garage.limits import Retention
from portal.web.fields import Form, required


def _number(label: Any, least: int, most: int) -> IntegerField:
    sentence = _("Enter a number from %(least)d to %(most)d.", least=least, most=most)
    return IntegerField(label, [InputRequired(message=sentence), NumberRange(least, most, message=sentence)])


class RetentionForm(Form):
    """How long things are kept. `sure`: what would go tonight was seen."""

    case_months = _number(_("Cases, in months"), 1, 240)
    request_days = _number(_("Requests that nobody confirmed, in days"), 1, 366)
    log_months = _number(_("Audit log, in months"), 1, 240)
    sure = BooleanField(_("I have seen what would go tonight"))
    expected = HiddenField()

    def retention(self) -> Retention:
        """As the garage keeps it."""
        return Retention(
            case_months=self.case_months.data,
            request_days=self.request_days.data,
            log_months=self.log_months.data,
        )


class EraseForm(Form):
    """Erasing cannot be undone."""

    sure = BooleanField(_("I understand that this cannot be undone"), [required(_("Tick this box first."))])
