"""Where a location is: its name and address, the clock on its wall, and whose public holidays count there."""

from collections.abc import Iterator, Mapping
from typing import Any

from wtforms import Field, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from portal.domain.garage.beginning import ZONES
from portal.domain.garage.spelling import zones
from portal.domain.garage.views import LocationView
from portal.web.fields import Form, Line, at_most, choices, required
from portal.web.staff.countries import COUNTRIES, regions
from portal.web.words import lazy_gettext as _


class WhereaboutsForm(Form):
    """What says where a location is. A region is written with its country, as those of all of them can be chosen."""

    name = Line(_("Name"), [required(_("Enter the name.")), at_most(200)])
    street = Line(_("Street and number"), [required(_("Enter the street.")), at_most(200)])
    postcode = Line(_("Postcode"), [required(_("Enter the postcode.")), at_most(16)])
    city = Line(_("Town"), [required(_("Enter the town.")), at_most(80)])
    country = SelectField(_("Country"))
    region = SelectField(_("Region, for its own holidays"))
    zone = SelectField(_("Time zone"))

    def __init__(self, *args: Any, place: LocationView, **more: Any) -> None:
        super().__init__(*args, **more)
        countries = {code: str(words) for code, words in COUNTRIES.items()}
        countries.setdefault(place.profile.country, place.profile.country)
        self.country.choices = choices(countries)
        self.region.choices = [SelectChoice("", _("The whole country")), *_regions(countries)]
        self.zone.choices = list(_zones(place.zone))

    @classmethod
    def stored(cls, place: LocationView, values: Mapping[str, Any]) -> "WhereaboutsForm":
        """The form as it is stored."""
        region = f"{values['country']}-{values['region']}" if values["region"] else ""
        return cls(formdata=None, place=place, **{**values, "region": region})

    def validate_region(self, field: Field) -> None:
        """A region of the chosen country."""
        if field.data and field.data.partition("-")[0] != self.country.data:
            raise ValidationError(_("This region lies in another country."))

    @property
    def value(self) -> dict[str, Any]:
        """The section as it is stored."""
        told = {field.name: field.data for field in self}
        return told | {"region": told["region"].partition("-")[2] or None}


def _regions(countries: Mapping[str, str]) -> Iterator[SelectChoice]:
    for country, name in countries.items():
        for code, words in regions(country).items():
            yield SelectChoice(f"{country}-{code}", words, optgroup=name)


def _zones(own: str) -> Iterator[SelectChoice]:
    """The zones of our countries, then every other one by the part of the world it is in."""
    first = dict.fromkeys([own, *ZONES.values()])
    yield from (SelectChoice(zone) for zone in first)
    for zone in sorted(zones() - first.keys()):
        part, slash, _city = zone.partition("/")
        if slash and part != "Etc":
            yield SelectChoice(zone, optgroup=part)
