"""What a location gives places for: assessments, or the repairs of one damage flow."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import holidays

from portal.core import scheduling
from portal.domain.garage.hours import WorkHours
from portal.domain.garage.profile import Flow, LocationProfile
from portal.domain.garage.views import LocationView


@dataclass(frozen=True)
class Offering:
    """One kind of work at one location. `damage_flow` is empty for assessments, and where a garage has none.

    `by_desk`: the garage itself gives the place away, which knows whether it can be ready sooner than its notice says.
    """

    location: LocationView
    flow: Flow
    damage_flow: str = ""
    by_desk: bool = False

    def at_desk(self) -> "Offering":
        """The same, given away by the garage itself."""
        return replace(self, by_desk=True)

    @property
    def is_open(self) -> bool:
        """Whether customers may book this here at all."""
        return self.location.takes(self.flow)

    @property
    def day_limit(self) -> int | None:
        """Most places of this work a day; None is no limit."""
        hours = self.location.repair_hours(self.damage_flow) if self.flow == "repair" else None
        return hours.day_limit if hours else None

    @property
    def hours(self) -> WorkHours:
        """When this is done; no hours at all while customers may not book it."""
        own: WorkHours | None = None
        if self.is_open:
            profile = self.location.profile
            own = (
                profile.assessment
                if self.flow == "assessment"
                else self.location.repair_hours(self.damage_flow)
            )
        return own or WorkHours()

    def schedule(self, year: int) -> scheduling.Schedule:
        """The hours as the scheduling core reads them, with public holidays from `year` on."""
        return _schedule(self, year)


def assessments(location: LocationView) -> Offering:
    """Looking at damage."""
    return Offering(location, "assessment")


def repairs(location: LocationView, damage_flow: str | None) -> Offering:
    """Repairing; the default damage flow where `damage_flow` names none of the garage's."""
    chosen = location.damage_flow(damage_flow)
    return Offering(location, "repair", chosen.slug if chosen else "")


@lru_cache(maxsize=1024)
def _schedule(offering: Offering, year: int) -> scheduling.Schedule:
    profile, hours = offering.location.profile, offering.hours
    return scheduling.Schedule(
        zone=profile.zone,
        windows=tuple(hours.windows()),
        exceptions=tuple(
            scheduling.DayException(exception.day, tuple(hours.exception_windows(exception)))
            for exception in hours.exceptions
        ),
        closures=tuple(scheduling.Closure(closure.first, closure.last) for closure in profile.closures),
        holidays=_public_holidays(profile, year) if profile.public_holidays else frozenset(),
        notice=timedelta(minutes=0 if offering.by_desk else hours.notice_minutes),
        horizon_days=hours.horizon_days,
        day_limit=profile.day_limit,
        work_day_limit=offering.day_limit,
    )


def _public_holidays(profile: LocationProfile, year: int) -> frozenset[date]:
    # The horizon is at most 400 days, and the local year may still be the one before.
    years = range(year - 1, year + 3)
    return frozenset(holidays.country_holidays(profile.country, subdiv=profile.region, years=years))
