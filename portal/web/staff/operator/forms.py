"""What is typed to give a garage its portal."""

import re
from typing import Any

from wtforms import Field, SelectField, ValidationError

from portal.core.dates import NATIVE_NAMES
from portal.domain.garage.profile import LANGUAGES, RESERVED_GARAGES, RESERVED_SLUGS
from portal.web.fields import Form, Line, at_most, choices, email_address, phone_number, required
from portal.web.staff.countries import COUNTRIES
from portal.web.words import lazy_gettext as _


class LocationForm(Form):
    """One more location of a garage."""

    name = Line(_("Name"), [required(_("Enter the name.")), at_most(200)])
    slug = Line(_("Address below the portal"), [required(_("Enter the address."))])
    country = SelectField(_("Country"), choices=choices(COUNTRIES))
    street = Line(_("Street and number"), [required(_("Enter the street.")), at_most(200)])
    postcode = Line(_("Postcode"), [required(_("Enter the postcode.")), at_most(16)])
    city = Line(_("Town"), [required(_("Enter the town.")), at_most(80)])

    reserved = RESERVED_SLUGS

    def validate_slug(self, field: Field) -> None:
        """Small letters, digits, hyphens; none of the portal's own addresses."""
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", field.data or "") or len(field.data) > 40:
            raise ValidationError(_("Use small letters, digits and single hyphens, at most 40."))
        if field.data in self.reserved:
            raise ValidationError(_("The portal itself uses this address."))

    def told(self, *names: str) -> dict[str, Any]:
        """What was typed in these fields and in those of every location."""
        usual = ("slug", "name", "street", "postcode", "city", "country")
        return {name: self[name].data for name in (*usual, *names)}


class GarageForm(LocationForm):
    """A new garage with its first location and its first owner."""

    reserved = RESERVED_GARAGES

    language = SelectField(_("First language"), choices=choices(NATIVE_NAMES))
    phone = Line(_("Phone"), [required(_("Enter the phone number.")), at_most(40)])
    mail = Line(
        _("Mail address of the garage"),
        [required(_("Enter the mail address of the garage.")), at_most(254), email_address],
    )
    owner = Line(
        _("Mail address of its owner"),
        [required(_("Enter the mail address of the owner.")), at_most(254), email_address],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A field declared anew would come last where mistakes are listed.
        self.name.label.text = _("Name of the garage")

    def validate_phone(self, field: Field) -> None:
        """A number of the chosen country, or any with its country code."""
        phone_number(lambda: str(self.country.data))(self, field)

    def beginning(self) -> dict[str, Any]:
        """What `beginning.document` asks for."""
        first = str(self.language.data)
        return {
            **self.told("phone", "mail"),
            "languages": [first, *(code for code in LANGUAGES if code != first)],
        }
