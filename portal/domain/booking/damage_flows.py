"""Where a damage flow is used, and removing one that is not."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.db import db
from portal.domain.audit.service import Actor
from portal.domain.booking.errors import DamageFlowIsDefault, DamageFlowUsed
from portal.domain.booking.models import Booking
from portal.domain.cases.models import Case
from portal.domain.garage import damage_flows
from portal.domain.garage.views import GarageView


@dataclass(frozen=True)
class Uses:
    """How many cases and bookings, whenever they were, are of a damage flow, and the locations with hours for it."""

    cases: int
    bookings: int
    places: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.cases or self.bookings or self.places)


def uses(garage: GarageView, slug: str) -> Uses:
    """Where the damage flow of this slug is used."""
    cases = select(func.count()).where(Case.garage_id == garage.id, Case.damage_flow == slug)
    bookings = select(func.count()).where(Booking.garage_id == garage.id, Booking.damage_flow == slug)
    return Uses(
        db.session.scalar(cases) or 0,
        db.session.scalar(bookings) or 0,
        tuple(place.name for place in garage.locations if place.repair_hours(slug)),
    )


def remove(garage: GarageView, slug: str, *, expected: str, by: Actor, now: datetime) -> None:
    """Take a damage flow off the list.

    Raises:
        DamageFlowUnknown: if there is none of this slug.
        DamageFlowIsDefault: cases that name none need one.
        DamageFlowUsed: if `uses` finds any.
        Overtaken: if the damage flows were changed since they were read.
    """
    flows = damage_flows.stored(garage)
    at = damage_flows.place_of(flows, slug)
    if flows[at]["default"]:
        raise DamageFlowIsDefault(slug)
    # A case that comes to it after this look is not lost: whoever names an unknown damage flow is given the default.
    if uses(garage, slug):
        raise DamageFlowUsed(slug)
    del flows[at]
    damage_flows.save(garage, flows, expected=expected, by=by, now=now)
