"""The countries garages are in, by name."""

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
