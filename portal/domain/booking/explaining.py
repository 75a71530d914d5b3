"""Why is this time (not) offered? The answer comes from the function that decides."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.core.scheduling import Refusal, Timeslot
from portal.domain.booking import offers, outlook, queries, requests
from portal.domain.cases.queries import CaseView
from portal.domain.garage.offerings import Offering, repairs
from portal.domain.garage.views import GarageView, LocationView


class Hindrance(StrEnum):
    """What keeps customers from booking, whatever the time is."""

    NOT_ACTIVE = "not_active"  # the garage's portal
    HIDDEN = "hidden"  # the flow, at this location
    CAR_IS_HERE = "car_is_here"
    NO_ADDRESS = "no_address"  # the case has no mail address for the confirmation
    TOO_LATE = "too_late"  # it is booked, and the customer must call to change it


@dataclass(frozen=True)
class Answer:
    """`refusal`: the rule that says no to the time; `hindrance`: what says no to every time. Neither: it is offered.

    `booked`: the appointment for the repair of the case, which never stands in its own way. `timeslots`: all of that
    day.
    """

    offering: Offering
    hindrance: Hindrance | None
    refusal: Refusal | None
    booked: queries.Appointment | None
    timeslots: list[Timeslot]

    @property
    def is_offered(self) -> bool:
        """Whether a customer could book the time now."""
        return self.hindrance is None and self.refusal is None


def explain(garage: GarageView, offering: Offering, now: datetime, day: date, minute: int) -> Answer:
    """The answer about local `minute` of `day` for whoever comes."""
    return Answer(
        offering,
        _of_garage(garage, offering),
        offers.why_not(offering, now, day, minute),
        None,
        outlook.day(offering, now, day),
    )


def explain_for(
    garage: GarageView, place: LocationView, case: CaseView, now: datetime, day: date, minute: int
) -> Answer:
    """The same for the repair of a case, which is at `place`."""
    offering = repairs(place, case.case.damage_flow)
    uid = queries.coming(case.case.id, "repair", now)
    booked = queries.appointment(uid) if uid else None
    return Answer(
        offering,
        _of_garage(garage, offering) or _of_case(case, booked, now),
        offers.why_not(offering, now, day, minute, but_booking=uid),
        booked,
        outlook.day(offering, now, day, but_booking=uid),
    )


def _of_garage(garage: GarageView, offering: Offering) -> Hindrance | None:
    if not garage.profile.active:
        return Hindrance.NOT_ACTIVE
    return None if offering.is_open else Hindrance.HIDDEN


def _of_case(case: CaseView, booked: queries.Appointment | None, now: datetime) -> Hindrance | None:
    if booked is not None:
        return Hindrance.TOO_LATE if now > booked.change_until else None
    if requests.is_here(case.case):
        return Hindrance.CAR_IS_HERE
    return None if case.customer.email else Hindrance.NO_ADDRESS
