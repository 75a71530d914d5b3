"""An appointment as every customer page shows it."""

from datetime import date
from typing import Any

from flask import g

from portal.core import dates
from portal.domain.booking.queries import Appointment
from portal.domain.garage.views import LocationView


def card(place: LocationView, day: date, minute: int, **more: Any) -> dict[str, Any]:
    """Day, time and place, in the language of the page and the time of the place."""
    profile = place.profile
    return {
        "long": dates.long_day(day, g.language),
        "time": dates.clock_time(minute),
        "place": {
            "name": place.name,
            "street": profile.street,
            "postcode": profile.postcode,
            "city": profile.city,
        },
        **more,
    }


def card_of(appointment: Appointment) -> dict[str, Any]:
    """The card of a request or booking, with its car."""
    return card(
        appointment.location,
        appointment.day,
        appointment.start_minute,
        plate=appointment.plate,
        car=f"{appointment.make} {appointment.model}".strip(),
    )
