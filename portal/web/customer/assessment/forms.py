"""What a customer is asked for an assessment."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import g
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, ValidationError
from wtforms.fields.core import UnboundField
from wtforms.validators import InputRequired, Optional, Regexp

from portal.core.normalise import mileage
from portal.domain.garage.profile import Question
from portal.domain.garage.views import Asker
from portal.web.fields import (
    Form,
    Line,
    Lines,
    at_most,
    choices,
    email_address,
    licence_plate,
    phone_number,
    required,
    vehicle_number,
)
from portal.web.words import lazy_gettext as _

QUESTION = "question_"  # what the names of fields begin with that are questions of the garage's own
YES_NO = {"yes": _("Yes"), "no": _("No")}
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
        kilometres = mileage.normalise(field.data)
        if kilometres is None:
            raise ValidationError(_("Enter the mileage in whole kilometres, for example 45000."))
        field.data = str(kilometres)


@lru_cache(maxsize=256)
def car_form(asker: Asker, language: str) -> type[CarForm]:
    """The form of the car with what the garage or its location itself asks, in `language`."""
    asked = {_question_name(each): _question(each, words) for each, words in asker.questions(language)}
    return type("CarForm", (CarForm,), asked) if asked else CarForm


def question_fields(form: CarForm) -> list[Field]:
    """The fields of the garage's own questions."""
    return [field for field in form if field.name.startswith(QUESTION)]


def answered(car: Mapping[str, Any], asker: Asker, language: str) -> list[tuple[str, str]]:
    """The garage's own questions that were answered: their words, and what was answered."""
    told = [(words, car.get(_question_name(each)) or "") for each, words in asker.questions(language)]
    return [(words, answer) for words, answer in told if answer]


def _question_name(question: Question) -> str:
    return f"{QUESTION}{question.slug}"


def _question(question: Question, words: str) -> UnboundField:
    needed = required(_("Answer this question: %(question)s", question=words))
    if question.kind == "text":
        return Line(words, [needed if question.required else Optional(), at_most(500)])
    return RadioField(
        words,
        [needed] if question.required else [],
        choices=choices(YES_NO),
        validate_choice=False,
        filters=[lambda answer: answer if answer in YES_NO else None],
    )


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
