"""Locations of a garage: one more, or one that customers no longer see."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.core import codes
from portal.db import transaction
from portal.domain.audit import service as audit
from portal.domain.audit.service import Actor
from portal.domain.garage import editing, queries
from portal.domain.garage.errors import LastLocation, SlugTaken
from portal.domain.garage.models import Garage, Location
from portal.domain.garage.views import GarageView


def add(garage: GarageView, document: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """One more location, after the others, from JSON values by field.

    Raises:
        PartRefused: if it breaks a rule.
        SlugTaken: if the garage has, or had, a location of this name.
    """
    with transaction(f"garage {garage.slug}") as session:
        fresh = queries.by_id(garage.id)
        slugs = {each.slug for each in queries.every_location(fresh)}
        if document.get("slug") in slugs:
            raise SlugTaken(document["slug"])
        whole = fresh.profile.model_dump(mode="json")
        known = [each.profile.model_dump(mode="json") for each in fresh.locations]
        added = editing.validated({**whole, "locations": [*known, dict(document)]}, None).locations[-1]
        profile = added.model_dump(mode="json")
        session.add(Location(garage_id=garage.id, slug=added.slug, position=len(slugs), profile=profile))
        session.get_one(Garage, garage.id).revision = codes.uid()
        audit.record(
            session, by, "created", garage_id=garage.id, about="location", subject=added.slug, now=now
        )


def show_to_customers(garage: GarageView, slug: str, *, listed: bool, by: Actor, now: datetime) -> None:
    """Let customers see a location, or no longer; its bookings and cases stay either way.

    Raises:
        LastLocation: if customers would see none any more.
    """
    with transaction(f"garage {garage.slug}") as session:
        places = session.scalars(select(Location).where(Location.garage_id == garage.id)).all()
        place = next(each for each in places if each.slug == slug)
        if not listed and not any(each.listed for each in places if each is not place):
            raise LastLocation
        if place.listed == listed:
            return
        place.listed = listed
        session.get_one(Garage, garage.id).revision = codes.uid()
        audit.record(
            session,
            by,
            "changed",
            garage_id=garage.id,
            location_id=place.id,
            about="location",
            subject=slug,
            now=now,
            before={"listed": not listed},
            after={"listed": listed},
        )
