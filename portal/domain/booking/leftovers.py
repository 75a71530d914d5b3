"""Which bookings a change of hours or capacity would leave outside; asked before it is saved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Row, select

from portal.core import scheduling
from portal.core.scheduling import Refusal
from portal.db import ask
from portal.domain.booking import load
from portal.domain.booking.models import Booking
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import Offering
from portal.domain.garage.profile import Flow, GarageFile, GarageProfile
from portal.domain.garage.views import LocationView

FAR = 36_500  # days; how far ahead one may book says nothing about what is booked


@dataclass(frozen=True)
class Leftover:
    """A coming booking or live hold that would not be given away today, and the rule that says so."""

    uid: str
    location: str
    day: date
    start_minute: int
    flow: str
    refusal: Refusal


def of(file: GarageFile, now: datetime) -> list[Leftover]:
    """What applying `file` would leave outside and the hours of now do not, by time."""
    garage = garages.known(file.slug)
    if garage is None:
        return []
    found = []
    profiles = {each.slug: each for each in file.locations}
    whole = _garage(file)
    for place in garage.locations:
        profile = profiles.get(place.slug)
        if (profile, whole) == (place.profile, garage.profile):
            continue
        coming = _coming(place, now)
        future = LocationView(place.id, profile or place.profile, whole, listed=profile is not None)
        already = {each.uid for each in _outside(place, coming, now)}
        found += [each for each in _outside(future, coming, now) if each.uid not in already]
    return sorted(found, key=lambda each: (each.day, each.start_minute))


def now_outside(place: LocationView, now: datetime) -> list[Leftover]:
    """What stands outside the hours of now, whoever left it there, by time."""
    return sorted(_outside(place, _coming(place, now), now), key=lambda each: (each.day, each.start_minute))


def _garage(file: GarageFile) -> GarageProfile:
    return GarageProfile.model_validate(file.model_dump(exclude={"locations"}))


def _coming(place: LocationView, now: datetime) -> list[Row]:
    """Who asked first comes first, and stays if not all can."""
    return list(
        ask(
            select(
                Booking.uid,
                Booking.flow,
                Booking.damage_flow,
                Booking.day,
                Booking.start_minute,
                Booking.end_minute,
            )
            .where(Booking.location_id == place.id, Booking.starts_at > now, load.counts_at(now))
            .order_by(Booking.requested_at, Booking.id)
        )
    )


def _outside(place: LocationView, coming: Iterable[Row], now: datetime) -> Iterable[Leftover]:
    schedules: dict[tuple[Flow, str], scheduling.Schedule] = {}
    slots: dict[tuple[Flow, str, date], dict[tuple[date, int, int], int]] = defaultdict(
        lambda: defaultdict(int)
    )
    days: dict[date, int] = defaultdict(int)
    for each in coming:
        work = each.flow, each.damage_flow
        if work not in schedules:
            schedule = Offering(place, *work).schedule(now.year)
            schedules[work] = replace(schedule, notice=timedelta(0), horizon_days=FAR)
        that_day = slots[*work, each.day]
        taken = scheduling.Load.of(that_day, {each.day: days[each.day]})
        refusal = scheduling.why_not(schedules[work], taken, now, each.day, each.start_minute)
        if refusal is not None:
            yield Leftover(each.uid, place.name, each.day, each.start_minute, each.flow, refusal)
        else:
            that_day[each.day, each.start_minute, each.end_minute] += 1
            days[each.day] += 1
