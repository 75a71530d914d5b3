"""When the time zone of a location is put right: appointments stay at the time on the clock that customers were told."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import scheduling
from portal.domain.booking import notices
from portal.domain.booking.models import REQUESTED, Booking, State
from portal.domain.garage import queries as garages
from portal.domain.garage.profile import GarageFile
from portal.domain.garage.views import LocationView

A_DAY = timedelta(days=1)  # no two zones are further apart, nearly


def follow_file(session: Session, file: GarageFile, now: datetime) -> None:
    """The same for all locations of a garage, in the transaction that is about to apply `file`."""
    garage = garages.known(file.slug)
    zones = {each.slug: each.zone for each in file.locations}
    for place in garages.every_location(garage) if garage else ():
        follow(session, place, zones.get(place.slug, place.zone), now)


def follow(session: Session, place: LocationView, zone: str, now: datetime) -> None:
    """Give what is coming at `place` the moments at which `zone` shows its times, in the running transaction.

    Where that moves a booking, its customer gets its letter once more, with a calendar file that corrects the earlier
    one. A request that is written down meanwhile by the old zone gets its moments when it is confirmed.
    """
    if zone == place.zone:
        return
    coming = (
        select(Booking)
        .where(
            Booking.location_id == place.id,
            Booking.state.in_((*REQUESTED, State.BOOKED)),
            Booking.starts_at > now - A_DAY,
        )
        .order_by(Booking.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for each in session.scalars(coming):
        starts_at = scheduling.moment(each.day, each.start_minute, zone)
        if starts_at != each.starts_at:
            each.starts_at, each.ends_at = starts_at, scheduling.moment(each.day, each.end_minute, zone)
            each.sequence += 1
            if each.state == State.BOOKED and now < starts_at:
                notices.tell_customer(each, notices.BOOKED, now)
