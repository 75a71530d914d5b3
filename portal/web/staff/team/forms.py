"""What is typed about a colleague."""

from typing import Any

from flask import g
from wtforms import Field, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.dates import NATIVE_NAMES
from portal.domain.team.rights import Role
from portal.web.fields import Form, Line, at_most, choices, email_address, required
from portal.web.words import lazy_gettext as _

ROLE_NAMES = {
    Role.OWNER: _("Owner"),
    Role.PLANNER: _("Planner"),
    Role.RECEPTION: _("Reception"),
    Role.VIEWER: _("Viewer"),
}
ROLES = {
    Role.OWNER: _("Owner: everything, also brand, letters, team and privacy"),
    Role.PLANNER: _("Planner: cases and appointments, hours and capacity"),
    Role.RECEPTION: _("Reception: cases, appointments and letters to customers"),
    Role.VIEWER: _("Viewer: sees everything of the day, changes nothing"),
}


class Ticks(SelectMultipleField):
    """Several of a few, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RoleForm(Form):
    """What a member is here, and for which locations; none ticked means all of them."""

    role = SelectField(_("Role"), choices=choices(ROLES), default=Role.RECEPTION)
    locations = Ticks(_("Only for these locations"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locations.choices = choices({place.id: place.name for place in g.desk.reach.locations})

    def validate_locations(self, field: Field) -> None:
        """An owner owns the whole garage."""
        if field.data and self.role.data == Role.OWNER:
            raise ValidationError(_("An owner is there for all locations."))

    @property
    def reach(self) -> list[int] | None:
        """The ids of the locations, None for all."""
        return self.locations.data or None


class InviteForm(RoleForm):
    """Whom to invite."""

    email = Line(_("Mail address"), [required(_("Enter a mail address.")), at_most(254), email_address])
    language = SelectField(_("Language of the invitation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = choices({code: NATIVE_NAMES[code] for code in g.desk.garage.languages})
