"""What a customer is asked for an assessment."""

import re
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import g
from wtforms import BooleanField, HiddenField, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional, Regexp

from portal.web.fields import (
    Form,
    Line,
    Lines,
    at_most,
    email_address,
    licence_plate,
    phone_number,
    required,
    vehicle_number,
)
from portal.web.words import lazy_gettext as _

PLATE_COUNTRIES = (
    "BE", "NL", "DE", "FR", "LU", "AT", "BG", "CH", "CY", "CZ", "DK", "EE", "ES", "FI", "GB", "GR", "HR", "HU", "IE",
    "IT", "LT", "LV", "MT", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR", "UA",
)  # fmt: skip
MAKES = (
    "Alfa Romeo", "Audi", "BMW", "BYD", "Citroën", "Cupra", "Dacia", "DS", "Fiat", "Ford", "Honda", "Hyundai",
    "Jaguar", "Jeep", "Kia", "Land Rover", "Lexus", "Lynk & Co", "Mazda", "Mercedes-Benz", "MG", "Mini", "Mitsubishi",
    "Nissan", "Opel", "Peugeot", "Polestar", "Porsche", "Renault", "Seat", "Škoda", "Smart", "Subaru", "Suzuki",
    "Tesla", "Toyota", "Volkswagen", "Volvo", "XPeng",
)  # fmt: skip


class YouForm(Form):
    """Who asks, and the consent to pass it on."""

    first_name = Line(_("First name"), [required(_("Enter your first name.")), at_most(80)])
    last_name = Line(_("Last name"), [required(_("Enter your last name.")), at_most(80)])
    email = Line(_("Mail address"), [required(_("Enter your mail address.")), at_most(254), email_address])
    phone = Line(
        _("Phone"),
        [required(_("Enter your phone number.")), at_most(40), phone_number(lambda: g.place.profile.country)],
    )
    street = Line(_("Street and number"), [Optional(), at_most(120)])
    postcode = Line(_("Postcode"), [Optional(), at_most(16)])
    city = Line(_("Town"), [Optional(), at_most(80)])
    consent = BooleanField(
        "",  # the page has the words, with the garage's name in them; without any, WTForms would load its own
        [required(_("Tick the box: without your consent we may not pass your request on."))],
    )


class FirstYouForm(YouForm):
    """The same before there is a draft: the page brings the id the draft will have, so Back never makes a second."""

    draft = HiddenField(validators=[Optional(), Regexp(r"[A-Za-z0-9_-]{22}\Z")])

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in super().answers().items() if name != "draft"}


class CarForm(Form):
    """Which car, and what happened."""

    plate = Line(_("Licence plate"), [required(_("Enter the licence plate.")), at_most(20), licence_plate])
    plate_country = SelectField(_("Country of the plate"), validate_choice=True)
    make = Line(_("Make"), [required(_("Enter the make of the car.")), at_most(60)])
    model = Line(_("Model"), [required(_("Enter the model of the car.")), at_most(60)])
    vin = Line(_("Chassis number (VIN)"), [Optional(), at_most(40), vehicle_number])
    mileage = Line(_("Mileage in km"), [Optional(), at_most(12)])
    damage = Lines(_("What happened?"), [required(_("Tell us in a few words what happened.")), at_most(4000)])

    def validate_mileage(self, field: Line) -> None:
        digits = "".join(sign for sign in field.data if sign not in " .,'\u00a0\u202f")
        if not re.fullmatch("[0-9]{1,7}", digits):
            raise ValidationError(_("Enter the mileage in whole kilometres, for example 45000."))
        field.data = digits


class LocationForm(Form):
    """Which workshop."""

    location = RadioField(
        _("Location"), validators=[InputRequired(_("Choose a location."))], validate_choice=True
    )


@lru_cache(maxsize=8)
def plate_countries(language: str) -> list[tuple[str, str]]:
    """The countries whose plates we meet, named in `language`, in its order."""
    names = Locale.parse(language).territories
    return sorted(((code, names[code]) for code in PLATE_COUNTRIES), key=lambda pair: pair[1])
