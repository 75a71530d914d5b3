"""What every page of the room shares: its blueprint, its place, and the kinds of work there."""

from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, abort, g, url_for
from werkzeug.wrappers import Response

from portal.core import dates
from portal.domain.garage.offerings import Offering
from portal.domain.garage.profile import Flow
from portal.domain.garage.views import LocationView
from portal.domain.team.rights import Right
from portal.web.staff import page
from portal.web.staff.hours.fields import hhmm
from portal.web.words import gettext as _

blueprint = Blueprint("hours", __name__, url_prefix="/hours")
blueprint.add_app_template_filter(hhmm, "hhmm")
blueprint.add_app_template_filter(lambda day: dates.short_weekday(day, g.language), "weekday")
blueprint.add_app_template_filter(lambda day: dates.short_month(day, g.language), "month_name")


@dataclass(frozen=True)
class Work:
    """One kind of work at one location, as planners call it."""

    place: LocationView
    flow: Flow
    damage_flow: str
    name: str

    @property
    def key(self) -> str:
        """The work in one word, for options and addresses."""
        return f"repair.{self.damage_flow}" if self.flow == "repair" else self.flow

    @property
    def offering(self) -> Offering:
        """What customers may book of it."""
        return Offering(self.place, self.flow, self.damage_flow)

    @property
    def url(self) -> str:
        """Where its week is edited."""
        if self.flow == "repair":
            return url_for("staff.hours.repair", place=self.place.slug, flow=self.damage_flow)
        return url_for("staff.hours.assessment", place=self.place.slug)

    def at(self, place: LocationView) -> "Work":
        """The same work at `place`, such as the location after a change."""
        return Work(place, self.flow, self.damage_flow, self.name)


def the_place(slug: str) -> LocationView:
    """The location of an address; whoever may not see it finds nothing."""
    place = cast(LocationView | None, g.desk.reach.place(slug))
    if place is None or not place.listed:
        abort(404)
    return place


def works(place: LocationView) -> list[Work]:
    """Every kind of work the garage knows: assessments, then each damage flow."""
    return [
        Work(place, "assessment", "", _("Assessments")),
        *(Work(place, "repair", each.slug, flow_name(each.name)) for each in place.garage.damage_flows),
    ]


def the_work(place: LocationView, key: str) -> Work:
    """The work of this `key`; another is not found."""
    return next((each for each in works(place) if each.key == key), None) or abort(404)


def flow_name(names: Any) -> str:
    """The name of a damage flow in the language of the page."""
    return str(names.get(g.language) or next(iter(names.values()), ""))


def render(template: str, place: LocationView, tab: str, **context: Any) -> Response:
    """A page of one location; `tab` is the key of the one it stands on."""
    return page.render(
        f"hours/{template}",
        place=place,
        places=g.desk.reach.listed,
        tab=tab,
        works=works(place),
        may_plan=g.desk.may(Right.PLAN),
        may_own=g.desk.may(Right.OWN),
        **context,
    )
