"""What the tags of a letter stand for, but for addresses: the person, the car, the garage and the appointment of a case."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from portal.core.dates import clock_time, long_day
from portal.core.stages import Name
from portal.domain.booking import queries as bookings
from portal.domain.booking.models import Booking, State
from portal.domain.cases import timeline
from portal.domain.cases.queries import CaseView
from portal.domain.garage import queries as garages
from portal.domain.garage.views import GarageView, LocationView
from portal.letters import harmless


class Value(StrEnum):
    """The tags there are, under one name in all languages."""

    FIRST_NAME = "FirstName"
    LAST_NAME = "LastName"
    PLATE = "Plate"
    MAKE = "Make"
    MODEL = "Model"
    CASE_NUMBER = "CaseNumber"
    GARAGE = "Garage"
    LOCATION = "Location"
    LOCATION_ADDRESS = "LocationAddress"
    LOCATION_PHONE = "LocationPhone"
    APPOINTMENT_DAY = "AppointmentDay"
    APPOINTMENT_TIME = "AppointmentTime"
    EXPECTED_END = "ExpectedEnd"


# A greeting does without a name; every other tag that stands for nothing would leave a hole in its sentence.
DISPENSABLE = frozenset({Value.FIRST_NAME, Value.LAST_NAME})

_SAMPLE = {
    Value.FIRST_NAME: "Ann",
    Value.LAST_NAME: "Peeters",
    Value.PLATE: "1-ABC-234",
    Value.MAKE: "Volkswagen",
    Value.MODEL: "Golf",
    Value.CASE_NUMBER: "K7M-2QX-9RA",
    Value.APPOINTMENT_TIME: "09:00",
}


def sample(garage: GarageView, location: LocationView, language: str, now: datetime) -> dict[str, str]:
    """What the tags stand for in a case that nobody has."""
    today = location.today(now)
    days = {
        Value.APPOINTMENT_DAY: long_day(today + timedelta(days=7), language),
        Value.EXPECTED_END: long_day(today + timedelta(days=10), language),
    }
    return _named({**_SAMPLE, **_of_location(garage, location), **days})


def of_case(garage: GarageView, view: CaseView, language: str, now: datetime) -> dict[str, str]:
    """What the tags stand for in a case; what nobody knows is empty.

    What may have been typed by a stranger is made harmless.
    """
    location = garages.location(garage, view.case.location_id)
    coming = _coming(view.case.id, now)
    person, car = view.customer, view.vehicle
    return _named(
        {
            Value.FIRST_NAME: harmless.name(person.first_name),
            Value.LAST_NAME: harmless.name(person.last_name),
            Value.PLATE: harmless.plate(car.plate),
            Value.MAKE: harmless.prose(car.make),
            Value.MODEL: harmless.prose(car.model),
            Value.CASE_NUMBER: view.case.number,
            Value.APPOINTMENT_DAY: long_day(coming.day, language) if coming else "",
            Value.APPOINTMENT_TIME: clock_time(coming.start_minute) if coming else "",
            Value.EXPECTED_END: _expected_end(garage, location, view, coming, language, now),
            **_of_location(garage, location),
        }
    )


def _named(values: Mapping[Value, str]) -> dict[str, str]:
    return {tag.value: values[tag] for tag in Value}


def _of_location(garage: GarageView, location: LocationView) -> dict[Value, str]:
    place = location.profile
    return {
        Value.GARAGE: garage.name,
        Value.LOCATION: location.name,
        Value.LOCATION_ADDRESS: f"{place.street}, {place.postcode} {place.city}",
        Value.LOCATION_PHONE: location.contact.phone or "",
    }


def _coming(case_id: int, now: datetime) -> Booking | None:
    booked = [each for each in bookings.of_case(case_id) if each.state == State.BOOKED and each.ends_at > now]
    return min(booked, key=lambda each: each.starts_at, default=None)


def _expected_end(
    garage: GarageView,
    location: LocationView,
    view: CaseView,
    coming: Booking | None,
    language: str,
    now: datetime,
) -> str:
    repair_on = coming.day if coming and coming.flow == "repair" else None
    progress = timeline.progress(garage.id, view.case.uid)
    stages = timeline.of(progress, location, location.today(now), appointment_on=repair_on)
    end = stages[Name.FINISHED].on
    return long_day(end, language) if end else ""
