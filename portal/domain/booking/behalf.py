"""Booking on behalf of a customer: at the desk, booked at once, under the same lock and the same rules of capacity.

The notice that customers give does not bind the garage.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import codes
from portal.db import transaction
from portal.domain.audit.service import Actor
from portal.domain.booking import load, notices, offers, queries, records, requests, rows
from portal.domain.booking.errors import AlreadyBooked, NotBookable
from portal.domain.booking.models import Booking, State
from portal.domain.cases import within
from portal.domain.cases.models import Case
from portal.domain.garage import queries as garages
from portal.domain.garage.offerings import Offering, assessments, repairs
from portal.domain.garage.profile import Flow
from portal.domain.garage.reach import Reach
from portal.domain.garage.views import LocationView


def offering(reach: Reach, number: str, flow: Flow) -> Offering:
    """What there is to book for a case, at its location.

    Raises:
        CaseUnknown: if there is no such case within reach.
    """
    known = within.find(reach, number)
    return _offering(known.place, known.case, flow)


def book(reach: Reach, number: str, flow: Flow, *, day: date, minute: int, by: Actor, now: datetime) -> str:
    """Book local `minute` of `day` for a case; the uid of the booking. The customer gets the letter, if an address is known.

    How many appointments one customer may have is no rule here: those limits keep strangers from asking too often.
    Booked again, the same time is the same booking, and nothing more happens.

    Raises:
        CaseUnknown: if there is no such case within reach, or it was merged.
        NotBookable: if the car came already, so that there is no repair left to book.
        AlreadyBooked: if the repair of the case is booked.
        NoPlace: if the time is not offered.
    """
    case = within.find(reach, number).case
    case_id, location_id = case.id, case.location_id
    with transaction(rows.place_lock(location_id, day), rows.case_lock(case_id)) as session:
        garage = garages.standing(reach.garage_id)
        known = within.open_case(session, reach, number)
        # Where its times were looked at, and its lock is ours, whatever location the case has by now.
        chosen = _offering(garages.location(garage, location_id), known.case, flow)
        if (same := _booked(session, case_id, flow, day, minute)) is not None:
            return same
        if flow == "repair":
            if requests.is_here(known.case):
                raise NotBookable
            if (booked := queries.coming(case_id, "repair", now)) is not None:
                raise AlreadyBooked(booked)
        slot = offers.find(chosen, load.live(chosen, day, day, now), now, day, minute)
        booking = Booking(
            uid=codes.uid(),
            garage_id=reach.garage_id,
            location_id=chosen.location.id,
            flow=flow,
            damage_flow=chosen.damage_flow,
            day=day,
            start_minute=slot.start,
            end_minute=slot.end,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            state=State.BOOKED,
            requested_at=now,
            held_until=now,
            booked_at=now,
            case_id=case_id,
            email=known.customer.email,
            phone=known.customer.phone,
            plate_key=known.vehicle.plate_key,
            language=known.case.language,
            answers={},
        )
        session.add(booking)
        session.flush()
        rows.take_place(booking, slot.places)
        starts_at = slot.starts_at.isoformat()
        records.of_booking(session, case_id, booking, "booked", by=by, now=now, starts_at=starts_at)
        notices.send(booking, chosen.location, notices.BOOKED, now)
        return booking.uid


def _offering(place: LocationView, case: Case, flow: Flow) -> Offering:
    chosen = assessments(place) if flow == "assessment" else repairs(place, case.damage_flow)
    return chosen.at_desk()


def _booked(session: Session, case_id: int, flow: Flow, day: date, minute: int) -> str | None:
    """The uid of what a case has booked for this very time: whoever presses twice means one appointment."""
    return session.scalar(
        select(Booking.uid).where(
            Booking.case_id == case_id,
            Booking.flow == flow,
            Booking.day == day,
            Booking.start_minute == minute,
            Booking.state == State.BOOKED,
        )
    )
