"""The damage flows of a garage: adding, changing, ordering. Removing asks bookings and cases first (`booking/damage_flows`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.core.normalise import slugs
from portal.domain.audit.service import Actor
from portal.domain.garage import editing
from portal.domain.garage.errors import DamageFlowUnknown
from portal.domain.garage.views import GarageView

FIELDS = ("damage_flows",)
ABOUT = "damage flows"

Flows = list[dict[str, Any]]


@dataclass(frozen=True)
class Told:
    """What is said about a damage flow: its name by language, and either `days` or `hours`."""

    name: Mapping[str, str]
    days: int | None
    hours: int | None

    def document(self) -> dict[str, Any]:
        """As its fields are stored."""
        return {"name": dict(self.name), "days": self.days, "hours": self.hours}


def add(garage: GarageView, told: Told, *, expected: str, by: Actor, now: datetime) -> str:
    """One more, after the others; the first one is the default. Its slug, made from the name.

    Raises:
        Overtaken: if the damage flows were changed since they were read.
    """
    flows = stored(garage)
    spoken = told.name.get(garage.languages[0], "")
    slug = slugs.slug(spoken, [each["slug"] for each in flows], otherwise="repair")
    added = {"slug": slug, "default": not flows, **told.document()}
    save(garage, [*flows, added], expected=expected, by=by, now=now)
    return slug


def change(garage: GarageView, slug: str, told: Told, *, expected: str, by: Actor, now: datetime) -> None:
    """Another name or length; cases, bookings and hours keep pointing at it.

    Raises:
        DamageFlowUnknown: if there is none of this slug.
        Overtaken: as `add`.
    """
    flows = stored(garage)
    at = place_of(flows, slug)
    flows[at] |= told.document()
    save(garage, flows, expected=expected, by=by, now=now)


def move(garage: GarageView, slug: str, by_places: int, *, expected: str, by: Actor, now: datetime) -> None:
    """So many places down the list, up if negative; never beyond its ends.

    Raises: as `change`.
    """
    flows = stored(garage)
    at = place_of(flows, slug)
    moved = flows.pop(at)
    flows.insert(max(0, at + by_places), moved)
    save(garage, flows, expected=expected, by=by, now=now)


def make_default(garage: GarageView, slug: str, *, expected: str, by: Actor, now: datetime) -> None:
    """The one for cases that name none.

    Raises: as `change`.
    """
    flows = stored(garage)
    place_of(flows, slug)
    changed = [{**each, "default": each["slug"] == slug} for each in flows]
    save(garage, changed, expected=expected, by=by, now=now)


def stored(garage: GarageView) -> Flows:
    """The damage flows as they are stored."""
    flows: Flows = editing.part(garage, FIELDS).values["damage_flows"]
    return flows


def place_of(flows: Flows, slug: str) -> int:
    """Where in the list the damage flow of this slug is.

    Raises:
        DamageFlowUnknown: if it is not there.
    """
    at = next((index for index, each in enumerate(flows) if each["slug"] == slug), None)
    if at is None:
        raise DamageFlowUnknown(slug)
    return at


def save(garage: GarageView, flows: Flows, *, expected: str, by: Actor, now: datetime) -> None:
    """Store this list."""
    editing.save(garage, {"damage_flows": flows}, expected=expected, by=by, now=now, about=ABOUT)
