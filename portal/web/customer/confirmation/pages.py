"""The pages behind a confirmation link."""

from flask import g, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core import dates
from portal.core.scheduling import Timeslot
from portal.domain.booking import queries as bookings
from portal.domain.booking.queries import Appointment
from portal.domain.drafts import queries as drafts
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.garage.views import LocationView
from portal.web.customer import page
from portal.web.customer.appointments import card_of
from portal.wiring import wired

ALTERNATIVES = 3


def link(appointment: Appointment) -> str:
    """The address of the confirmation link, below the portal's own address."""
    token = wired().tokens.sign("confirm", appointment.uid, appointment.round)
    return url_for("customer.confirmation.show", token=token)


def ask_page(appointment: Appointment) -> Response:
    """The appointment and one button."""
    return page.render("confirmation/ask.html", appointment=card_of(appointment), request_ref=appointment.uid)


def booked_page(appointment: Appointment, token: str) -> Response:
    """Everything one needs to come."""
    place = appointment.location
    return page.render(
        "confirmation/booked.html",
        appointment=card_of(appointment),
        case_number=appointment.case_number,
        email=appointment.email,
        calendar_url=url_for("customer.confirmation.calendar", token=token),
        map_url=place.map_url,
        bring=place.bring(g.language),
    )


def late_page(appointment: Appointment, token: str) -> Response:
    """The link ran out: nothing is booked, and nothing is lost."""
    draft_uid = appointment.draft_uid
    if draft_uid is None or _is_gone(draft_uid):
        return page.render("assessment/gone.html", status=410)
    refusal = bookings.why_not(appointment.location, clock.now(), appointment.day, appointment.start_minute)
    return page.render(
        "confirmation/late.html",
        status=410,
        appointment=card_of(appointment),
        same_free=appointment.location.takes_assessments and refusal is None,
        again_url=url_for("customer.confirmation.again", token=token),
        other_url=url_for("customer.assessment.timeslot", draft=draft_uid),
    )


def taken_page(place: LocationView, draft_uid: str | None) -> Response:
    """Somebody was ahead: what else is free."""
    if draft_uid is None or _is_gone(draft_uid):
        return page.render("assessment/gone.html", status=410)
    other_url = url_for("customer.assessment.timeslot", draft=draft_uid)
    free = bookings.alternatives(place, clock.now(), ALTERNATIVES) if place.takes_assessments else []
    return page.render(
        "confirmation/taken.html",
        status=409,
        here=other_url,
        alternatives=[_alternative(slot, other_url) for slot in free],
        other_url=other_url,
    )


def _is_gone(draft_uid: str) -> bool:
    try:
        drafts.find(g.garage.id, draft_uid, clock.now())
    except DraftUnknown:
        return True
    return False


def _alternative(slot: Timeslot, other_url: str) -> dict[str, str]:
    return {
        "long": dates.long_day(slot.day, g.language),
        "time": dates.clock_time(slot.start),
        "url": f"{other_url}?day={slot.day}",
    }
