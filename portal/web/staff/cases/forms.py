"""What is typed to open a case by hand. What of it can be taken, `domain/cases/details.py` decides."""

from typing import Any

from flask import g
from wtforms import BooleanField, SelectField

from portal.core.dates import NATIVE_NAMES
from portal.domain.cases.details import FIELDS
from portal.domain.cases.errors import Problem
from portal.web.fields import Form, Line, Lines, choices
from portal.web.staff.cases import words
from portal.web.words import lazy_gettext as _


class CaseForm(Form):
    """A new case; its fields are called as those of a case are."""

    plate = Line(_("Licence plate"))
    plate_country = Line(_("Country of the plate"))
    make = Line(_("Make"))
    model = Line(_("Model"))
    vin = Line(_("Chassis number (VIN)"))
    mileage = Line(_("Mileage in km"))
    first_name = Line(_("First name"))
    last_name = Line(_("Last name"))
    mail = Line(_("Mail address"))
    phone = Line(_("Phone"))
    street = Line(_("Street and number"))
    postcode = Line(_("Postcode"))
    city = Line(_("City"))
    language = SelectField(_("Language"))
    location = SelectField(_("Location"))
    number = Line(_("Case number"))
    damage_flow = SelectField(_("Kind of repair"))
    damage = Lines(_("What happened?"))
    vehicle_in = Line(_("Car came in"))
    ready = Line(_("Ready for the work to start"))
    planned_end = Line(_("Expected end"))
    finished = Line(_("Work finished"))
    collected = Line(_("Car collected"))
    activities = Lines(_("Pieces of work"))
    anyway = BooleanField(_("Open another case for this car"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        garage, places = g.desk.garage, g.desk.reach.listed
        self.location.choices = choices({place.slug: place.name for place in places})
        self.language.choices = choices({code: NATIVE_NAMES[code] for code in garage.languages})
        flows = {flow.slug: words.flow_name(flow) for flow in garage.profile.damage_flows}
        self.damage_flow.choices = choices({"": _("The usual one")} | flows)

    @property
    def given(self) -> dict[str, str]:
        """The text of each field of the case; pieces of work stand on lines of their own here."""
        told = {name: self[name].data or "" for name in FIELDS if name in self}
        return told | {"activities": " | ".join(filter(None, told["activities"].splitlines()))}

    @property
    def has_work(self) -> bool:
        """Whether something is said of a car that is in the workshop already."""
        names = ("vehicle_in", "ready", "planned_end", "finished", "collected", "activities")
        return any(self[name].data or self[name].errors for name in names)

    def refuse(self, problems: list[Problem]) -> None:
        """Say at each field what is wrong with it."""
        for problem in problems:
            self[problem.field].errors = [*self[problem.field].errors, words.sentence(problem)]
