"""A garage as it would be."""

from collections.abc import Mapping
from typing import Any

from portal.domain.garage import editing
from portal.domain.garage.profile import GarageProfile
from portal.domain.garage.views import GarageView, LocationView


def as_if(garage: GarageView, changes: Mapping[str, Any], place: LocationView | None = None) -> GarageView:
    """The garage with `changes` (JSON values by field) to its own fields, or to those of `place`. Nothing is stored.

    Raises:
        PartRefused: if that would break a rule.
    """
    file = editing.preview(garage, changes, place)
    profile = GarageProfile.model_validate(file.model_dump(exclude={"locations"}))
    locations = tuple(
        LocationView(each.id, location, profile)
        for each, location in zip(garage.locations, file.locations, strict=True)
    )
    return GarageView(garage.id, garage.revision, profile, locations)
