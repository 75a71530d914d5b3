"""What a new garage still has to do before, and until, its first booking."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select

from portal.core import scheduling
from portal.db import db
from portal.domain.booking.models import Booking, State
from portal.domain.booking.week import offerings
from portal.domain.garage import beginning
from portal.domain.garage.offerings import Offering
from portal.domain.garage.views import GarageView


class Step(StrEnum):
    """One thing to do, in the order in which a person would."""

    HOURS = "hours"  # something can be booked
    LOOKS = "looks"  # a logo, or a colour of its own
    PRIVACY = "privacy"  # words of its own for its legal page
    OPEN = "open"  # customers reach the portal
    BOOKING = "booking"  # somebody booked


class Done(NamedTuple):
    """A step, and whether it is done."""

    step: Step
    done: bool


def steps(garage: GarageView, now: datetime) -> list[Done]:
    """Every step, in order."""
    found = {
        Step.HOURS: _offers_something(garage, now),
        Step.LOOKS: bool(garage.profile.brand.logo) or garage.profile.brand.accent != beginning.ACCENT,
        Step.PRIVACY: not unwritten(garage),
        Step.OPEN: garage.profile.active,
        Step.BOOKING: _was_booked(garage),
    }
    return [Done(step, found[step]) for step in Step]


def unwritten(garage: GarageView) -> list[str]:
    """The languages in which the privacy page has no words of the garage's own."""
    words = garage.profile.privacy
    return [language for language in garage.languages if words[language] == beginning.PRIVACY[language]]


def _offers_something(garage: GarageView, now: datetime) -> bool:
    return any(_has_places(offering, now) for place in garage.locations for offering in offerings(place))


def _has_places(offering: Offering, now: datetime) -> bool:
    schedule = offering.schedule(now.year)
    first, last = scheduling.horizon(schedule, now)
    return any(day.capacity for day in scheduling.offer(schedule, scheduling.Load(), now, first, last))


def _was_booked(garage: GarageView) -> bool:
    booked = Booking.state.in_((State.BOOKED, State.CANCELLED))
    asked = select(Booking.id).where(Booking.garage_id == garage.id, booked).limit(1)
    return db.session.scalar(asked) is not None
