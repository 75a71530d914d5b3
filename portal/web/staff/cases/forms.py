"""What is typed to open a case by hand. What of it can be taken, `domain/cases/details.py` decides."""

from typing import Any

from flask import g
from wtforms import BooleanField, SelectField

from portal.core.dates import NATIVE_NAMES
from portal.domain.cases.details import FIELDS
from portal.domain.cases.errors import Problem
from portal.web.fields import Form, Line, Lines, choices
from portal.web.staff.case.words import FIELDS as NAMES
from portal.web.staff.case.words import problem
from portal.web.staff.cases import words
from portal.web.words import lazy_gettext as _


class CaseForm(Form):
    """A new case; its fields are called as those of a case are, here and on its page."""

    plate = Line(NAMES["plate"])
    plate_country = Line(NAMES["plate_country"])
    make = Line(NAMES["make"])
    model = Line(NAMES["model"])
    vin = Line(NAMES["vin"])
    mileage = Line(NAMES["mileage"])
    first_name = Line(NAMES["first_name"])
    last_name = Line(NAMES["last_name"])
    mail = Line(NAMES["mail"])
    phone = Line(NAMES["phone"])
    street = Line(NAMES["street"])
    postcode = Line(NAMES["postcode"])
    city = Line(NAMES["city"])
    language = SelectField(NAMES["language"])
    location = SelectField(NAMES["location"])
    number = Line(NAMES["number"])
    damage_flow = SelectField(NAMES["damage_flow"])
    damage = Lines(NAMES["damage"])
    vehicle_in = Line(NAMES["vehicle_in"])
    ready = Line(NAMES["ready"])
    planned_end = Line(NAMES["planned_end"])
    finished = Line(NAMES["finished"])
    collected = Line(NAMES["collected"])
    activities = Lines(NAMES["activities"])
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
        for each in problems:
            self[each.field].errors = [*self[each.field].errors, problem(each)]
