"""The countries garages are in, and the parts of them that have holidays of their own, by name."""

from typing import Any

from flask import g

from portal.domain.garage import rest_days
from portal.domain.garage.beginning import ZONES
from portal.web.words import lazy_gettext as _

COUNTRIES = {
    "BE": _("Belgium"),
    "NL": _("Netherlands"),
    "DE": _("Germany"),
    "FR": _("France"),
    "LU": _("Luxembourg"),
    "AT": _("Austria"),
    "CH": _("Switzerland"),
}
assert COUNTRIES.keys() == ZONES.keys(), "a country has a name and a zone"
# Where the calendar has an English word for what its people call otherwise.
_REGIONS = {
    "BE": {
        "Flemish": _("Flemish Community"),
        "French": _("French Community"),
        "German": _("German-speaking Community"),
    }
}


def regions(country: str) -> dict[str, Any]:
    """The parts of a country with holidays of their own: code and name."""
    return {**rest_days.regions(country), **_REGIONS.get(country, {})}


def region(code: str) -> str:
    """The name of a part of a country in which the garage at whose desk one sits has a location."""
    known = (regions(place.profile.country) for place in g.desk.garage.locations)
    return str(next((each[code] for each in known if code in each), code))
