"""What is looked for among letters, and the address that is corrected."""

from typing import Any

from flask import request
from wtforms import HiddenField, SelectField

from portal.domain.deliveries.queries import TO_TEAM, Wanted
from portal.web.fields import Form, Line, at_most, choices, email_address, required
from portal.web.staff.deliveries import words
from portal.web.words import lazy_gettext as _


class FilterForm(Form):
    """Which letters."""

    address = Line(_("Address begins with"), [at_most(254)])
    state = SelectField(_("State"))
    purpose = SelectField(_("Letter"))

    @classmethod
    def asked(cls, *, team: bool) -> "FilterForm":
        """As the address of the page says."""
        form = cls(formdata=request.args)
        states = {name: spoken for name, (spoken, _which) in words.STATES.items()}
        kinds = {
            name: spoken for name, spoken in words.PURPOSES.items() if team or not name.startswith(TO_TEAM)
        }
        form.state.choices = choices({"": _("Every state")} | states)
        form.purpose.choices = choices({"": _("Every letter")} | kinds)
        for chosen in (form.state, form.purpose):
            if chosen.data is None:
                chosen.data = ""
        return form

    def wanted(self) -> Wanted:
        """What the outbox is asked."""
        states = words.STATES[self.state.data][1] if self.state.data else ()
        return Wanted(states, self.purpose.data, self.address.data or "")

    def asked_for(self) -> dict[str, Any]:
        """The same as parts of an address."""
        told = {name: request.args.get(name, "") for name in ("address", "state", "purpose")}
        return {name: value for name, value in told.items() if value}


class AddressForm(Form):
    """Where letters go from now on; `expected` is where they went when the page was read."""

    email = Line(_("Correct address"), [required(_("Enter a mail address.")), at_most(254), email_address])
    expected = HiddenField()
