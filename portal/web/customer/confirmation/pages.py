"""The pages behind a confirmation link."""

from typing import NamedTuple

from flask import g, url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.core import dates
from portal.core.scheduling import Timeslot
from portal.domain.booking import offers
from portal.domain.booking.queries import Appointment
from portal.domain.drafts import queries as drafts
from portal.domain.drafts.errors import DraftUnknown
from portal.domain.drafts.queries import DraftView
from portal.domain.garage.offerings import Offering
from portal.domain.garage.profile import Flow
from portal.letters.links import BOOKING, CASE, CONFIRM
from portal.web.customer import page
from portal.web.customer.appointments import card_of
from portal.web.words import gettext as _
from portal.wiring import wired

ALTERNATIVES = 3


class PersonalLinks(NamedTuple):
    """What the customer of a booking may open; `track` where the garage shows how far it is."""

    booking: str
    change: str
    cancel: str
    track: str | None


def link(appointment: Appointment) -> str:
    """The address of the confirmation link, below the portal's own address."""
    token = wired().tokens.sign(CONFIRM, appointment.uid, appointment.round)
    return url_for("customer.confirmation.show", token=token)


def case_page(flow: Flow, case_uid: str | None) -> str:
    """Where a case gets its appointment, and shows it afterwards. Not personal: it changes and cancels nothing."""
    return url_for(f"customer.{flow}.case", token=wired().tokens.sign(CASE, case_uid), lang=g.language)


def ask_page(appointment: Appointment) -> Response:
    """The appointment and one button."""
    return page.render("confirmation/ask.html", appointment=card_of(appointment), request_ref=appointment.uid)


def personal_links(appointment: Appointment) -> PersonalLinks:
    """Where to change, cancel and follow a booking. Only for whoever reads the customer's mail."""
    tokens = wired().tokens
    booking = tokens.sign(BOOKING, appointment.uid)
    case = tokens.sign(CASE, appointment.case_uid)
    tracked = appointment.location.takes("status")
    return PersonalLinks(
        booking=url_for("customer.booking.show", token=booking),
        change=url_for("customer.booking.change", token=booking),
        cancel=url_for("customer.booking.cancel", token=booking),
        track=url_for("customer.status.show", token=case, lang=g.language) if tracked else None,
    )


def booked_page(appointment: Appointment, token: str) -> Response:
    """Everything one needs to come."""
    place = appointment.location
    return page.render(
        "confirmation/booked.html",
        appointment=card_of(appointment),
        case_number=appointment.case_number,
        flow=appointment.flow,
        email=appointment.email,
        calendar_url=url_for("customer.confirmation.calendar", token=token),
        links=personal_links(appointment),
        changeable=clock.now() <= appointment.change_until,
        map_url=place.map_url,
        bring=place.bring(g.language),
    )


def late_page(appointment: Appointment, token: str, refused: str = "") -> Response:
    """The link ran out: nothing is booked, and nothing is lost."""
    draft = _draft(appointment.draft_uid)
    if draft is None:
        return _gone(appointment)
    offering = appointment.offering
    refusal = offers.why_not(offering, clock.now(), appointment.day, appointment.start_minute)
    return page.render(
        "confirmation/late.html",
        status=410,
        known=draft.case_id is not None,
        refused=refused,
        appointment=card_of(appointment),
        same_free=offering.is_open and refusal is None,
        again_url=url_for("customer.confirmation.again", token=token),
        other_url=url_for(f"customer.{appointment.flow}.timeslot", draft=draft.uid),
    )


def taken_page(offering: Offering, draft_uid: str | None) -> Response:
    """Somebody was ahead: what else is free."""
    draft = _draft(draft_uid)
    if draft is None:
        return page.render("walk/gone.html", status=410)
    other_url = url_for(f"customer.{offering.flow}.timeslot", draft=draft.uid)
    free = offers.alternatives(offering, clock.now(), ALTERNATIVES)
    return page.render(
        "confirmation/taken.html",
        status=409,
        known=draft.case_id is not None,
        here=other_url,
        alternatives=[alternative(slot, other_url) for slot in free],
        other_url=other_url,
    )


def too_many_open() -> str:
    """Why there is no further appointment for this customer."""
    return _(
        "You have as many appointments with us as one person can book online. Call us, and we find a time together."
    )


def _gone(appointment: Appointment) -> Response:
    """Whose case is known begins again there, and not with who they are."""
    start = case_page(appointment.flow, appointment.case_uid) if appointment.case_uid else None
    return page.render("walk/gone.html", status=410, start_url=start)


def _draft(uid: str | None) -> DraftView | None:
    try:
        return drafts.find(g.garage.id, uid, clock.now()) if uid else None
    except DraftUnknown:
        return None


def alternative(slot: Timeslot, other_url: str) -> dict[str, str]:
    """A free time as a link to its day."""
    return {
        "long": dates.long_day(slot.day, g.language),
        "time": dates.clock_time(slot.start),
        "url": f"{other_url}?day={slot.day}",
    }
