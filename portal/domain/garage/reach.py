"""How far somebody at the desk reaches: which garage, and which of its locations."""

from dataclasses import dataclass

from portal.domain.garage.views import GarageView, LocationView


@dataclass(frozen=True, eq=False)
class Reach:
    """Everything the desk asks is asked within a reach, so that a forgotten check finds nothing.

    `locations` are also those no longer listed: their cases and bookings stay. `whole`: all of the garage, also
    locations that come later.
    """

    garage: GarageView
    locations: tuple[LocationView, ...]
    whole: bool = True

    @property
    def garage_id(self) -> int:
        return self.garage.id

    @property
    def location_ids(self) -> tuple[int, ...]:
        return tuple(location.id for location in self.locations)

    @property
    def listed(self) -> tuple[LocationView, ...]:
        """Those that customers see."""
        return tuple(location for location in self.locations if location.listed)

    def place(self, slug: str) -> LocationView | None:
        """The location of this name, if it is within reach."""
        return next((location for location in self.locations if location.slug == slug), None)

    def by_id(self, location_id: int) -> LocationView | None:
        """The location with this id, if it is within reach."""
        return next((location for location in self.locations if location.id == location_id), None)
