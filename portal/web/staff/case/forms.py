"""What is typed about a case."""

import json
from typing import Any

from flask import g
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.dates import NATIVE_NAMES
from portal.core.normalise import plates
from portal.domain.cases import details
from portal.domain.cases.details import MAX_DAMAGE, Values
from portal.domain.photos.models import LABELS
from portal.web.fields import Form, Line, Lines, at_most, choices, required
from portal.web.staff.case import history, words
from portal.web.words import lazy_gettext as _

MAX_NOTE = 4000


class CaseForm(Form):
    """All that is known of a case and may be typed. What each may be is the domain's to say.

    `shown` is what stood in the fields when the form was made, as JSON: only what differs from it is meant to change.
    """

    shown = HiddenField()
    number = Line(words.FIELDS["number"])
    plate = Line(words.FIELDS["plate"])
    plate_country = Line(words.FIELDS["plate_country"])
    make = Line(words.FIELDS["make"])
    model = Line(words.FIELDS["model"])
    vin = Line(words.FIELDS["vin"])
    mileage = Line(words.FIELDS["mileage"])
    first_name = Line(words.FIELDS["first_name"])
    last_name = Line(words.FIELDS["last_name"])
    mail = Line(words.FIELDS["mail"])
    phone = Line(words.FIELDS["phone"])
    street = Line(words.FIELDS["street"])
    postcode = Line(words.FIELDS["postcode"])
    city = Line(words.FIELDS["city"])
    language = SelectField(words.FIELDS["language"])
    location = SelectField(words.FIELDS["location"])
    damage_flow = SelectField(words.FIELDS["damage_flow"])
    damage = Lines(words.FIELDS["damage"], [at_most(MAX_DAMAGE)])
    vehicle_in = Line(words.FIELDS["vehicle_in"])
    ready = Line(words.FIELDS["ready"])
    planned_end = Line(words.FIELDS["planned_end"])
    finished = Line(words.FIELDS["finished"])
    collected = Line(words.FIELDS["collected"])
    activities = Lines(words.FIELDS["activities"], [at_most(MAX_DAMAGE)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        garage, case = g.desk.garage, g.case.case
        self.language.choices = choices(
            {code: NATIVE_NAMES[code] for code in dict.fromkeys([*garage.languages, case.language])}
        )
        places = {place.slug: place.name for place in (*g.desk.reach.listed, g.case.place)}
        self.location.choices = choices(places)
        self.damage_flow.choices = choices(flows())

    @classmethod
    def stored(cls, values: Values) -> "CaseForm":
        """The form of a case with these values; each activity stands on a line of its own."""
        told = {name: details.plain(values[name]) for name in cls().before}
        lines = {"activities": told["activities"].replace(" | ", "\n")}
        return cls(formdata=None, shown=json.dumps(told), **{**told, **lines})

    @property
    def before(self) -> dict[str, str]:
        """The text of every field as it was shown."""
        try:
            told = json.loads(self.shown.data or "")
        except ValueError:
            told = None
        known = told if isinstance(told, dict) else {}
        return {field.name: str(known.get(field.name, "")) for field in self if field.name != "shown"}

    @property
    def given(self) -> dict[str, str]:
        """The text of the fields that somebody changed."""
        before = self.before
        return {name: text for name in before if (text := self._text(name)) != before[name]}

    def _text(self, name: str) -> str:
        told = self[name].data or ""
        return " | ".join(filter(None, map(str.strip, told.splitlines()))) if name == "activities" else told


def flows() -> dict[str, Any]:
    """The damage flows of the garage, after the one that holds where none is chosen."""
    every, own = g.desk.garage.profile.damage_flows, g.case.case.damage_flow
    usual = next((each.slug for each in every if each.default), None)
    slugs = dict.fromkeys([*(each.slug for each in every), *([own] if own else [])])
    words = _("%(name)s, the usual one", name=history.damage_flow(usual)) if usual else _("None")
    return {"": words} | {slug: history.damage_flow(slug) for slug in slugs}


class Zones(SelectMultipleField):
    """The zones of the car, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ZonesForm(Form):
    """Where the car is damaged."""

    expected = HiddenField()
    zones = Zones(words.FIELDS["damage_zones"], choices=choices(words.ZONES))


class NoteForm(Form):
    """A note."""

    words = Lines(_("New note"), [required(_("Write something first.")), at_most(MAX_NOTE)])


class PhotosForm(Form):
    """What the photos show that are added."""

    label = SelectField(
        _("What they show"),
        choices=choices({label: words.PHOTOS[label] for label in LABELS}),
        default="other",
    )


class TimeForm(Form):
    """A time to book."""

    timeslot = Line(_("Time"), [required(_("Choose a time."))])


class CancelForm(Form):
    """Why an appointment is cancelled, and whether its customer gets a letter."""

    reason = Lines(_("Words to the customer"), [at_most(1000)])
    tell = BooleanField(_("Tell the customer by mail"))


class EraseForm(Form):
    """The plate, typed again, so that nobody erases a case by accident."""

    plate = Line(_("Licence plate"), [required(_("Type the plate of this case."))])

    def is_right(self) -> bool:
        """Whether it is the plate of the case."""
        return plates.key(self.plate.data or "") == g.case.vehicle.plate_key
