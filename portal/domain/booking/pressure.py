"""How much of the coming places unconfirmed requests keep: little on any ordinary day, much where somebody abuses them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select

from portal.core import scheduling
from portal.db import ask
from portal.domain.booking.models import Booking, State
from portal.domain.garage.offerings import Offering

DAYS = 5
MOST = 0.10  # of the places of five days
FEW = 4  # may always be held at once, however small the garage is
EFFORT_FROM, STEP = 0.4, 0.2  # of what may be held: from where on effort is asked for, and where more of it

_HELD = select(func.count()).where(
    Booking.location_id == bindparam("location_id"),
    Booking.day >= bindparam("first"),
    Booking.day <= bindparam("last"),
    Booking.flow == bindparam("flow"),
    Booking.damage_flow == bindparam("damage_flow"),
    Booking.state == State.HELD,
    Booking.held_until > bindparam("now"),
    func.coalesce(Booking.draft_id, 0) != bindparam("but_draft"),
)


@dataclass(frozen=True)
class Pressure:
    """How many places are `held`, and how many may be at `most`."""

    held: int
    most: float

    @property
    def full(self) -> bool:
        """Whether one more hold would be too many."""
        return self.held + 1 > self.most

    @property
    def level(self) -> int | None:
        """How much effort another hold costs, from 0 on; None is none."""
        over = self.held / self.most - EFFORT_FROM
        return int(over / STEP) if over >= 0 else None


def of(offering: Offering, day: date, now: datetime, *, but_draft: int = 0) -> Pressure:
    """The pressure on the five days of which `day` is one, counted from today; what `but_draft` holds is no pressure."""
    today = offering.location.today(now)
    first = today + timedelta(days=(day - today).days // DAYS * DAYS)
    last = first + timedelta(days=DAYS - 1)
    held = ask(
        _HELD,
        location_id=offering.location.id,
        first=first,
        last=last,
        flow=offering.flow,
        damage_flow=offering.damage_flow,
        now=now,
        but_draft=but_draft,
    ).scalar_one()
    places = scheduling.capacity(offering.schedule(now.year), first, last)
    return Pressure(held, max(FEW, MOST * places))
