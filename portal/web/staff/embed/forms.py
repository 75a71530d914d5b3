"""What is typed about web sites and flows."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, ValidationError

from portal.core.normalise import sites
from portal.domain.garage.profile import FLOWS
from portal.domain.garage.views import GarageView
from portal.web.fields import Lines, at_most
from portal.web.staff.parts import PartForm, PartOf

MOST_SITES = 20


class SitesForm(PartForm):
    """The web sites that may show the portal in a frame, one a line."""

    allowed_sites = Lines(_("Web sites that may show your portal"), [at_most(4000)])

    def validate_allowed_sites(self, field: Field) -> None:
        """Each line is a site; the field keeps their normal form."""
        lines = [line.strip() for line in (field.data or "").splitlines() if line.strip()]
        wrong = [line for line in lines if sites.normalise(line) is None]
        if wrong:
            raise ValidationError(
                _("“%(line)s” is not a web site. Write it like https://www.example.com.", line=wrong[0][:80])
            )
        if len(lines) > MOST_SITES:
            raise ValidationError(_("Name at most %(max)d web sites.", max=MOST_SITES))
        field.data = "\n".join(dict.fromkeys(str(sites.normalise(line)) for line in lines))


def filled_sites(of: PartOf) -> SitesForm:
    """The form as it is stored."""
    assert isinstance(of, GarageView)
    return SitesForm(formdata=None, allowed_sites="\n".join(of.profile.allowed_sites))


class FlowsForm(PartForm):
    """Which flows customers see."""

    assessment = BooleanField(_("Book an assessment"))
    repair = BooleanField(_("Book a repair"))
    status = BooleanField(_("Track a repair"))

    def changes(self, of: PartOf) -> dict[str, Any]:
        """The field of the document; a location that shows whatever the garage shows says nothing itself."""
        if isinstance(of, GarageView):
            return {"flows": [flow for flow in FLOWS if self[flow].data]}
        before, general = of.profile.flows, of.garage.flows
        # What the garage hides cannot be ticked here: the location keeps what it said about it.
        shown = [
            flow
            for flow in FLOWS
            if (self[flow].data if flow in general else before is None or flow in before)
        ]
        return {"flows": None if len(shown) == len(FLOWS) else shown}


def filled_flows(of: PartOf) -> FlowsForm:
    """The form as it is stored."""
    own = of.profile.flows
    return FlowsForm(formdata=None, **{flow: own is None or flow in own for flow in FLOWS})
