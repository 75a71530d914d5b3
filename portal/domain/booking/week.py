"""How full the days of a location are, work by work: what the desk sees at a glance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from portal.core import scheduling
from portal.domain.booking import load
from portal.domain.garage.offerings import Offering, assessments
from portal.domain.garage.views import LocationView


@dataclass(frozen=True)
class Work:
    """One kind of work on one day: places taken, by bookings and live holds, and places there are."""

    offering: Offering
    taken: int
    capacity: int


@dataclass(frozen=True)
class Day:
    """A local day of a location; `limit` is the most of all work together, None where there is none."""

    day: date
    work: tuple[Work, ...]
    limit: int | None

    @property
    def taken(self) -> int:
        return sum(each.taken for each in self.work)

    @property
    def capacity(self) -> int:
        """Places of the day over all work."""
        places = sum(each.capacity for each in self.work)
        return places if self.limit is None else min(places, self.limit)


def days(place: LocationView, first: date, last: date, now: datetime) -> list[Day]:
    """The days from `first` to `last`, both included."""
    of_work = [_work(offering, first, last, now) for offering in offerings(place)]
    return [
        Day(work[0].day, tuple(each.work for each in work), place.profile.day_limit)
        for work in zip(*of_work, strict=True)
    ]


def offerings(place: LocationView) -> list[Offering]:
    """What a location does, whether customers may book it themselves or not."""
    return [
        assessments(place),
        *(Offering(place, "repair", hours.damage_flow) for hours in place.profile.repair),
    ]


@dataclass(frozen=True)
class _WorkOfDay:
    day: date
    work: Work


def _work(offering: Offering, first: date, last: date, now: datetime) -> Iterator[_WorkOfDay]:
    taken = load.live(offering, first, last, now)
    for each in scheduling.offer(offering.schedule(now.year), taken, now, first, last):
        count = sum(count for _, _, count in taken.spans.get(each.day, ()))
        yield _WorkOfDay(each.day, Work(offering, count, each.capacity))
